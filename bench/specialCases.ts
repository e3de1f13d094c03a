import type { Cohort, TubeDesign } from '../samples/cohort.ts';
import type { Mode } from '../samples/composition.ts';
import { markerIndex, markers } from '../samples/panel.ts';
import { alterTubes, withFactor, withGains, withShareOfBCells, withSharesOfB } from './alterTubes.ts';
import { figuresOf, mean, shownShare, trueShare } from './figures.ts';
import type { GatedCohort, GatedPopulations, GatedTube } from './gatedCohort.ts';

/** A cohort with one thing wrong or rare in it, and what makes its answer right. */
export interface SpecialCase {
  readonly name: string;
  readonly mode: Mode;
  readonly madeBy: string;
  readonly rightAnswer: string;
  readonly alter: (cohort: Cohort) => Cohort;
  /** @param plain gates the same cells as they were before they were altered */
  readonly judge: (gated: GatedCohort, cohort: Cohort, plain: () => GatedCohort) => Verdict;
}

export interface Verdict {
  readonly isRight: boolean;
  /** What was counted, beside what is true, and the flags that were raised. */
  readonly got: string;
}

const at = (subject: string, ...visits: readonly string[]) => {
  return (tube: { readonly subject: string; readonly visit: string }) =>
    tube.subject === subject && visits.includes(tube.visit);
};
const everywhere = () => true;
const noMemory = { unswitched: 0.003, switched: 0.004, memory_reg_unswitched: 0.0015, memory_reg_switched: 0.0015 };
const repopulating = { M6: 0.85, M9: 0.5, M12: 0.3 } as const;

const repopulation = (mode: Mode): SpecialCase => ({
  name: `repopulation, ${mode}`,
  mode,
  madeBy: 'P02 M6, M9, M12: 85, 50, 30 % of B transitional, memory 1 %',
  rightAnswer: 'M9 and M12 within 10 %, or flagged; M6 flagged',
  alter: (cohort) =>
    alterTubes(cohort, at('P02', 'M6', 'M9', 'M12'), (tube) =>
      withSharesOfB(tube, { ...noMemory, transitional: repopulating[tube.visit as keyof typeof repopulating] }),
    ),
  judge: (gated) => {
    const tubes = tubesOf(gated, 'CD24hiCD38hi').filter(at('P02', 'M6', 'M9', 'M12'));
    const isRight = tubes.every((tube) => isFlagged(tube) || (tube.visit !== 'M6' && isWithin(tube, 0.1)));
    return { isRight, got: tubes.map(inWords).join('; ') };
  },
});

export const specialCases: readonly SpecialCase[] = [
  {
    name: 'rituximab',
    mode: 'hard',
    madeBy: 'P02 M1, M3: B .08 % of leukocytes, half of it plasmablasts',
    rightAnswer: 'B subsets flagged; T, NK, monocytes as usual (F1 ≥ .98)',
    alter: (cohort) =>
      alterTubes(cohort, at('P02', 'M1', 'M3'), (tube) =>
        withSharesOfB(withShareOfBCells(tube, 0.0008), { plasmablast: 0.5 }),
      ),
    judge: (gated) => {
      const own = at('P02', 'M1', 'M3');
      const subsets = tubesOf(gated, 'CD24hiCD38hi').filter(own);
      const f1 = ['T', 'NK', 'Monocytes'].map((name) => figuresOf(tubesOf(gated, name).filter(own)).f1);
      return {
        isRight: subsets.every((tube) => tube.flags.includes('gain_unsure')) && f1.every((value) => value >= 0.98),
        got: `${subsets.map(inWords).join('; ')}; F1 T, NK, monocytes ${f1.map((value) => value.toFixed(3)).join(', ')}`,
      };
    },
  },
  repopulation('hard'),
  repopulation('ridge'),
  {
    name: 'plasmablast flare',
    mode: 'hard',
    madeBy: 'P03 M3: 45 % of B plasmablasts',
    rightAnswer:
      'plasmablasts within .02 of the truth; transitional and memory-regulatory within 20 % or three Poisson deviations',
    alter: (cohort) => alterTubes(cohort, at('P03', 'M3'), (tube) => withSharesOfB(tube, { plasmablast: 0.45 })),
    judge: (gated) => {
      const flare = one(gated, 'Plasmablast', 'P03', 'M3');
      const others = ['CD24hiCD38hi', 'CD27+CD38lo-CD24hi'].map((name) => one(gated, name, 'P03', 'M3'));
      const isRight =
        Math.abs(shownShare(flare) - trueShare(flare)) <= 0.02 &&
        others.every(
          (tube) => isWithin(tube, 0.2) || Math.abs(tube.count - tube.trueCount) <= 3 * Math.sqrt(tube.trueCount),
        );
      return { isRight, got: [flare, ...others].map(inWords).join('; ') };
    },
  },
  {
    name: 'absent valley',
    mode: 'hard',
    madeBy: 'P05 M3: CD27 dimmed by 2.2 u',
    rightAnswer: 'memory-regulatory within 15 %, or flagged',
    alter: (cohort) => alterTubes(cohort, at('P05', 'M3'), (tube) => withGains(tube, { CD27: -2.2 })),
    judge: (gated) => {
      const tube = one(gated, 'CD27+CD38lo-CD24hi', 'P05', 'M3');
      return { isRight: isWithin(tube, 0.15) || isFlagged(tube), got: inWords(tube) };
    },
  },
  {
    name: 'no transitional cells in one patient',
    mode: 'hard',
    madeBy: 'P04, all visits: fraction 0',
    rightAnswer: '≤ .4 % of B at every visit',
    alter: (cohort) =>
      alterTubes(
        cohort,
        ({ subject }) => subject === 'P04',
        (tube) => withSharesOfB(tube, { transitional: 0 }),
      ),
    judge: (gated) => {
      const tubes = tubesOf(gated, 'CD24hiCD38hi').filter(({ subject }) => subject === 'P04');
      const isRight = tubes.every((tube) => shownShare(tube) <= 0.004);
      return { isRight, got: tubes.map((tube) => shownShare(tube).toFixed(4)).join(', ') };
    },
  },
  ...(['hard', 'ridge', 'lupus'] as const).map(
    (mode): SpecialCase => ({
      name: `no transitional cells in the study, ${mode}`,
      mode,
      madeBy: 'fraction 0 in every tube',
      rightAnswer: '`no_ridge`',
      alter: (cohort) => alterTubes(cohort, everywhere, (tube) => withSharesOfB(tube, { transitional: 0 })),
      judge: (gated) => {
        const flags = gated.book.alignments[0]?.flags ?? [];
        return { isRight: flags.includes('no_ridge'), got: flags.map((flag) => `\`${flag}\``).join(', ') || 'no flag' };
      },
    }),
  ),
  {
    name: 'few B cells',
    mode: 'hard',
    madeBy: 'P06, all visits: B cells ÷ 17',
    rightAnswer: 'transitional share of B within .02 of the truth',
    alter: (cohort) =>
      alterTubes(
        cohort,
        ({ subject }) => subject === 'P06',
        (tube) => withShareOfBCells(tube, 0.065 / 17),
      ),
    judge: (gated) => {
      const tubes = tubesOf(gated, 'CD24hiCD38hi').filter(({ subject }) => subject === 'P06');
      const isRight = tubes.every((tube) => Math.abs(shownShare(tube) - trueShare(tube)) <= 0.02);
      return { isRight, got: tubes.map(inWords).join('; ') };
    },
  },
  {
    name: 'granulocyte-rich blood',
    mode: 'hard',
    madeBy: 'granulocytes × 75 in every tube: about 60 % of leukocytes',
    rightAnswer: 'F1 T, B ≥ .99, NK ≥ .98, monocytes ≥ .97',
    alter: (cohort) => alterTubes(cohort, everywhere, (tube) => withFactor(tube, ['granulocyte'], 75)),
    judge: (gated) => {
      const f1 = ['T', 'B', 'NK', 'Monocytes'].map((name) => figuresOf(tubesOf(gated, name)).f1);
      const least = [0.99, 0.99, 0.98, 0.97];
      const isRight = f1.every((value, i) => value >= least[i]!);
      return { isRight, got: `F1 ${f1.map((value) => value.toFixed(3)).join(', ')}` };
    },
  },
  {
    name: 'voltage × 2 at one visit',
    mode: 'hard',
    madeBy: 'all gains × 2 at M6',
    rightAnswer: 'F1 at M6 as of the same cells without it (within .01); the shift of the landmarks as drawn',
    alter: (cohort) =>
      alterTubes(
        cohort,
        ({ visit }) => visit === 'M6',
        (tube) => withGains(tube, Object.fromEntries(markers.map((marker) => [marker, Math.LN2]))),
      ),
    judge: (gated, cohort, plain) => {
      const atM6 = (one: GatedCohort) =>
        figuresOf(tubesOf(one, 'CD24hiCD38hi').filter(({ visit }) => visit === 'M6')).f1;
      const [own, before] = [atM6(gated), atM6(plain())];
      const moved = landmarkShift(gated, cohort, 'M6');
      return {
        isRight: own >= before - 0.01 && moved.isSeen,
        got: `F1 ${own.toFixed(3)} (without it ${before.toFixed(3)}); ${moved.words}`,
      };
    },
  },
  {
    name: 'CD38 × 1.35 at M1',
    mode: 'ridge',
    madeBy: 'CD38 gain + .30 on all cells at M1',
    rightAnswer: 'the fold of the same cells without it (within 3 %); the shift of CD38 as drawn',
    alter: (cohort) =>
      alterTubes(
        cohort,
        ({ visit }) => visit === 'M1',
        (tube) => withGains(tube, { CD38: 0.3 }),
      ),
    judge: (gated, cohort, plain) => {
      const foldOf = (one: GatedCohort) => {
        const { shownFold, trueFold } = figuresOf(tubesOf(one, 'CD24hiCD38hi'));
        return shownFold / trueFold;
      };
      const [own, before] = [foldOf(gated), foldOf(plain())];
      const moved = landmarkShift(gated, cohort, 'M1');
      return {
        isRight: Math.abs(Math.log(own / before)) <= Math.log(1.03) && moved.isSeen,
        got: `shown ÷ true ${own.toFixed(3)} (without it ${before.toFixed(3)}); ${moved.words}`,
      };
    },
  },
];

function tubesOf({ by }: GatedCohort, name: string): readonly GatedTube[] {
  const populations: GatedPopulations = by.recipe ?? new Map();
  const found = [...populations].find(([path]) => path === name || path.endsWith(`/${name}`));
  if (!found) throw new Error(`no population "${name}"`);
  return found[1];
}

function one(gated: GatedCohort, name: string, subject: string, visit: string): GatedTube {
  const found = tubesOf(gated, name).find(at(subject, visit));
  if (!found) throw new Error(`no tube of ${subject} at ${visit}`);
  return found;
}

const telling = ['gain_unsure', 'far_gain', 'unlike_pool', 'ridge_heavy', 'few_memory', 'cut_moved', 'no_ridge'];

function isFlagged({ flags }: GatedTube): boolean {
  return flags.some((flag) => telling.includes(flag));
}

function isWithin(tube: GatedTube, tolerance: number): boolean {
  return Math.abs(shownShare(tube) / trueShare(tube) - 1) <= tolerance;
}

function inWords(tube: GatedTube): string {
  const flags = tube.flags.filter((flag) => telling.includes(flag)).map((flag) => ` \`${flag}\``);
  return `${shownShare(tube).toFixed(3)} for ${trueShare(tube).toFixed(3)}${flags.join('')}`;
}

/** Farthest that the printed shift of a visit may lie from what was done to its gains, in u. */
const SHIFT_TOLERANCE = 0.08;

/** Mean distance of a visit's landmarks from those of all other visits in u, beside that of the gains that were drawn. */
function landmarkShift({ book }: GatedCohort, cohort: Cohort, visit: string) {
  const offsets = new Map(book.alignments[0]?.tubes.map((tube) => [tube.sample_id, tube.offset]));
  const shifts = (['CD24', 'CD38'] as const).map((marker) => {
    const away = (value: (tube: TubeDesign) => number) =>
      mean(cohort.tubes.filter((tube) => tube.visit === visit).map(value)) -
      mean(cohort.tubes.filter((tube) => tube.visit !== visit).map(value));
    return {
      marker,
      shown: away((tube) => offsets.get(tube.sampleId)?.[marker] ?? 0),
      drawn: away((tube) => tube.logGains[markerIndex[marker]]!),
    };
  });
  return {
    isSeen: shifts.every(({ shown, drawn }) => Math.abs(shown - drawn) <= SHIFT_TOLERANCE),
    words: `landmarks moved by ${shifts.map((s) => `${s.shown.toFixed(2)} (${s.marker}, drawn ${s.drawn.toFixed(2)})`).join(', ')}`,
  };
}
