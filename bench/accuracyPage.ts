import { type Mode, modes } from '../samples/composition.ts';
import { type BcellTube, steps } from './bcellTube.ts';
import { mean } from './figures.ts';
import type { PlacingName } from './placings.ts';
import type { RunRecord } from './records.ts';
import { FIRST_SEED, runIds, type ShiftName, type Size, shifts } from './runs.ts';
import { specialCases } from './specialCases.ts';
import { isMet, meanAndWorst, meanRatio, ratioWords, table } from './tables.ts';

type Find = (id: string) => RunRecord | undefined;

const TRANSITIONAL = 'CD24hiCD38hi';
const MEMORY_REG = 'CD27+CD38lo-CD24hi';
/** The two subsets of the trial, with the words of the tables. */
const subsets = [
  { name: TRANSITIONAL, words: 'transitional' },
  { name: MEMORY_REG, words: 'memory-regulatory' },
] as const;

/** The page of accuracy from whatever runs are on record. */
export function accuracyPage(find: Find, size: Size, bcell: BcellTube | undefined): string {
  const effects = effectsByMode(find, size);
  return [
    introduction,
    everyPopulation(effects),
    theTwoSubsets(effects),
    falseEffects(find, size),
    lupus(find, size, effects),
    special(find),
    realTube(bcell),
  ].join('\n');
}

const introduction = `# Accuracy

Made by \`npm run accuracy\`; every figure is measured, a miss is printed as one. Cohorts are drawn by \`samples/\` (the labels of all cells are known), gated from raw light on with the shipped
template \`b-regulatory\` as it is, and held against the labels event by event. Seeds from ${FIRST_SEED} on: none of them was drawn while the recipe was made. What was tried on the way, and what it gave:
[decisions/ridge](decisions/ridge.md).

Modes: \`islands\` (well separated), \`hard\` (closer, heavy tails), \`ridge\` (hard, with naive and transitional cells as one continuum), \`lupus\` (ridge, with dim naive CD24, activated naive cells,
low-density granulocytes, weak IgD in odd seeds, a spillover matrix that is 5–10 % wrong, and labels that change at .35 to .65 of the ridge). Eight patients, six visits, 43 tubes of 20,000 events
(about 1,200 B cells) where nothing else is said; the true effect is transitional × 2.2 and memory-regulatory × 1.8 at M1. "Mean (worst)" is over cohorts.

*Recipe*: as shipped. *Per tube*: the same recipe on each tube alone. *Fixed*: one place for all tubes, found by the same recipe on their events thrown together. The latter two take the lineages of
the recipe, so that only the gates of B subsets differ.
`;

type Effects = Readonly<Record<Mode, readonly RunRecord[]>>;

function effectsByMode(find: Find, size: Size): Effects {
  const of = (mode: Mode) => onRecord(seeds(size.effect).map((seed) => find(runIds.effect(mode, seed))));
  return { islands: of('islands'), hard: of('hard'), ridge: of('ridge'), lupus: of('lupus') };
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, i) => FIRST_SEED + i);
}

function onRecord(records: readonly (RunRecord | undefined)[]): RunRecord[] {
  return records.filter((record) => record !== undefined);
}

function values(
  records: readonly RunRecord[],
  placing: PlacingName,
  population: string,
  of: 'f1' | 'r' | 'ratio',
): number[] {
  return records.flatMap((record) => {
    const figures = record.by[placing]?.[population];
    if (!figures) return [];
    if (of !== 'ratio') return figures[of] === null ? [] : [figures[of]];
    return figures.shownFold === null || figures.trueFold === null ? [] : [figures.shownFold / figures.trueFold];
  });
}

function everyPopulation(effects: Effects): string {
  const names = [
    'T',
    'CD4',
    'CD8',
    'B',
    'NK',
    'Monocytes',
    'Naive',
    'Unswitched',
    'Switched',
    'DoubleNegative',
    'Plasmablast',
  ];
  const lineages = ['T', 'B', 'NK', 'Monocytes'];
  const rows = modes.map((mode) => {
    const f1 = (name: string) => values(effects[mode], 'recipe', name, 'f1');
    const met = effects[mode].length === 0 ? undefined : lineages.every((name) => mean(f1(name)) >= 0.99);
    return [`${mode} (${effects[mode].length})`, ...names.map((name) => meanAndWorst(f1(name))), isMet(met)];
  });
  return `## 1 Every population: F1\n\nBar: ≥ .99 for T, B, NK and monocytes on the mean, in every mode. In brackets behind the mode: cohorts.\n\n${table(
    ['mode', ...names, 'met'],
    rows,
  )}
In \`lupus\` the labels of B subsets other than the two below lie where the marker levels of that blood overlap, and IgD is weak in half of the cohorts: their figures have no bar.
`;
}

const bars: Readonly<
  Record<string, Readonly<Record<Exclude<Mode, 'lupus'>, { f1: number; r: number; ratio: number }>>>
> = {
  [TRANSITIONAL]: {
    islands: { f1: 0.99, r: 0.99, ratio: 0.99 },
    hard: { f1: 0.93, r: 0.99, ratio: 0.97 },
    ridge: { f1: 0.74, r: 0.97, ratio: 0.92 },
  },
  [MEMORY_REG]: {
    islands: { f1: 0.99, r: 0.99, ratio: 0.99 },
    hard: { f1: 0.935, r: 0.985, ratio: 0.96 },
    ridge: { f1: 0.935, r: 0.985, ratio: 0.94 },
  },
};

function theTwoSubsets(effects: Effects): string {
  const rows = subsets.flatMap(({ name, words }) =>
    (['islands', 'hard', 'ridge'] as const).flatMap((mode) => {
      const records = effects[mode];
      const bar = bars[name]![mode];
      const ratio = meanRatio(values(records, 'recipe', name, 'ratio'));
      const isGood =
        mean(values(records, 'recipe', name, 'f1')) >= bar.f1 &&
        mean(values(records, 'recipe', name, 'r')) >= bar.r &&
        (ratio?.high ?? 0) >= bar.ratio;
      return (['recipe', 'per_tube', 'fixed'] as const).map((placing) => [
        `${words}, ${mode}`,
        placing.replace('_', ' '),
        meanAndWorst(values(records, placing, name, 'f1')),
        meanAndWorst(values(records, placing, name, 'r')),
        ratioWords(meanRatio(values(records, placing, name, 'ratio'))),
        placing === 'recipe' ? `${bar.f1} / ${bar.r} / ${bar.ratio}` : '',
        placing === 'recipe' ? isMet(records.length === 0 ? undefined : isGood) : '',
      ]);
    }),
  );
  return `## 2 The two regulatory subsets under a true effect

*Shown ÷ true*: the geometric mean over cohorts of the fold at M1 as counted over the true one, in brackets two standard errors on the logarithm. Bars: F1 and r (of log shares of B) on the mean; shown
÷ true within two standard errors of at least the third number.

${table(['subset, mode', 'placing', 'F1', 'r', 'shown ÷ true', 'bar: F1 / r / shown ÷ true', 'met'], rows)}
No gate reaches 1 on the ridge: with the border drawn on the labels themselves the best rectangle reaches F1 .76, the best oblique cut .775.
`;
}

function falseEffects(find: Find, size: Size): string {
  const limits = { islands: 1.01, hard: 1.02, ridge: 1.03, lupus: undefined } as const;
  const rows = subsets.flatMap(({ name, words }) =>
    modes.flatMap((mode) =>
      (Object.keys(shifts) as ShiftName[]).flatMap((shift) => {
        const cohorts = seeds(size.shift[mode]).flatMap((seed) => {
          const [none, moved] = [find(runIds.shift(mode, seed, 'none')), find(runIds.shift(mode, seed, shift))];
          return none && moved ? [{ none, moved }] : [];
        });
        if (cohorts.length === 0) return [];
        const folds = (placing: PlacingName) =>
          meanRatio(cohorts.flatMap(({ moved }) => values([moved], placing, name, 'ratio')));
        const own = folds('recipe')!;
        const pairs = cohorts.map(
          ({ none, moved }) =>
            values([moved], 'recipe', name, 'ratio')[0]! / values([none], 'recipe', name, 'ratio')[0]!,
        );
        const added = meanRatio(pairs)!;
        const limit = limits[mode];
        const isPairedGood =
          Math.abs(Math.log(added.mean)) <= Math.log(1.01) &&
          pairs.every((p) => Math.abs(Math.log(p)) <= Math.log(1.03));
        const isMeanGood = limit === undefined || (own.high >= 1 / limit && own.low <= limit);
        return [
          [
            `${words}, ${mode} (${cohorts.length})`,
            shift,
            ratioWords(own),
            (folds('fixed')?.mean ?? Number.NaN).toFixed(2),
            shift === 'none'
              ? '–'
              : `${added.mean.toFixed(3)}, cohorts ${added.least.toFixed(3)}–${added.most.toFixed(3)}`,
            isMet(isMeanGood),
            shift === 'none' ? '–' : isMet(isPairedGood),
          ],
        ];
      }),
    ),
  );
  return `## 3 False effects: nothing changed but the stain

No true effect; the staining gain of (CD24, CD38) moved by ± .3 u in all tubes of M1. Tubes of 10,000 events at BL and M1 (half of all tubes are then shifted, which is harder than one visit of six).
*Fold error*: fold shown at M1 over the fold of the labels; 1 is right. Bar: within two standard errors of × .99–1.01 (islands), .98–1.02 (hard), .97–1.03 (ridge). *Added by the shift*: the same cells
with and without it; bar: ≤ 1 % on the mean, ≤ 3 % in every cohort. This one decides.

${table(['subset, mode (cohorts)', 'shift', 'fold error', 'fixed gates', 'added by the shift', 'mean met', 'added met'], rows)}`;
}

function lupus(find: Find, size: Size, effects: Effects): string {
  const records = effects.lupus;
  const cohortRows = records.map((record) => {
    const one = (placing: PlacingName, of: 'f1' | 'r' | 'ratio', name: string = TRANSITIONAL) =>
      values([record], placing, name, of)[0]?.toFixed(3) ?? '–';
    return [
      record.id.split(' ').at(-1) ?? '',
      record.maturityBorder.toFixed(2),
      one('recipe', 'f1'),
      one('as_labelled', 'f1'),
      one('recipe', 'r'),
      one('recipe', 'ratio'),
      one('as_labelled', 'ratio'),
      `${one('per_tube', 'ratio')} / ${one('fixed', 'ratio')}`,
      `${one('recipe', 'f1', MEMORY_REG)} / ${one('as_labelled', 'f1', MEMORY_REG)}`,
      one('recipe', 'ratio', MEMORY_REG),
      [...record.flags.map((flag) => `\`${flag}\``), ...heavy(record)].join(', '),
    ];
  });
  const all = (placing: PlacingName, name: string, of: 'f1' | 'ratio') => values(records, placing, name, of);
  const ratio = meanRatio(all('recipe', TRANSITIONAL, 'ratio'));
  const activated = meanRatio(
    seeds(size.effect).flatMap((seed) => {
      const [flat, falling] = [find(runIds.activated(seed, 0.1)), find(runIds.activated(seed, 0.03))];
      if (!flat || !falling) return [];
      return [
        values([falling], 'recipe', TRANSITIONAL, 'ratio')[0]! / values([flat], 'recipe', TRANSITIONAL, 'ratio')[0]!,
      ];
    }),
  );
  const unflagged = records.filter(
    (record) =>
      (values([record], 'recipe', TRANSITIONAL, 'ratio')[0] ?? 1) < 0.7 &&
      record.flags.length === 0 &&
      heavy(record).length === 0,
  );
  const falseNoRidge = onRecord([
    ...records,
    ...seeds(size.shift.lupus).map((seed) => find(runIds.shift('lupus', seed, 'none'))),
  ]).filter(({ flags }) => flags.includes('no_ridge'));
  const blank = (['ridge', 'lupus'] as const).map((mode) => {
    const pairs = seeds(3).flatMap((seed) => {
      const [without, withIt] = [find(runIds.blank(mode, seed)), find(runIds.effect(mode, seed))];
      return without && withIt ? [{ without, withIt }] : [];
    });
    const difference = (of: 'f1' | 'ratio') =>
      pairs.map(
        ({ without, withIt }) =>
          values([without], 'recipe', TRANSITIONAL, of)[0]! - values([withIt], 'recipe', TRANSITIONAL, of)[0]!,
      );
    return { mode, count: pairs.length, f1: mean(difference('f1')), ratio: mean(difference('ratio')) };
  });
  const none = records.length === 0;
  const labelled = all('as_labelled', TRANSITIONAL, 'f1');
  const rows = [
    [
      'transitional F1 at the k of the labels, mean (worst)',
      '≥ .70',
      meanAndWorst(labelled),
      isMet(none ? undefined : mean(labelled) >= 0.7),
    ],
    [
      'memory-regulatory F1 by valley, mean (worst)',
      '≥ .97',
      meanAndWorst(all('recipe', MEMORY_REG, 'f1')),
      isMet(none ? undefined : mean(all('recipe', MEMORY_REG, 'f1')) >= 0.97),
    ],
    [
      'memory-regulatory shown ÷ true',
      '≥ .98',
      ratioWords(meanRatio(all('recipe', MEMORY_REG, 'ratio'))),
      isMet(none ? undefined : (meanRatio(all('recipe', MEMORY_REG, 'ratio'))?.mean ?? 0) >= 0.98),
    ],
    ['transitional shown ÷ true, k = .5', '≥ .90 on the mean', ratioWords(ratio), isMet(ratio && ratio.mean >= 0.9)],
    [
      'cohorts below .70 without a flag',
      '0',
      String(unflagged.length),
      isMet(none ? undefined : unflagged.length === 0),
    ],
    [
      'activated naive 10 → 3 % at M1 against 10 % flat',
      '× .95–1.05',
      ratioWords(activated),
      isMet(activated && Math.abs(Math.log(activated.mean)) <= Math.log(1.05)),
    ],
    ['false `no_ridge`', '0', String(falseNoRidge.length), isMet(none ? undefined : falseNoRidge.length === 0)],
    ...blank.map(({ mode, count, f1, ratio: away }) => [
      `without IgD, ${mode} (${count}): change of F1, of shown ÷ true`,
      'within .03',
      count === 0 ? '–' : `${f1.toFixed(3)}, ${away.toFixed(3)}`,
      isMet(count === 0 ? undefined : Math.abs(f1) <= 0.03 && Math.abs(away) <= 0.03),
    ]),
  ];
  return `## 4 Lupus

Staining shifts in this mode stand in the table above (bar there: × .95–1.05 on the mean). *At the labels*: the border at the share of the ridge where the labels of the cohort change, which no lab knows;
under the usual k = .5 the gate means another population when the labels change elsewhere, and F1 says so. Memory-regulatory by valley / by reference.

${table(['', 'bar', 'measured', 'met'], rows)}
Each cohort under the true effect:

${table(['seed', 'labels change at', 'F1, k = .5', 'F1 at the labels', 'r', 'shown ÷ true, k = .5', 'at the labels', 'per tube / fixed', 'mem-reg F1', 'mem-reg shown ÷ true', 'flags of the study; tubes `ridge_heavy`'], cohortRows)}`;
}

function heavy({ tubeFlags }: RunRecord): string[] {
  const count = tubeFlags.ridge_heavy ?? 0;
  return count === 0 ? [] : [`${count} tubes`];
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

/** What the numpy prototype of this recipe found in the same tube, read from its report. */
const prototype = {
  b: 3121,
  memory: 30.9,
  core: '2.85, 1.18',
  direction: '.64, .77',
  sigma: '.57',
  tip: '4.38',
  valley: 20.1,
  reference: 12.3,
  plasmablast: 0.7,
  oblique: [17.6, 14.6, 11.3, 9.0, 7.0, 5.5, 4.6, 3.8, 2.8, 2.2, 1.9, 1.4],
  rectangle: [12.1, 9.5, 7.6, 6.2, 5.0, 4.2, 3.5, 2.8, 2.1, 1.9, 1.3, 1.1],
};

function realTube(tube: BcellTube | undefined): string {
  const head = '## 6 A real B-cell tube\n';
  if (!tube) return `${head}\nNot measured: set CYTOPAIR_TRUTH to the folder of real data.\n`;
  const { origin, direction, sigma, tip } = tube.alignment.fit;
  const pair = (value: unknown) => (Array.isArray(value) ? value.map((one) => Number(one).toFixed(2)).join(', ') : '–');
  const percent = (name: string) => tube.percent.get(name) ?? Number.NaN;
  const memory = percent('Unswitched') + percent('Switched');
  const inRange = (value: number, low: number, high: number) => isMet(value >= low && value <= high);
  const rows = [
    [
      'B cells',
      '3,080–3,200 (by hand 3,146)',
      String(tube.bCount),
      String(prototype.b),
      inRange(tube.bCount, 3080, 3200),
    ],
    ['CD27+, % of B', '29–36', memory.toFixed(1), String(prototype.memory), inRange(memory, 29, 36)],
    [
      'memory-regulatory by valley',
      '16–22',
      percent(MEMORY_REG).toFixed(1),
      String(prototype.valley),
      inRange(percent(MEMORY_REG), 16, 22),
    ],
    [
      'memory-regulatory by reference',
      '10–14',
      tube.memoryByReference.toFixed(1),
      String(prototype.reference),
      inRange(tube.memoryByReference, 10, 14),
    ],
    [
      'plasmablasts',
      '.3–1.2',
      percent('Plasmablast').toFixed(1),
      String(prototype.plasmablast),
      inRange(percent('Plasmablast'), 0.3, 1.2),
    ],
    [
      'IgD without a valley',
      'flagged',
      tube.flags.map((flag) => `\`${flag}\``).join(', '),
      'flagged',
      isMet(tube.flags.includes('second_not_separable')),
    ],
    ['core (CD38, CD24), u', '', pair(origin), prototype.core, ''],
    ['direction', '', pair(direction), prototype.direction, ''],
    ['width across, u', '', Number(sigma).toFixed(2), prototype.sigma, ''],
    ['tip, u along the ridge', '', Number(tip).toFixed(2), prototype.tip, ''],
  ];
  const curve = (name: string, ours: readonly number[], theirs: readonly number[]) => [
    [`${name}, here`, ...ours.map((value) => value.toFixed(1))],
    [`${name}, prototype`, ...theirs.map((value) => value.toFixed(1))],
  ];
  return `${head}
One tube is its own pool (\`small_pool\`); nothing was tuned to it but what [decisions/ridge](decisions/ridge.md) names. Ranges: what gating by eye allows.

${table(['', 'range', 'here', 'prototype', 'met'], rows)}
CD24hiCD38hi, % of B, over the border k (**.5** is the default):

${table(
  ['k', ...steps.map((k) => (k === 0.5 ? '**.5**' : k.toFixed(2).slice(1)))],
  [
    ...curve('oblique', tube.curves.oblique, prototype.oblique),
    ...curve('rectangle', tube.curves.rectangle, prototype.rectangle),
  ],
)}`;
}
