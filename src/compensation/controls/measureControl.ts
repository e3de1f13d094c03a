import { sortedQuantile } from '../../statistics/index.ts';
import { type ControlEvents, columnOf, sortedOf } from './controlEvents.ts';
import { scatterGate } from './scatterGate.ts';

/** One row of a spillover matrix, measured, with what makes it sure or doubtful. */
export interface ControlRow {
  /** $PnN of the detector that is the dye's own. */
  readonly own: string;
  readonly gatedCount: number;
  readonly positiveCount: number;
  /** Share of the gated events of which some detector says only that they are brighter than it can measure. */
  readonly offScaleShare: number;
  /** What the dye's detector reads of the positives above the background, and the least that counts as positive. */
  readonly height: number;
  readonly threshold: number;
  /** Level of each detector without the dye. */
  readonly background: ReadonlyMap<string, number>;
  /** `unstained`: of the unstained control in the same region of scatter; `own`: of the control's own dim events. */
  readonly backgroundOf: 'unstained' | 'own';
  readonly backgroundCount: number;
  readonly coefficients: ReadonlyMap<string, Coefficient>;
  /** Events that are bright in a detector beyond what the dye gives there: another stain was carried over. */
  readonly strangers: readonly { readonly detector: string; readonly share: number }[];
}

export interface Coefficient {
  /** (median of the positives − background) ÷ the same in the dye's own detector. */
  readonly value: number;
  readonly standardError: number;
  /** Slope along the positives alone (Theil–Sen), without the background: near `value` where the background fits. */
  readonly alongPositives: number;
}

/** Of the background; what lies above is stained. */
const STAINED = 0.995;
/** Fewest events whose medians and upper quantile are those of a population. */
export const FEWEST_EVENTS = 100;
/** Half a percent of fewer events is nobody: then the threshold is their highest. */
const MEDIAN_ERROR = 1.2533;
const MAD_TO_SD = 1.4826;
/** A dye's own dim events are a population apart where the bright ones lie so many spreads above them, as in pairSlopes. */
const APART = 12;
/** Pairs of the Theil–Sen slope: more do not change its third digit. */
const MOST_PAIRS = 4000;
/** Strangers lie three times above what 99.5 % of the background reach, and so many spreads of the ratio off the line. */
const STRANGE_HEIGHT = 3;
const STRANGE_SPREADS = 6;

/**
 * Measures what one dye gives in every detector: on the events of its population on scatter that are on scale everywhere,
 * from the background to the stained ones.
 * @param unstained undefined where there is none: then the control must hold dim events of its own
 * @param detectors columns of the matrix
 * @returns undefined where nothing can be measured: no events, or no background
 */
export function measureControl(
  control: ControlEvents,
  unstained: ControlEvents | undefined,
  { own, detectors }: { readonly own: string; readonly detectors: readonly string[] },
): ControlRow | undefined {
  const column = columnOf(control, own);
  const limit = unstained === undefined ? undefined : sortedQuantile(columnOf(unstained, own).slice().sort(), STAINED);
  const gate = scatterGate(control, limit === undefined ? brightest(column) : above(column, limit));
  const hasScatter = control.scatter !== undefined || control.pulse !== undefined;
  const gated = hasScatter ? gate.inside(control) : Uint32Array.from(column.keys());
  const onScale = gated.filter((event) => isOnScale(control, detectors, event));
  const background = backgroundOf(control, unstained, { own, detectors, onScale, gate });
  if (background === undefined) return undefined;
  const positives = onScale.filter((event) => column[event]! > background.threshold);
  const level = (detector: string): number => background.levels.get(detector)!;
  const height = (sortedQuantile(sortedOf(column, positives), 0.5) ?? Number.NaN) - level(own);
  const coefficients = new Map(
    detectors.map((detector) => [
      detector,
      detector === own
        ? { value: 1, standardError: 0, alongPositives: 1 }
        : coefficientOf([column, columnOf(control, detector)], positives, [level(own), level(detector)]),
    ]),
  );
  const strangers = detectors.flatMap((detector) => {
    if (detector === own || onScale.length === 0) return [];
    const count = strangerCount(control, { own, detector, events: onScale, background, slope: coefficients });
    return count === 0 ? [] : [{ detector, share: count / onScale.length }];
  });
  return {
    own,
    gatedCount: gated.length,
    positiveCount: positives.length,
    offScaleShare: gated.length === 0 ? 0 : 1 - onScale.length / gated.length,
    height,
    threshold: background.threshold - level(own),
    background: background.levels,
    backgroundOf: background.of,
    backgroundCount: background.count,
    coefficients,
    strangers,
  };
}

function above(column: Float64Array, limit: number): Uint32Array {
  return Uint32Array.from(column.keys()).filter((event) => column[event]! > limit);
}

/** The brightest twentieth, where nothing tells from which value on an event is stained. */
function brightest(column: Float64Array): Uint32Array {
  return above(column, sortedQuantile(column.filter(Number.isFinite).sort(), 0.95) ?? Number.POSITIVE_INFINITY);
}

function isOnScale({ detectors, limits }: ControlEvents, names: readonly string[], event: number): boolean {
  return names.every((name) => {
    const value = detectors.get(name)![event]!;
    return Number.isFinite(value) && value < (limits.get(name) ?? Number.POSITIVE_INFINITY);
  });
}

interface Background {
  readonly of: ControlRow['backgroundOf'];
  readonly count: number;
  readonly levels: ReadonlyMap<string, number>;
  /** What 99.5 % reach, by detector. */
  readonly reached: ReadonlyMap<string, number>;
  /** Of the dye's own detector. */
  readonly threshold: number;
}

interface Sought {
  readonly own: string;
  readonly detectors: readonly string[];
  readonly onScale: Uint32Array;
  readonly gate: { inside(control: ControlEvents): Uint32Array };
}

/** The unstained control in the same region of scatter; where it has nobody there (beads), the control's own dim events. */
function backgroundOf(control: ControlEvents, unstained: ControlEvents | undefined, sought: Sought) {
  const { own, detectors, onScale, gate } = sought;
  const hasScatter = unstained?.scatter !== undefined || unstained?.pulse !== undefined;
  const blank =
    unstained === undefined
      ? new Uint32Array()
      : hasScatter
        ? gate.inside(unstained)
        : Uint32Array.from(columnOf(unstained, own).keys());
  if (unstained !== undefined && blank.length >= FEWEST_EVENTS) {
    return describe('unstained', unstained, blank, { own, detectors });
  }
  const dim = dimEvents(columnOf(control, own), onScale);
  return dim === undefined ? undefined : describe('own', control, dim, { own, detectors });
}

function describe(
  of: ControlRow['backgroundOf'],
  events: ControlEvents,
  which: Uint32Array,
  { own, detectors }: Pick<Sought, 'own' | 'detectors'>,
): Background {
  const sorted = new Map(
    [...new Set([own, ...detectors])].map((name) => [name, sortedOf(columnOf(events, name), which)]),
  );
  const at = (p: number) => new Map([...sorted].map(([name, values]) => [name, sortedQuantile(values, p)!]));
  const reached = at(STAINED);
  return { of, count: which.length, levels: at(0.5), reached, threshold: reached.get(own)! };
}

/** Dim events of a control that holds both kinds: split where the two parts are tightest; undefined where they are not apart. */
function dimEvents(column: Float64Array, events: Uint32Array): Uint32Array | undefined {
  const order = events.slice().sort((a, b) => column[a]! - column[b]!);
  const heights = Float64Array.from(order, (event) => Math.asinh(column[event]!));
  const cut = tightestSplit(heights);
  const dim = order.subarray(0, cut);
  if (dim.length < FEWEST_EVENTS || order.length - cut < 1) return undefined;
  const sorted = sortedOf(column, dim);
  const centre = sortedQuantile(sorted, 0.5)!;
  const spread = sortedQuantile(sorted.map((value) => Math.abs(value - centre)).sort(), 0.5)! * MAD_TO_SD;
  const bright = sortedQuantile(sortedOf(column, order.subarray(cut)), 0.5)!;
  return bright - centre >= APART * spread ? dim.slice().sort() : undefined;
}

/** Where the sum of squares within the two parts is least (Otsu 1979). @param sorted ascending */
function tightestSplit(sorted: Float64Array): number {
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let best = { cut: 0, between: -1 };
  let below = 0;
  for (let i = 1; i < sorted.length; i++) {
    below += sorted[i - 1]!;
    const difference = below / i - (total - below) / (sorted.length - i);
    const between = i * (sorted.length - i) * difference ** 2;
    if (between > best.between) best = { cut: i, between };
  }
  return best.cut;
}

function coefficientOf(
  [own, other]: readonly [Float64Array, Float64Array],
  positives: Uint32Array,
  [ownLevel, otherLevel]: readonly [number, number],
): Coefficient {
  const middle = (column: Float64Array) => sortedQuantile(sortedOf(column, positives), 0.5) ?? Number.NaN;
  const height = middle(own) - ownLevel;
  const value = (middle(other) - otherLevel) / height;
  const off = Float64Array.from(positives, (i) => other[i]! - otherLevel - value * (own[i]! - ownLevel)).sort();
  const centre = sortedQuantile(off, 0.5) ?? Number.NaN;
  const spread = (sortedQuantile(off.map((one) => Math.abs(one - centre)).sort(), 0.5) ?? Number.NaN) * MAD_TO_SD;
  const standardError = (MEDIAN_ERROR * spread) / Math.sqrt(positives.length) / height;
  return { value, standardError, alongPositives: slopeOf(own, other, positives) };
}

/** Theil–Sen on pairs from the dim and the bright half of the positives. */
function slopeOf(own: Float64Array, other: Float64Array, positives: Uint32Array): number {
  const order = positives.slice().sort((a, b) => own[a]! - own[b]! || a - b);
  const half = Math.floor(order.length / 2);
  const step = Math.max(1, Math.ceil(half / MOST_PAIRS));
  const slopes: number[] = [];
  for (let i = 0; i < half; i += step) {
    const [a, b] = [order[i]!, order[i + order.length - half]!];
    if (own[b]! > own[a]!) slopes.push((other[b]! - other[a]!) / (own[b]! - own[a]!));
  }
  return sortedQuantile(Float64Array.from(slopes).sort(), 0.5) ?? Number.NaN;
}

interface Strange {
  readonly own: string;
  readonly detector: string;
  readonly events: Uint32Array;
  readonly background: Background;
  readonly slope: ReadonlyMap<string, Coefficient>;
}

function strangerCount(control: ControlEvents, { own, detector, events, background, slope }: Strange): number {
  const [x, y] = [columnOf(control, own), columnOf(control, detector)];
  const [x0, y0] = [background.levels.get(own)!, background.levels.get(detector)!];
  const s = slope.get(detector)?.value ?? 0;
  const reach = background.reached.get(detector)! - y0;
  const ratios = Float64Array.from(
    events.filter((event) => x[event]! > background.threshold),
    (event) => Math.abs((y[event]! - y0) / (x[event]! - x0) - s),
  ).sort();
  const spread = (sortedQuantile(ratios, 0.5) ?? 0) * MAD_TO_SD;
  let count = 0;
  for (const event of events) {
    const light = Math.max(0, x[event]! - x0);
    const expected = (s + STRANGE_SPREADS * spread) * light;
    if (y[event]! - y0 > expected + STRANGE_HEIGHT * reach) count++;
  }
  return count;
}
