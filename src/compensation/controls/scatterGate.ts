import { sortedQuantile } from '../../statistics/index.ts';
import type { ControlEvents } from './controlEvents.ts';

/** A region of scatter, for a stained control and the unstained one alike. */
export interface ScatterGate {
  /** Events inside, ascending. */
  inside(control: Pick<ControlEvents, 'scatter' | 'pulse'>): Uint32Array;
}

/** Squares along each axis: 48 show the shape of a population of 5,000 events and keep 20 events in its middle squares. */
const BINS = 48;
/** Passes of the filter ¼ ½ ¼ in both directions: a population of 20 squares’ width keeps its shape, single events do not. */
const PASSES = 3;
/** The region of a population: where it is at least this part as dense as at its peak, as an outline drawn by hand has it. */
const LEAST_DENSITY = 0.1;
/** Beyond a saddle another population begins where it rises by more than this; less is the grain of the counts. */
const RISE = 1.3;
/** Debris and the events on the axes, beyond the squares, are in no region. */
const ENDS = [0.002, 0.998] as const;
/** As the gate for singlets has it: beyond so many robust standard deviations of height ÷ area an event is two cells. */
const SINGLET_SPREADS = 4.5;
const MAD_TO_SD = 1.4826;

/**
 * The population on scatter in which the stained events are most: a connected region of the plane, and in it the band of
 * single particles by height ÷ area. Without scatter everything is inside.
 * @param bright events that are stained beyond doubt; where there are none, the region with most events is taken
 */
export function scatterGate(control: Pick<ControlEvents, 'scatter' | 'pulse'>, bright: Uint32Array): ScatterGate {
  const region = regionOf(control, bright);
  const band = bandOf(control, region);
  return {
    inside(other) {
      const count = other.scatter?.[0].length ?? other.pulse?.[0].length ?? 0;
      const found = new Uint32Array(count);
      let n = 0;
      for (let i = 0; i < count; i++) if (region(other, i) && band(other, i)) found[n++] = i;
      return found.subarray(0, n);
    },
  };
}

type IsInside = (control: Pick<ControlEvents, 'scatter' | 'pulse'>, event: number) => boolean;

function regionOf({ scatter }: Pick<ControlEvents, 'scatter'>, bright: Uint32Array): IsInside {
  if (scatter === undefined || scatter[0].length === 0) return () => true;
  const [x, y] = scatter.map(axisOf) as [ReturnType<typeof axisOf>, ReturnType<typeof axisOf>];
  const squareOf = (forward: number, side: number): number => {
    const [i, j] = [x(forward), y(side)];
    return i < 0 || j < 0 ? -1 : i * BINS + j;
  };
  const counts = new Float64Array(BINS * BINS);
  for (let i = 0; i < scatter[0].length; i++) addTo(counts, squareOf(scatter[0][i]!, scatter[1][i]!));
  const stained = new Float64Array(BINS * BINS);
  for (const i of bright) addTo(stained, squareOf(scatter[0][i]!, scatter[1][i]!));
  const region = richestRegion(smoothed(counts), bright.length > 0 ? stained : counts);
  return ({ scatter: other }, event) => {
    if (other === undefined) return true;
    const square = squareOf(other[0][event]!, other[1][event]!);
    return square >= 0 && region[square] === 1;
  };
}

function addTo(counts: Float64Array, square: number): void {
  if (square >= 0) counts[square]!++;
}

function axisOf(column: Float64Array): (value: number) => number {
  const sorted = column.filter(Number.isFinite).sort();
  const [low = 0, high = 0] = ENDS.map((p) => sortedQuantile(sorted, p));
  const width = (high - low) / BINS;
  return (value) => {
    if (!(value >= low && value <= high)) return -1;
    return width === 0 ? 0 : Math.min(BINS - 1, Math.floor((value - low) / width));
  };
}

function smoothed(counts: Float64Array): Float64Array {
  let now = counts;
  for (let pass = 0; pass < PASSES; pass++) now = along(along(now, 1, BINS), BINS, 1);
  return now;
}

/** One pass of ¼ ½ ¼; what would fall off an end stays in the last square. */
function along(counts: Float64Array, step: number, stride: number): Float64Array {
  const out = new Float64Array(counts.length);
  for (let line = 0; line < BINS; line++) {
    for (let k = 0; k < BINS; k++) {
      const at = line * stride + k * step;
      const before = counts[k === 0 ? at : at - step]!;
      const after = counts[k === BINS - 1 ? at : at + step]!;
      out[at] = before / 4 + counts[at]! / 2 + after / 4;
    }
  }
  return out;
}

/** Of the peaks of a density, the region around the one that holds most of a weight; 1 = inside. */
function richestRegion(density: Float64Array, weight: Float64Array): Uint8Array {
  const order = Array.from(density.keys()).sort((a, b) => density[b]! - density[a]! || a - b);
  const taken = new Uint8Array(density.length);
  let best = { region: new Uint8Array(density.length), held: -1 };
  for (const peak of order) {
    // A lesser peak than this is the foot of one that was taken, or a few events.
    if (density[peak]! < LEAST_DENSITY * density[order[0]!]!) break;
    if (taken[peak] === 1) continue;
    const squares = reachedFrom(peak, density, taken);
    const held = squares.reduce((sum, square) => sum + weight[square]!, 0);
    if (held <= best.held) continue;
    const region = new Uint8Array(density.length);
    for (const square of squares) region[square] = 1;
    best = { region, held };
  }
  return best.region;
}

/** Squares around a peak down to a part of its height, without what lies beyond a saddle; each belongs to the first peak. */
function reachedFrom(peak: number, density: Float64Array, taken: Uint8Array): number[] {
  const least = LEAST_DENSITY * density[peak]!;
  const reached = [peak];
  // The lowest square on the way from the peak.
  const saddle = new Map([[peak, density[peak]!]]);
  taken[peak] = 1;
  for (const square of reached) {
    const lowest = saddle.get(square)!;
    for (const next of neighbours(square)) {
      const height = density[next]!;
      if (taken[next] === 1 || height < least || height > RISE * lowest) continue;
      taken[next] = 1;
      saddle.set(next, Math.min(lowest, height));
      reached.push(next);
    }
  }
  return reached;
}

function neighbours(square: number): number[] {
  const column = square % BINS;
  return [
    ...(column > 0 ? [square - 1] : []),
    ...(column < BINS - 1 ? [square + 1] : []),
    ...(square >= BINS ? [square - BINS] : []),
    ...(square < BINS * (BINS - 1) ? [square + BINS] : []),
  ];
}

function bandOf(control: Pick<ControlEvents, 'scatter' | 'pulse'>, region: IsInside): IsInside {
  const { pulse } = control;
  if (pulse === undefined) return () => true;
  const [area, height] = pulse;
  const ratios: number[] = [];
  for (let i = 0; i < area.length; i++) if (area[i]! > 0 && region(control, i)) ratios.push(height[i]! / area[i]!);
  const sorted = Float64Array.from(ratios).sort();
  const centre = sortedQuantile(sorted, 0.5);
  if (centre === undefined) return () => true;
  const spread = sortedQuantile(sorted.map((ratio) => Math.abs(ratio - centre)).sort(), 0.5)! * MAD_TO_SD;
  return ({ pulse: other }, event) => {
    if (other === undefined) return true;
    return Math.abs(other[1][event]! / other[0][event]! - centre) <= SINGLET_SPREADS * spread;
  };
}
