import type { BcellTube } from './bcellTube.ts';
import { effectsByMode, type Find } from './onRecord.ts';
import { everyPopulation, theTwoSubsets } from './pageEffects.ts';
import { lupus } from './pageLupus.ts';
import { realTube } from './pageRealTube.ts';
import { falseEffects } from './pageShifts.ts';
import { FIRST_SEED, plannedRuns, runIds, type Size } from './runs.ts';
import { specialCases } from './specialCases.ts';
import { isMet, table } from './tables.ts';

/**
 * The page of accuracy from whatever runs are on record.
 * @param onReal the parts on real tubes: against labels and counts of others, and against themselves
 */
export function accuracyPage(find: Find, size: Size, bcell: BcellTube | undefined, onReal: readonly string[]): string {
  const effects = effectsByMode(find, size);
  return [
    introduction,
    onRecordWords(find, size),
    everyPopulation(effects),
    theTwoSubsets(effects),
    falseEffects(find, size),
    lupus(find, size, effects),
    special(find),
    realTube(bcell),
    ...onReal,
  ].join('\n');
}

const introduction = `# Accuracy

Made by \`npm run accuracy\`; every figure is measured, a miss is printed as one. Cohorts are drawn by \`samples/\` (the labels of all cells are known), gated from raw light on with the shipped
template \`b-regulatory\` as it is, and held against the labels event by event. Seeds from ${FIRST_SEED} on: they were drawn once, after the last change of what they measure; 911–914, 2001–2010,
4001–4010, 5001–5020, 6001–6020, 7001–7020, 8001–8020 and 9101–9105 were used to find and mend faults. What was tried on the way, and what it gave: [decisions/ridge](decisions/ridge.md).

Modes: \`islands\` (well separated), \`hard\` (closer, heavy tails), \`ridge\` (hard, with naive and transitional cells as one continuum), \`lupus\` (ridge, with dim naive CD24, activated naive cells,
low-density granulocytes, weak IgD in odd seeds, a spillover matrix that is 5–10 % wrong, and labels that change at .35 to .65 of the ridge). Eight patients, six visits, 43 tubes of 20,000 events
(about 1,200 B cells) where nothing else is said; the true effect is transitional × 2.2 and memory-regulatory × 1.8 at M1. "Mean (worst)" is over cohorts. A fold is the geometric mean over patients,
(count + ½) / (B + 1) standing for a share, so that no patient is left out.

*Recipe*: as shipped. *Per tube*: the same recipe on each tube alone. *Fixed*: one place for all tubes, found by the same recipe on their events thrown together. The latter two take the lineages of
the recipe, so that only the gates of B subsets differ.

Memory-regulatory cells are counted as shipped: CD38 below the lower shoulder of the naive cells. The drawn labels know no such shoulder, and the bars of these cells were set for a border at the core:
what lies between is labelled and not counted, so that F1 and shown ÷ true of memory-regulatory cells stay below those bars by definition.
`;

function onRecordWords(find: Find, size: Size): string {
  const planned = plannedRuns(size);
  const done = planned.filter(({ id }) => find(id)).length;
  const rest =
    done < planned.length
      ? ' Fewer cohorts than planned stand behind these tables: called again, the bench goes on.'
      : '';
  return `${done} of ${planned.length} runs are on record.${rest}\n`;
}

function special(find: Find): string {
  const rows = specialCases.map(({ name, mode, madeBy, rightAnswer }) => {
    const verdict = find(runIds.special(name))?.verdict;
    return [name, mode, madeBy, rightAnswer, verdict?.got ?? '–', isMet(verdict?.isRight)];
  });
  return `## 5 Special cases

One cohort each, 43 tubes of 20,000 events, × 2.2 and × 1.8 at M1; shares are of B.

${table(['case', 'mode', 'made by', 'right answer', 'got', 'met'], rows)}`;
}
