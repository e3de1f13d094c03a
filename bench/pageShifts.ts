import { type Mode, modes } from '../samples/composition.ts';
import { type Find, seeds, subsets, values } from './onRecord.ts';
import type { PlacingName } from './placings.ts';
import type { RunRecord } from './records.ts';
import { runIds, type ShiftName, type Size, shifts } from './runs.ts';
import { isMet, type MeanRatio, meanRatio, ratioWords, table } from './tables.ts';

/** Two runs of one cohort, the same cells with and without a shift of the stain. */
interface ShiftedCohort {
  readonly none: RunRecord;
  readonly moved: RunRecord;
}

/** Bars on the mean fold error; lupus has its own in its section. */
const limits: Readonly<Record<Mode, number | undefined>> = { islands: 1.01, hard: 1.02, ridge: 1.03, lupus: undefined };
const PAIRED_MEAN = 1.01;
const PAIRED_WORST = 1.03;

/** Folds shown where only the stain changed. */
export function falseEffects(find: Find, size: Size): string {
  const names = Object.keys(shifts) as ShiftName[];
  const rows = subsets.flatMap(({ name, words }) =>
    modes.flatMap((mode) =>
      names.flatMap((shift) => {
        const cohorts = shiftedCohorts(find, size, mode, shift);
        return cohorts.length === 0
          ? []
          : [[`${words}, ${mode} (${cohorts.length})`, ...cells(cohorts, name, mode, shift)]];
      }),
    ),
  );
  const head = [
    'subset, mode (cohorts)',
    'shift',
    'fold error',
    'fixed gates',
    'added by the shift',
    'mean met',
    'added met',
  ];
  return `## 3 False effects: nothing changed but the stain

No true effect; the staining gain of (CD24, CD38) moved by ± .3 u in all tubes of M1. 43 tubes of 30,000 events (about 1,800 B cells): with a third of them a patient may have three transitional cells,
and one that changes sides is 4 % of a cohort's fold, wherever a gate lies.
*Fold error*: fold shown at M1 over the fold of the labels; 1 is right. Bar: within two standard errors of × .99–1.01 (islands), .98–1.02 (hard), .97–1.03 (ridge). *Added by the shift*: the same cells
with and without it; bar: ≤ 1 % on the mean, ≤ 3 % in every cohort. This one decides.

${table(head, rows)}`;
}

export function shiftedCohorts(find: Find, size: Size, mode: Mode, shift: ShiftName): ShiftedCohort[] {
  return seeds(size.shift[mode]).flatMap((seed) => {
    const [none, moved] = [find(runIds.shift(mode, seed, 'none')), find(runIds.shift(mode, seed, shift))];
    return none && moved ? [{ none, moved }] : [];
  });
}

/** What a shift adds to the fold, over cohorts: the same cells with it over those without it. */
export function addedByShift(cohorts: readonly ShiftedCohort[], population: string): MeanRatio | undefined {
  const fold = (record: RunRecord) => values([record], 'recipe', population, 'ratio')[0] ?? Number.NaN;
  return meanRatio(cohorts.map(({ none, moved }) => fold(moved) / fold(none)));
}

function cells(cohorts: readonly ShiftedCohort[], population: string, mode: Mode, shift: ShiftName): string[] {
  const foldsBy = (placing: PlacingName) =>
    meanRatio(cohorts.flatMap(({ moved }) => values([moved], placing, population, 'ratio')));
  const own = foldsBy('recipe');
  const limit = limits[mode];
  const isMeanGood = own && (limit === undefined ? undefined : own.high >= 1 / limit && own.low <= limit);
  const fixed = foldsBy('fixed')?.mean.toFixed(2) ?? '–';
  const start = [shift, ratioWords(own), fixed];
  // One cohort of eight pairs scatters by several percent whatever the gate: it bears no verdict on a mean.
  const meanWords = limit === undefined || (own?.count ?? 0) < 2 ? '–' : isMet(isMeanGood);
  if (shift === 'none') return [...start, '–', meanWords, '–'];
  const added = addedByShift(cohorts, population);
  if (!added) return [...start, '–', meanWords, isMet(undefined)];
  const isPairedGood =
    isWithinFactor(added.mean, PAIRED_MEAN) &&
    isWithinFactor(added.least, PAIRED_WORST) &&
    isWithinFactor(added.most, PAIRED_WORST);
  const words = `${added.mean.toFixed(3)}, cohorts ${added.least.toFixed(3)}–${added.most.toFixed(3)}`;
  return [...start, words, meanWords, isMet(isPairedGood)];
}

function isWithinFactor(ratio: number, factor: number): boolean {
  return Math.abs(Math.log(ratio)) <= Math.log(factor);
}
