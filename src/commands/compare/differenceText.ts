import { counted } from '../../problems/index.ts';
import { isNothing, type PopulationMoves, type RunDifference } from '../../runs/index.ts';

/** Lines of one part that a terminal shows; the machine form has all. */
const MOST_LINES = 12;

/** A part of a difference: its title and what is in it, a line each. */
export interface DifferencePart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What changed, as a person reads it. */
export function differenceText(names: readonly [string, string], difference: RunDifference): string {
  if (isNothing(difference)) return `nothing changed from ${names[0]} to ${names[1]}\n`;
  const parts = differenceParts(difference).map(({ title, lines }) => {
    const shown = lines.slice(0, MOST_LINES);
    const rest = lines.length - shown.length;
    return [
      title,
      ...shown.map((line) => `  ${line}`),
      ...(rest > 0 ? [`  and ${rest} more (see --html or --json)`] : []),
    ].join('\n');
  });
  return `${[`from ${names[0]} to ${names[1]}`, ...parts].join('\n\n')}\n`;
}

/** The parts that hold anything, conclusions first: they are what a reader came for. */
export function differenceParts(difference: RunDifference): readonly DifferencePart[] {
  const { facts, versions, inputs, template, tubes, gates, counts, conclusions, outputs } = difference;
  const beside = outputs.filter((path) => !explained(path, difference));
  const parts = [
    { title: 'Conclusions', lines: conclusionLines(conclusions) },
    { title: 'Study and program', lines: [...facts, ...versions] },
    {
      title: 'Inputs',
      lines: inputs.map(({ role, path, sample_id: id, change }) => `${role} ${id ?? path}: ${change}`),
    },
    { title: 'Template', lines: template },
    { title: 'Tubes', lines: tubes },
    { title: 'Gates', lines: gates.map(gateLine) },
    { title: 'Counts', lines: counts.map(countLine) },
    { title: 'Other files with another content', lines: beside },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Files of which another part says in what they differ. */
function explained(path: string, { counts, gates, template, conclusions }: RunDifference): boolean {
  if (path === 'frequencies.csv') return counts.length > 0;
  if (/^placements(-.*)?\.json$/.test(path)) return gates.length > 0 || template.length > 0;
  if (path === 'comparisons.csv') return conclusions.length > 0;
  return conclusions.length > 0 || counts.length > 0 || gates.length > 0;
}

function conclusionLines(conclusions: RunDifference['conclusions']): string[] {
  const rank = ({ analysis, isOtherVerdict }: RunDifference['conclusions'][number]) =>
    (isOtherVerdict ? 0 : 2) + (analysis === 'primary' ? 0 : 1);
  return [...conclusions]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ family, endpoint, visits, analysis, isOtherVerdict, from, to }) => {
      const name = `${shortEndpoint(endpoint)} (${family}, ${visits}${analysis === 'primary' ? '' : `, ${analysis}`})`;
      if (from === null || to === null) return `${name}: ${from === null ? 'is new' : 'is no more'}`;
      const values = `estimate ${short(from.estimate)} to ${short(to.estimate)}, p ${short(from.p)} to ${short(to.p)}, adjusted ${short(from.pAdjusted)} to ${short(to.pAdjusted)}`;
      const verdict = isOtherVerdict ? `, verdict ${words(from)} to ${words(to)}` : '';
      return `${isOtherVerdict ? 'OTHER VERDICT ' : ''}${name}: ${values}${verdict}`;
    });
}

function words({ verdict, status }: { verdict: string; status: string }): string {
  if (status !== 'ok' && status !== 'approximate') return status.replaceAll('_', ' ');
  return { TRUE: 'shown', FALSE: 'not shown' }[verdict] ?? 'none';
}

function gateLine({ population, moves, tubeCount, largest }: PopulationMoves): string {
  const byHand = new Set(moves.filter(({ isByHand }) => isByHand).map(({ sampleId }) => sampleId)).size;
  const far = [...moves].sort((a, b) => Math.abs(b.by ?? 0) - Math.abs(a.by ?? 0))[0];
  const most =
    largest === null || far === undefined
      ? 'another shape'
      : `the most ${far.edge} ${signed(far.by ?? 0)} u in ${far.sampleId}`;
  return `${shortPath(population)}: moved in ${counted(tubeCount, 'tube')}, ${most}${byHand === 0 ? '' : `; ${byHand} of them by hand`}`;
}

function countLine({ population, tubes }: RunDifference['counts'][number]): string {
  const change = ({ percent: [before, after] }: (typeof tubes)[number]) => Math.abs((after ?? 0) - (before ?? 0));
  const most = [...tubes].sort((a, b) => change(b) - change(a))[0]!;
  const text = (percent: number | null) => (percent === null ? 'none' : `${percent.toFixed(2)} %`);
  const [before, after] = most.count;
  return `${shortPath(population)}: another count in ${counted(tubes.length, 'tube')}, the most ${text(most.percent[0])} to ${text(most.percent[1])} (${before ?? 'none'} to ${after ?? 'none'} events) in ${most.sample_id}`;
}

export function signed(x: number): string {
  return `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(2)}`;
}

export function shortPath(population: string): string {
  return population.split('/').slice(-2).join('/');
}

function shortEndpoint(endpoint: string): string {
  const [path = '', measure = ''] = [
    endpoint.slice(0, endpoint.lastIndexOf(' ')),
    endpoint.slice(endpoint.lastIndexOf(' ') + 1),
  ];
  return path === '' ? endpoint || 'all endpoints' : `${shortPath(path)} ${measure}`;
}

function short(cell: string): string {
  if (cell === '') return 'none';
  const number = Number(cell);
  return Number.isFinite(number) ? String(Number(number.toPrecision(4))) : cell;
}
