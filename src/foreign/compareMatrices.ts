import { findChannel } from './evaluate/findChannel.ts';
import type { ForeignTube } from './evaluate/foreignTube.ts';
import type { ForeignSample } from './model.ts';

/** Matrices printed with ten digits differ by less. */
const SAME = 1e-5;

/** The greatest difference between the matrix of a workspace's sample and the file's own, in words; undefined where none. */
export function compareMatrices(
  { matrices }: ForeignSample,
  { fileMatrix, parameters }: ForeignTube,
): string | undefined {
  const [matrix] = matrices;
  if (matrix === undefined || matrix.isInverted || matrix.rows.length !== matrix.detectors.length) return undefined;
  const name = `"${matrix.name}"`;
  const n = fileMatrix?.channels.length ?? 0;
  const placeOf = matrix.detectors.map((one) => fileMatrix?.channels.indexOf(findChannel(one, parameters) ?? '') ?? -1);
  let greatest = { difference: SAME, says: '' };
  for (const [i, row] of matrix.rows.entries()) {
    for (const [j, ours] of row.entries()) {
      if (i === j) continue;
      const [a, b] = [placeOf[i]!, placeOf[j]!];
      // A channel that the file's matrix lacks is not compensated by it.
      const theirs = a < 0 || b < 0 ? 0 : fileMatrix!.matrix[a * n + b]!;
      const difference = Math.abs(ours - theirs);
      if (difference <= greatest.difference) continue;
      const pair = `"${matrix.detectors[i]}" into "${matrix.detectors[j]}"`;
      greatest = { difference, says: `${ours} in the workspace, ${theirs} in the file, ${pair}` };
    }
  }
  if (greatest.says === '') return undefined;
  return `the matrix ${name} of the workspace is used and not the file’s own; they differ most by ${greatest.says}`;
}
