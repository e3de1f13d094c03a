import { unlisted } from './cellClass.ts';
import { cellClasses, classNames, ridgeShape, ridgeTravelCd24 } from './classes.ts';
import type { Cohort, TubeDesign } from './cohort.ts';
import { channelRange, markerIndex, markers, tubeParameters } from './panel.ts';
import { purposes, randomOrder, type Stream, streamFor } from './random.ts';

/** What became of an event, whatever its class. */
export const statuses = { live: 0, dead: 1, doublet: 2, debris: 3 } as const;

/** One tube: what the instrument shows, and what is true, both in file order. */
export interface TubeEvents {
  /** One column a parameter, in the order of `tubeParameters`. */
  readonly columns: readonly Float32Array[];
  /** Index into `classNames`; of a doublet, its first cell's. */
  readonly classIndex: Uint8Array;
  /** One of `statuses`. */
  readonly status: Uint8Array;
  /** Position on the way from naive (0) to transitional (1); NaN for all other cells. */
  readonly maturity: Float64Array;
}

/** Of all events. */
const debrisShare = 0.05;
const doubletShare = 0.03;
const deadShare = 0.03;
const cofactor = 150;
const markerCount = markers.length;
const fluorescenceAt = 3;
const highest = channelRange - 1;
/** Ticks of 10 ms. */
const acquisitionTicks = 6000;

/** Draws one tube of a cohort. The same seed, subject and visit give the same cells under any effect and shift. */
export function drawTube(cohort: Cohort, tube: TubeDesign): TubeEvents {
  const { eventCount, seed } = cohort.design;
  const partnerCount = Math.round(eventCount * doubletShare);
  const cellCount = eventCount - Math.round(eventCount * debrisShare);
  const cells = emptyCells(eventCount + partnerCount);
  drawCells(cohort, tube, cells, { cellCount: cellCount + partnerCount });
  // hosts are the first cells, partners the last before debris: both random cells, since the order is shuffled below
  joinDoublets(cells, { partnersFrom: cellCount, partnerCount });
  const order = randomOrder(streamFor(seed, purposes.order, ...tube.key), eventCount);
  return measure(cohort, tube, cells, order, { skipFrom: cellCount, skipCount: partnerCount });
}

interface Cells {
  readonly fluorescence: Float64Array;
  readonly fsc: Float64Array;
  readonly fscHeight: Float64Array;
  readonly ssc: Float64Array;
  /** U(.54, .70), should the cell become a doublet: height of the sum over the sum of heights. */
  readonly overlap: Float64Array;
  readonly classIndex: Uint8Array;
  readonly status: Uint8Array;
  readonly maturity: Float64Array;
}

function emptyCells(count: number): Cells {
  return {
    fluorescence: new Float64Array(count * markerCount),
    fsc: new Float64Array(count),
    fscHeight: new Float64Array(count),
    ssc: new Float64Array(count),
    overlap: new Float64Array(count),
    classIndex: new Uint8Array(count),
    status: new Uint8Array(count),
    maturity: new Float64Array(count).fill(Number.NaN),
  };
}

/** Fills `out`: cells up to `cellCount`, debris after. Every cell takes the same number of draws, whatever it becomes. */
function drawCells(cohort: Cohort, tube: TubeDesign, out: Cells, { cellCount }: { readonly cellCount: number }): void {
  const { mode, seed } = cohort.design;
  const stream = streamFor(seed, purposes.cells, ...tube.key);
  const table = classTable(cohort, tube);
  const gains = tube.logGains.map((gain) => Math.exp(gain));
  const chooseClass = classChooser(tube);
  const drawMaturity = maturityDrawer(cohort, tube);
  const hasRidge = mode === 'ridge' || mode === 'lupus';
  const hasTails = mode !== 'islands';
  const travelCd24 = ridgeTravelCd24(mode);
  const naive = classNames.indexOf('naive');
  const transitional = classNames.indexOf('transitional');
  const debris = classNames.indexOf('debris');
  for (let cell = 0; cell < out.fsc.length; cell++) {
    const isCell = cell < cellCount;
    const drawn = chooseClass(stream.uniform(), stream.uniform());
    const maturity = drawMaturity(stream.uniform(), stream.uniform());
    const isOnRidge = hasRidge && isCell && (drawn === naive || drawn === transitional);
    const spec = isOnRidge ? naive : isCell ? drawn : debris;
    out.classIndex[cell] = spec;
    if (isOnRidge) {
      out.maturity[cell] = maturity;
      if (maturity >= cohort.maturityBorder) out.classIndex[cell] = transitional;
    } else if (spec === naive || spec === transitional) {
      out.maturity[cell] = spec === transitional ? 1 : 0;
    }
    const size = 0.05 * stream.normal();
    for (let marker = 0; marker < markerCount; marker++) {
      const at = spec * markerCount + marker;
      let mean = table.mean[at]!;
      let sd = table.sd[at]!;
      const isTailed = hasTails && isCell && mean > 1;
      if (isOnRidge) {
        if (marker === markerIndex.CD38) {
          mean += ridgeShape.travelCd38 * maturity ** 1.1;
          sd = ridgeShape.sd;
        } else if (marker === markerIndex.CD24) {
          mean += travelCd24 * maturity ** 0.9;
          sd = ridgeShape.sd;
        } else if (marker === markerIndex.IgD) mean -= ridgeShape.igdFall * maturity;
      }
      const noise = isTailed ? stream.studentT5() : stream.normal();
      const u = mean + table.jitter[at]! + sd * noise + size;
      const light = cofactor * Math.sinh(Math.min(u, 9));
      // a gain moves bright cells and leaves the negatives in place: deliberately not an offset
      out.fluorescence[cell * markerCount + marker] = light > 0 ? light * gains[marker]! : light;
    }
    const scatter = spec * 4;
    out.fsc[cell] = Math.max(table.scatter[scatter]! + table.scatter[scatter + 1]! * stream.normal(), 2000);
    out.ssc[cell] = Math.max(table.scatter[scatter + 2]! + table.scatter[scatter + 3]! * stream.normal(), 500);
    out.status[cell] = isCell ? statuses.live : statuses.debris;
    killOrSpare(out, cell, stream);
    out.fscHeight[cell] = 0.85 * out.fsc[cell]! * (1 + (isCell ? 0.025 : 0.05) * stream.normal());
    out.overlap[cell] = 0.54 + 0.16 * stream.uniform();
  }
}

/** Mutates one cell: 3 % are dead, take up the viability dye, glow in every channel, and shrink. */
function killOrSpare(cells: Cells, cell: number, stream: Stream): void {
  const isDead = stream.uniform() < deadShare;
  const dye = cofactor * Math.sinh(5.6 + 0.45 * stream.normal());
  const glow = cofactor * Math.sinh(Math.abs(0.6 + 0.3 * stream.normal()));
  if (!isDead || cells.status[cell] === statuses.debris) return;
  const at = cell * markerCount;
  cells.status[cell] = statuses.dead;
  cells.fluorescence[at + markerIndex.Viability] = dye;
  for (let marker = 0; marker < markerCount; marker++) cells.fluorescence[at + marker]! += glow;
  cells.fsc[cell]! *= 0.75;
}

/** Mutates the first cells: each takes the light of one partner; the two pass the laser almost one after the other. */
function joinDoublets(
  cells: Cells,
  { partnersFrom, partnerCount }: { readonly partnersFrom: number; readonly partnerCount: number },
): void {
  for (let host = 0; host < partnerCount; host++) {
    const partner = partnersFrom + host;
    for (let marker = 0; marker < markerCount; marker++) {
      cells.fluorescence[host * markerCount + marker]! += cells.fluorescence[partner * markerCount + marker]!;
    }
    cells.fsc[host]! += cells.fsc[partner]!;
    cells.ssc[host]! += cells.ssc[partner]!;
    cells.fscHeight[host] = 0.85 * cells.fsc[host]! * cells.overlap[host]!;
    cells.status[host] = statuses.doublet;
  }
}

/** Spillover, noise, limits of the instrument, and the order of acquisition; partners of doublets are left out. */
function measure(
  cohort: Cohort,
  tube: TubeDesign,
  cells: Cells,
  order: Uint32Array,
  { skipFrom, skipCount }: { readonly skipFrom: number; readonly skipCount: number },
): TubeEvents {
  const { eventCount, seed } = cohort.design;
  const noise = streamFor(seed, purposes.noise, ...tube.key);
  const columns = tubeParameters.map(() => new Float32Array(eventCount));
  const classIndex = new Uint8Array(eventCount);
  const status = new Uint8Array(eventCount);
  const maturity = new Float64Array(eventCount);
  const { spillover } = cohort;
  for (let event = 0; event < eventCount; event++) {
    const cell = event < skipFrom ? event : event + skipCount;
    const row = order[event]!;
    for (let detector = 0; detector < markerCount; detector++) {
      let light = 0;
      for (let marker = 0; marker < markerCount; marker++) {
        light += cells.fluorescence[cell * markerCount + marker]! * spillover[marker * markerCount + detector]!;
      }
      // electronics 25 units, photon counting 6 units per unit of light
      const seen = light + Math.sqrt(625 + 6 * Math.max(light, 0)) * noise.normal();
      columns[fluorescenceAt + detector]![row] = Math.min(seen, highest);
    }
    columns[0]![row] = Math.min(cells.fsc[cell]!, highest);
    columns[1]![row] = Math.min(cells.fscHeight[cell]!, highest);
    columns[2]![row] = Math.min(cells.ssc[cell]!, highest);
    classIndex[row] = cells.classIndex[cell]!;
    status[row] = cells.status[cell]!;
    maturity[row] = cells.maturity[cell]!;
  }
  const times = columns[tubeParameters.length - 1]!;
  for (let event = 0; event < eventCount; event++) times[event] = Math.floor(acquisitionTicks * noise.uniform());
  times.sort();
  return { columns, classIndex, status, maturity };
}

/** Means and sds as flat tables (class × marker), this tube's jitter of class means, scatter as four numbers a class. */
function classTable(cohort: Cohort, tube: TubeDesign) {
  const classes = cellClasses(cohort.design.mode, cohort.igdIsWeak);
  const stream = streamFor(cohort.design.seed, purposes.jitter, ...tube.key);
  const pairs = classNames.flatMap((name) => markers.map((marker) => classes[name].markers[marker] ?? unlisted));
  const mean = Float64Array.from(pairs, ([value]) => value);
  return {
    mean,
    sd: Float64Array.from(pairs, ([, value]) => value),
    // no class lies exactly where it does in another tube
    jitter: mean.map((value) => 0.04 * stream.normal() * (value > 1 ? 1 : 0)),
    scatter: Float64Array.from(
      classNames.flatMap((name) => [...classes[name].fsc, ...classes[name].ssc]),
      (thousands) => 1000 * thousands,
    ),
  };
}

/**
 * Chooses a class from two uniform numbers: the first by the shares before the effect; the second turns just so many
 * cells of shrinking classes into growing ones as the effect asks, so that all other cells stay what they are.
 */
function classChooser({ sharesBefore, shares }: TubeDesign): (first: number, second: number) => number {
  const growth = shares.map((share, index) => Math.max(share - sharesBefore[index]!, 0));
  const grown = growth.reduce((sum, value) => sum + value, 0);
  return (first, second) => {
    const drawn = pick(sharesBefore, first);
    const kept = Math.min(shares[drawn]! / sharesBefore[drawn]!, 1);
    if (second < kept || grown === 0) return drawn;
    return pick(growth, ((second - kept) / (1 - kept)) * grown);
  };
}

/** The first index at which the running sum passes `target`; where rounding leaves a rest, the last positive one. */
function pick(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue;
    sum += weights[index]!;
    last = index;
    if (target < sum) return index;
  }
  return last;
}

/**
 * Maturity of a cell on the ridge from two uniform numbers: 0, or Beta(1, b), such that the share beyond the border is
 * transitional/(naive + transitional); the steepness gives way only where the ridge would need more than all cells.
 */
function maturityDrawer(cohort: Cohort, { shares }: TubeDesign): (first: number, second: number) => number {
  const transitional = shares[classNames.indexOf('transitional')]!;
  const share = transitional / (transitional + shares[classNames.indexOf('naive')]!);
  const beyond = 1 - cohort.maturityBorder;
  const onRidge = Math.min(1, share / beyond ** ridgeShape.steepness);
  const steepness = onRidge < 1 ? ridgeShape.steepness : Math.log(share) / Math.log(beyond);
  return (first, second) => (first < onRidge ? 1 - second ** (1 / steepness) : 0);
}
