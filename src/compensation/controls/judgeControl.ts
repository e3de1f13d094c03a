import { type Problem, problem, type Where } from '../../problems/index.ts';
import { sortedQuantile } from '../../statistics/index.ts';
import { type ControlEvents, columnOf } from './controlEvents.ts';
import { type ControlRow, FEWEST_EVENTS } from './measureControl.ts';

/** Fewer stained events give no coefficient. */
const LEAST_EVENTS = 20;
/** Half a percent of unstained events lies above the threshold by its definition; three times as many are no chance. */
const LEAST_SHARE = 0.015;
/** A dye this little above what 99.5 % of the unstained reach is too dim for small coefficients. */
const DIM = 3;
/** A detector that more than 1 % of the events leave at its upper end had too high a voltage. */
const MOST_OFF_SCALE = 0.01;
/** Half of them off scale: the medians of the rest are those of the dim ones. */
const USELESS_OFF_SCALE = 0.5;
/** The published controls hold up to .6 % of such events. */
const MOST_STRANGERS = 0.02;
/** Coefficients are wanted to a percent; a background that shifts one by five belongs to other particles. */
const MOST_BENT = 0.05;

/** What makes a measured row doubtful, or worth nothing (errors), in words for the person who ran the controls. */
export function judgeControl(row: ControlRow, where: Where): readonly Problem[] {
  return [...weak(row, where), ...offScale(row, where), ...bent(row, where), ...strange(row, where)];
}

function weak({ own, gatedCount, positiveCount, height, threshold }: ControlRow, where: Where): Problem[] {
  const few = `${positiveCount} of ${gatedCount} events lie above what 99.5 % of the unstained reach in "${own}"`;
  if (positiveCount < Math.max(LEAST_EVENTS, LEAST_SHARE * gatedCount))
    return [problem('error', 'compensation.control-unstained', few, where)];
  if (positiveCount < FEWEST_EVENTS) return [problem('warning', 'compensation.control-weak', few, where)];
  if (height >= DIM * threshold) return [];
  const message = `the stain of "${own}" is dim: ${(height / threshold).toFixed(1)} times as far above the background as 99.5 % of it reach`;
  return [problem('warning', 'compensation.control-weak', message, where)];
}

function offScale({ own, offScaleShare }: ControlRow, where: Where): Problem[] {
  if (offScaleShare <= MOST_OFF_SCALE) return [];
  const share = `${(100 * offScaleShare).toFixed(1)} %`;
  const message = `${share} of the events of "${own}" lie at the upper end of a detector; they were left out`;
  const severity = offScaleShare >= USELESS_OFF_SCALE ? 'error' : 'warning';
  return [problem(severity, 'compensation.control-off-scale', message, where)];
}

function bent({ own, coefficients, backgroundOf }: ControlRow, where: Where): Problem[] {
  const off = [...coefficients].filter(([, { value, alongPositives }]) => Math.abs(value - alongPositives) > MOST_BENT);
  if (off.length === 0) return [];
  const each = off.map(([detector, { value, alongPositives }]) => {
    return `"${detector}" ${percent(value)} against ${percent(alongPositives)}`;
  });
  const from = backgroundOf === 'unstained' ? 'the unstained control' : 'its own dim events';
  const message = `"${own}" spills otherwise measured from ${from} than among its stained events: ${each.join(', ')}`;
  return [problem('warning', 'compensation.control-background', message, where)];
}

function strange({ own, strangers }: ControlRow, where: Where): Problem[] {
  const many = strangers.filter(({ share }) => share > MOST_STRANGERS);
  if (many.length === 0) return [];
  const each = many.map(({ detector, share }) => `${percent(share)} in "${detector}"`).join(', ');
  const message = `events of "${own}" are brighter than its dye makes them: ${each}`;
  return [problem('warning', 'compensation.control-contaminated', message, where)];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

/** How far above the unstained control the brightest events of a stained one lie. */
export interface Shift {
  readonly detector: string;
  /** In linear units of the detector. */
  readonly light: number;
  /** In widths of the unstained: from its middle to what 95 % of it reach. */
  readonly widths: number;
}

const BRIGHT = 0.95;

/** The detectors by how far a control's brightest twentieth lies above the unstained, farthest first. */
export function shiftsOf(
  control: ControlEvents,
  unstained: ControlEvents | undefined,
  detectors: readonly string[],
): readonly Shift[] {
  const shifts = detectors.map((detector): Shift => {
    const [lit, dark] = [control, unstained ?? control].map((one) => columnOf(one, detector).slice().sort());
    const at = (column: Float64Array | undefined, p: number) => sortedQuantile(column ?? [], p) ?? 0;
    // Without an unstained control the dim half of the tube itself stands for one.
    const [middle, reach] = unstained === undefined ? [0.25, 0.475] : [0.5, BRIGHT];
    const width = at(dark, reach) - at(dark, middle);
    const light = at(lit, BRIGHT) - at(dark, reach);
    return { detector, light, widths: width > 0 ? light / width : 0 };
  });
  return shifts.sort((a, b) => b.widths - a.widths);
}

/** By how much another detector must stand out more than the named one. */
const PLAINLY = 1.5;

/** Whether the detector that the sheet names is the one in which the stain is brightest. */
export function ownChannelProblems(own: string, shifts: readonly Shift[], where: Where): readonly Problem[] {
  const [first] = shifts;
  const named = shifts.find(({ detector }) => detector === own);
  if (first === undefined || named === undefined || first.detector === own) return [];
  if (first.widths < PLAINLY * Math.max(named.widths, 1)) return [];
  const message = `the sheet says "${own}", but the stain is brightest in "${first.detector}"`;
  // In more light as well: no dye is measured where another detector sees more of it.
  const severity = first.light > named.light ? 'error' : 'warning';
  return [problem(severity, 'compensation.control-other-channel', message, where)];
}
