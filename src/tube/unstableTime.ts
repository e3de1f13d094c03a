import type { FcsFile } from '../fcs/index.ts';
import { STABLE_TIME, type StableTime, stableTime } from '../placement/index.ts';
import { andMore, type Problem, problem, type Where } from '../problems/index.ts';

/**
 * Events that are looked at, evenly over the file: 64 in a bin. Twice as many cost twice as much and find 1 to 4 % more of a
 * stretch.
 */
const EVENTS = 4096;
/** Left out of less than this share, what is left counts the same: said, and no warning. */
const LITTLE = 0.05;
/** Cofactor of u at a range of 262144. */
const COFACTOR = 150 / 262144;
const USUAL_RANGE = 262144;
/** Named stretches; a clogged tube has dozens. */
const MOST_NAMED = 3;

/**
 * Tells of stretches of the acquisition in which rate or light were not what they are in most of it, by the rule of the
 * gate `time`, with its usual settings. Nothing is taken out: a template without that gate counts them.
 * @param valuesOf linear values of a channel at `watchedEvents`
 * @param channels those that the template uses, without the time
 */
export function unstableTimeProblems(
  valuesOf: (channel: string) => Float64Array,
  file: FcsFile,
  time: string,
  channels: readonly string[],
  where: Where,
): readonly Problem[] {
  const at = valuesOf(time);
  const watched = uOfChannels(valuesOf, file, channels);
  const isWhole = (_: number, row: number) =>
    Number.isFinite(at[row]!) && watched.every((values) => Number.isFinite(values[row]!));
  const clock = at.filter(isWhole);
  const found = stableTime(
    clock,
    watched.map((values) => values.filter(isWhole)),
    STABLE_TIME,
  );
  if (found === undefined || found.reasons.length === 0) return [];
  const share = keptShare(clock, found);
  const percent = (100 * (1 - share)).toFixed(1);
  const why = found.reasons.map((reason) => reason.replaceAll('_', ' ')).join(' and ');
  const message = `${percent} % of the events came in unstable stretches (${why}); ${stableWords(time, found)}; all were kept`;
  return [problem(1 - share < LITTLE ? 'note' : 'warning', 'quality.unstable-time', message, where)];
}

/** The watched events in u, a column a channel, by the range that the file states of each. */
export function uOfChannels(
  valuesOf: (channel: string) => Float64Array,
  file: FcsFile,
  channels: readonly string[],
): Float64Array[] {
  return channels.map((name) => {
    const range = file.parameters.find((one) => one.name === name)?.range ?? 0;
    const cofactor = COFACTOR * (range > 0 ? range : USUAL_RANGE);
    return valuesOf(name).map((value) => Math.asinh(value / cofactor));
  });
}

/** Every n-th event of the file, so that the whole of the run is seen and its rate stays in proportion. */
export function watchedEvents(count: number): Uint32Array {
  const step = Math.max(1, Math.ceil(count / EVENTS));
  return Uint32Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

function keptShare(clock: Float64Array, { kept }: StableTime): number {
  const inside = clock.filter((t) =>
    kept.some(([from, to]) => (from === null || t >= from) && (to === null || t < to)),
  );
  return inside.length / clock.length;
}

function stableWords(time: string, { kept }: StableTime): string {
  if (kept.length === 0) return 'no stretch is stable';
  const stretches = kept.map(([from, to]) => {
    if (from === null) return `before ${roundTime(to)}`;
    return to === null ? `from ${roundTime(from)}` : `from ${roundTime(from)} to ${roundTime(to)}`;
  });
  return `stable are those with "${time}" ${andMore(stretches, MOST_NAMED)}`;
}

function roundTime(t: number | null): string {
  return t === null ? 'the end' : String(Number(t.toPrecision(6)));
}
