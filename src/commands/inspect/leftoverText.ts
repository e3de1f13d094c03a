import {
  cellDifferences,
  compensateColumn,
  type Leftover,
  leftovers,
  makeCompensator,
  type Spillover,
} from '../../compensation/index.ts';
import { alignedTable } from '../../tables/index.ts';
import type { InspectedTube } from './inspectTube.ts';

/** Pairs that are listed by name; the map holds each. */
const LISTED = 12;

/**
 * What a matrix leaves between the dyes of a tube, as a map and in words: too much taken away, or too little.
 * @param given a matrix in place of the file's own; undefined: the file's own
 */
export function leftoverText(tube: InspectedTube, given: Spillover | undefined): string {
  const { displayPath, file, events, spillover: own, compensation } = tube;
  if (file === undefined || events === undefined) return `${displayPath}\n  cannot be read as FCS\n`;
  const spillover = given ?? own;
  if (spillover === undefined || spillover === null) {
    return `${displayPath}\n  there is no spillover matrix to judge (--matrix FILE names one)\n`;
  }
  const isApplied = compensation?.state === 'compensated' && given === undefined;
  const columns = spillover.channels.flatMap(
    (name) => events.sample[file.parameters.findIndex((one) => one.name === name)] ?? [],
  );
  if (columns.length < spillover.channels.length)
    return `${displayPath}\n  the matrix names channels of another file\n`;
  const pairs = leftovers(isApplied ? columns : compensated(columns, spillover));
  const how = isApplied ? 'as the file holds the values, which are compensated' : `compensated by ${spillover.source}`;
  const parts = [
    `${displayPath}: ${how}`,
    `${sentence(spillover, pairs)}\n`,
    leftoverMap(spillover, pairs),
    pairList(spillover, pairs),
    given !== undefined && own ? differenceText(given, own) : '',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function compensated(columns: readonly Float64Array[], spillover: Spillover): Float64Array[] {
  const compensator = makeCompensator(spillover);
  return spillover.channels.map((channel) => {
    const out = new Float64Array(columns[0]?.length ?? 0);
    compensateColumn(columns, compensator.weights(channel)!.weights, out);
    return out;
  });
}

function sentence({ channels }: Spillover, pairs: readonly Leftover[]): string {
  const count = (verdict: Leftover['verdict']): number => pairs.filter((one) => one.verdict === verdict).length;
  const dyes = new Set(pairs.map(({ dye }) => dye)).size;
  const judged = count('right') + count('over') + count('under');
  return (
    `${dyes} of ${channels.length} dyes are bright enough; of ${judged} pairs that show it ${count('over')} over, ` +
    `${count('under')} under; in ${count('both') + count('unseen')} nothing can be told`
  );
}

const signs = { right: ' ok', both: '  ?', unseen: '  ?' } as const;

/** Light left in percent of the dye's: row = dye, column = detector by the number of its row. */
function leftoverMap({ channels }: Spillover, pairs: readonly Leftover[]): string {
  const head = ['', '', ...channels.map((_, j) => String(j + 1).padStart(4))];
  const rows = channels.map((name, dye) => [
    String(dye + 1).padStart(2),
    name,
    ...channels.map((_, detector) => {
      if (dye === detector) return '   ·';
      const pair = pairs.find((one) => one.dye === dye && one.detector === detector);
      return pair === undefined ? '' : cellText(pair);
    }),
  ]);
  const legend =
    'left in percent of the dye: -5 = 5 % too much is taken away, +5 = 5 % too little; ok = within the noise; ' +
    '? = cannot be told; empty = the dye is not bright\n';
  return `${alignedTable([head, ...rows])}${legend}`;
}

function cellText({ verdict, share }: Leftover): string {
  if (verdict === 'over' || verdict === 'under') return signed(100 * share, 0).padStart(4);
  return ` ${signs[verdict]}`;
}

function pairList({ channels, matrix }: Spillover, pairs: readonly Leftover[]): string {
  const found = pairs
    .filter(({ verdict }) => verdict === 'over' || verdict === 'under')
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  if (found.length === 0) return '';
  const rows = found
    .slice(0, LISTED)
    .map(({ dye, detector, verdict, share, noise }) => [
      channels[dye]!,
      channels[detector]!,
      `${(100 * matrix[dye * channels.length + detector]!).toFixed(1)} %`,
      `${signed(100 * share, 1)} %`,
      `${(100 * noise).toFixed(1)} %`,
      verdictWords(dye, verdict, { channels, matrix }),
    ]);
  const more = found.length > LISTED ? `and ${found.length - LISTED} more\n` : '';
  return `${alignedTable([['dye', 'into', 'matrix', 'left', 'noise', 'so it is'], ...rows])}${more}`;
}

function verdictWords(
  dye: number,
  verdict: Leftover['verdict'],
  { channels, matrix }: Pick<Spillover, 'channels' | 'matrix'>,
) {
  if (verdict === 'over') return 'over-compensated';
  const isIdle = channels.every((_, j) => j === dye || matrix[dye * channels.length + j] === 0);
  return isIdle
    ? 'the matrix has nothing of this dye: autofluorescence, or no control for it'
    : 'under-compensated, or cells that carry both';
}

function differenceText(given: Spillover, own: Spillover): string {
  const cells = cellDifferences(given, own)
    .map((cell) => ({ ...cell, by: cell.measured - cell.other }))
    .filter(({ by }) => by !== 0)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const [first] = cells;
  if (first === undefined) return `${given.source} equals ${own.source}\n`;
  const rows = cells
    .slice(0, LISTED)
    .map(({ dye, detector, measured, other, by }) => [
      dye,
      detector,
      `${(100 * measured).toFixed(2)} %`,
      `${(100 * other).toFixed(2)} %`,
      `${signed(100 * by, 2)} %`,
    ]);
  const head = ['dye', 'into', given.source, own.source, 'difference'];
  return `${cells.length} coefficients differ from the file's own, most ${first.dye} into ${first.detector}\n${alignedTable([head, ...rows])}`;
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : '-'}${Math.abs(value).toFixed(digits)}`;
}
