import { median } from 'd3-array';
import { bandwidthOf, binCentre, histogram, modesOf, smooth } from './density.ts';
import { valleyBetween } from './findValley.ts';

/** Events of a tube: how much of a viability dye each took up, and how it scatters light, in u. */
export interface StainedCells {
  readonly dye: Float64Array;
  readonly size: Float64Array;
  readonly granularity: Float64Array;
}

export interface LiveModes {
  /** Mode of the brightest live cells. */
  readonly top: number;
  /** Modes of live cells, from the dimmest. */
  readonly count: number;
}

/** In u: live cells of another lineage are larger and more granular than lymphocytes by at least so much; dead ones shrink. */
const LARGER = 0.1;
/** In u: live cells bind some dye on their surface; dead ones bind inside, tens of times as much. */
const FARTHEST = 2.5;
const LEAST_EVENTS = 30;

/**
 * The mode of the brightest live cells. Monocytes and granulocytes are brighter than lymphocytes in many dyes, with a
 * valley between that parts no dead cell. So from the dimmest mode upwards each is asked how its cells scatter: larger than
 * the dimmest and more granular than the one below is a live lineage, and the first that is not are the dead.
 * @returns undefined for fewer than 30 events
 */
export function brightestLive(
  { dye, size, granularity }: StainedCells,
  { prominence, mass }: { readonly prominence: number; readonly mass: number },
): LiveModes | undefined {
  if (dye.length < LEAST_EVENTS) return undefined;
  const parts = partsOf(dye, prominence, mass);
  const scatterOf = ({ from, to }: Part) => {
    const inside = (_: number, i: number) => dye[i]! >= from && dye[i]! < to;
    return { size: median(size.filter(inside)) ?? 0, granularity: median(granularity.filter(inside)) ?? 0 };
  };
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  const dimmest = scatterOf(first);
  let [live, granularityOfLive] = [first, dimmest.granularity];
  let count = 1;
  for (const part of others) {
    const own = scatterOf(part);
    const isLive =
      part.mode - live.mode <= FARTHEST &&
      own.size >= dimmest.size + LARGER &&
      own.granularity >= granularityOfLive + LARGER;
    if (!isLive) break;
    [live, granularityOfLive] = [part, own.granularity];
    count++;
  }
  return { top: live.mode, count };
}

/** A mode with the stretch around it, in u. */
interface Part {
  readonly mode: number;
  readonly from: number;
  readonly to: number;
}

/** The modes with enough events between the valleys beside them; one with fewer goes with the mode below it. */
function partsOf(dye: Float64Array, prominence: number, mass: number): readonly Part[] {
  const density = smooth(histogram(dye), bandwidthOf(dye));
  const modes = modesOf(density, prominence);
  const parts: Part[] = [];
  for (const [i, bin] of modes.entries()) {
    const from = i === 0 ? Number.NEGATIVE_INFINITY : valleyBetween(density, modes[i - 1]!, bin).cut;
    const next = modes[i + 1];
    const to = next === undefined ? Number.POSITIVE_INFINITY : valleyBetween(density, bin, next).cut;
    const share = dye.filter((u) => u >= from && u < to).length / dye.length;
    const before = parts.at(-1);
    if (share >= mass) parts.push({ mode: binCentre(bin), from: before?.to ?? Number.NEGATIVE_INFINITY, to });
    else if (before !== undefined) parts[parts.length - 1] = { ...before, to };
  }
  return parts;
}
