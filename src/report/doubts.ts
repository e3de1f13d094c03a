import { findingRows } from '../likeness/index.ts';
import { andMore, counted } from '../problems/index.ts';
import { commonFlags } from './commonFlags.ts';
import { levelText, pText } from './displayNumbers.ts';
import { flagWords } from './flagWords.ts';
import { fragment } from './fragment.ts';
import { endpointParts, lastName } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';

/** Something to look at before the answers are believed, with the place on the page where it is. */
export interface Doubt {
  readonly text: string;
  /** Fragment without `#`. */
  readonly link: string;
  readonly linkText: string;
}

// More would not be read on a first screen; the sections have them all.
const mostDoubts = 5;

/** The worst first: what the study as a whole shows, then what an answer hangs on, then flags at the gates of the answers. */
export function doubts(input: ReportInput): readonly Doubt[] {
  const all = [...ofStudy(input), ...ofAnswers(input), ...ofGates(input)];
  return all.slice(0, mostDoubts);
}

function ofStudy({ quality, likeness, problems }: ReportInput): Doubt[] {
  const link = { link: 'quality', linkText: 'quality' };
  const unlike = likeness === undefined ? [] : likeness.findings.filter((one) => one.problem.severity !== 'note');
  const errors = problems.filter((found) => found.severity === 'error').length;
  const swaps = quality?.swaps ?? [];
  const confounded = (quality?.batches ?? []).filter((one) => one.isConfounded);
  const moved = (quality?.landmarkShifts ?? []).filter((one) => one.isMarked);
  return [
    ...unlikeDoubt(unlike),
    ...(errors === 0 ? [] : [{ text: `${counted(errors, 'error')}.`, link: 'problems', linkText: 'problems' }]),
    ...swaps.map((one) => ({
      text: `${one.sampleId} looks more like ${one.looksLike} than like ${one.subject}.`,
      ...link,
    })),
    ...confounded.map(({ from, to }) => ({
      text: `Batch and visit cannot be told apart between ${from} and ${to}.`,
      ...link,
    })),
    ...moved
      .slice(0, 2)
      .map(({ landmark, from, to }) => ({ text: `The staining of ${landmark} moved from ${from} to ${to}.`, ...link })),
  ];
}

/** Named tubes, each with what was compared; the rest are counted. */
const mostUnlike = 16;

/** Tubes that are unlike the others, by name: an answer that rests on them is in doubt before anything else. */
function unlikeDoubt(findings: NonNullable<ReportInput['likeness']>['findings']): Doubt[] {
  if (findings.length === 0) return [];
  const named = findingRows({ findings }).map(({ tubes, comparison }) => `${tubes} (${comparison})`);
  return [{ text: `Unlike the others: ${andMore(named, mostUnlike)}.`, link: 'unlike', linkText: 'which' }];
}

// "Under all but few plausible gates" begins here.
const steadyShare = 0.95;

function ofAnswers({ comparisons }: ReportInput): Doubt[] {
  return comparisons.flatMap((row) => {
    if (row.analysis !== 'primary' || row.role !== 'primary') return [];
    const name = lastName(endpointParts(row.endpoint ?? '').population);
    const link = { link: 'comparisons', linkText: 'comparisons' };
    const gates =
      row.gate_share === null || row.gate_share >= steadyShare
        ? []
        : [{ text: `${name}: shown under ${levelText(row.gate_share)} of plausible gates only.`, ...link }];
    const hangs = row.reject === true && row.loo_p_max !== null && row.alpha !== null && row.loo_p_max > row.alpha;
    const patient = hangs
      ? [{ text: `${name}: without ${row.loo_subject ?? ''} p is ${pText(row.loo_p_max)}.`, ...link }]
      : [];
    return [...gates, ...patient];
  });
}

/** Flags that ask for a look, at the gates of the endpoints, in the tubes that were compared; the primary family first. */
function ofGates(input: ReportInput): Doubt[] {
  const { comparisons, panels, tubes } = input;
  const planned = comparisons.filter((row) => row.analysis === 'primary');
  const ranked = [
    ...planned.filter((row) => row.role === 'primary'),
    ...planned.filter((row) => row.role !== 'primary'),
  ];
  const populations = [...new Set(ranked.map((row) => row.population))];
  const compared = new Set(planned.flatMap((row) => [row.visit_from, row.visit_to]));
  const isCompared = new Set(tubes.filter((tube) => compared.has(tube.visit)).map((tube) => tube.sampleId));
  const found = panels.flatMap(({ book }) =>
    book.gates.flatMap((gate) => {
      const common = commonFlags(gate);
      return gate.tubes.flatMap((tube) => {
        const worst = tube.flags.filter((flag) => !common.has(flag) && flagWords(flag).level === 'look');
        const rank = populations.indexOf(gate.population);
        if (worst.length === 0 || rank < 0) return [];
        return [
          {
            population: gate.population,
            sampleId: tube.sample_id,
            worst,
            rank: rank + (isCompared.has(tube.sample_id) ? 0 : 100),
          },
        ];
      });
    }),
  );
  return found
    .sort((a, b) => a.rank - b.rank || b.worst.length - a.worst.length)
    .map(({ population, sampleId, worst }) => ({
      text: `${lastName(population)} in ${sampleId}: ${worst.map((flag) => flagWords(flag).says).join('; ')}.`,
      link: plotLink(input, population, sampleId),
      linkText: 'plot',
    }));
}

/** The fragment that opens a plot: the numbers of its population and of its tube on this page. */
function plotLink(
  { panels, tubes }: Pick<ReportInput, 'panels' | 'tubes'>,
  population: string,
  sampleId: string,
): string {
  const gates = panels.flatMap(({ panel, book }) => book.gates.map((gate) => ({ panel, path: gate.population })));
  const own = tubes.find((tube) => tube.sampleId === sampleId);
  const gate = gates.findIndex(({ panel, path }) => path === population && panel === (own?.panel ?? ''));
  return gate < 0 || own === undefined ? 'gates' : `plot=${gate}.${fragment(sampleId)}`;
}
