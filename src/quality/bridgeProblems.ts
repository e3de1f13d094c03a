import type { BatchStain } from '../placement/index.ts';
import { type Problem, problem } from '../problems/index.ts';
import { MARKED_SHIFT } from './bridgeShifts.ts';
import { signed } from './signed.ts';

type Measured = Extract<BatchStain, { readonly status: 'measured' }>;
type Unknown = Extract<BatchStain, { readonly status: 'unknown' }>;

const reasonWords: Readonly<Record<Unknown['reason'], string>> = {
  no_control: 'it has no bridging control',
  no_mode: 'its bridging controls show no well-filled bright mode',
  other_mode: 'the bright mode of its bridging controls is not that of the other batches',
  one_batch: 'the bridging controls of no other batch show the same mode',
};

/** Shifts of the stain that are only told: each that is marked. */
export function toldStains(stains: readonly BatchStain[]): Problem[] {
  return stains.flatMap((stain) => {
    if (stain.status !== 'measured' || Math.abs(stain.shift) <= MARKED_SHIFT) return [];
    return [shiftProblem(stain, `${signed(stain.shift)} u from the other batches`)];
  });
}

/** What was carried, what is left, and what stayed as it was, batch by batch. */
export function alignedStains(stains: readonly BatchStain[]): Problem[] {
  if (!stains.some((stain) => stain.status === 'measured')) {
    const message = 'no batch was aligned: no two batches have bridging controls with the same well-filled bright mode';
    return [problem('warning', 'quality.bridge-not-aligned', message, {})];
  }
  const batches = [...new Set(stains.map(({ batch }) => batch))].sort();
  return batches.flatMap((batch) => {
    const own = stains.filter((stain) => stain.batch === batch);
    const measured = own.filter((stain) => stain.status === 'measured');
    return [
      ...carriedProblem(batch, measured),
      ...measured.flatMap(leftProblem),
      ...stayedProblems(
        batch,
        own.filter((stain) => stain.status === 'unknown'),
      ),
    ];
  });
}

function carriedProblem(batch: string, measured: readonly Measured[]): Problem[] {
  const moved = measured.filter(({ carried }) => carried !== 0);
  if (moved.length === 0) return [];
  const sizes = moved.map(({ marker, carried }) => `"${marker}" ${signed(carried)} u`).join(', ');
  const message = `pooled cuts of batch "${batch}" were carried by its bridging controls: ${sizes}`;
  return [problem('note', 'quality.bridge-aligned', message, {})];
}

function leftProblem(stain: Measured): Problem[] {
  const { left, leftOut } = stain;
  if (Math.abs(left) > MARKED_SHIFT) return [shiftProblem(stain, `${signed(left)} u left after alignment`)];
  if (leftOut === null || Math.abs(leftOut) <= MARKED_SHIFT) return [];
  return [shiftProblem(stain, `${signed(leftOut)} u left in one that the others aligned`)];
}

function shiftProblem({ batch, marker }: BatchStain, words: string): Problem {
  const message = `bridging controls of batch "${batch}" have "${marker}" ${words}`;
  return problem('warning', 'quality.bridge-shift', message, {});
}

/** One for each reason, with its markers. */
function stayedProblems(batch: string, unknown: readonly Unknown[]): Problem[] {
  const reasons = [...new Set(unknown.map(({ reason }) => reason))].sort();
  return reasons.map((reason) => {
    const markers = unknown.flatMap((stain) => (stain.reason === reason ? [`"${stain.marker}"`] : []));
    const message = `batch "${batch}" keeps its own stain on ${markers.join(', ')}: ${reasonWords[reason]}`;
    return problem('warning', 'quality.bridge-not-aligned', message, {});
  });
}
