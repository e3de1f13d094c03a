import { describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource, writeFcs } from '../../src/fcs/tools.ts';
import { timeTrace, unstableTimeProblems, watchedEvents } from '../../src/tube/tools.ts';

const EVENTS = 20_000;
const RANGE = 262_144;

/** How an event is disturbed: its time since the one before, and what is left of its light. */
type Disturbed = (share: number) => { readonly step: number; readonly light: number };
const calm: Disturbed = () => ({ step: 1, light: 1 });

/** What is said of a tube of two kinds of cells in random order, disturbed along its run. */
function tubeOf(disturbed: Disturbed, key = 1) {
  const stream = streamFor(key, 7);
  const [scatter, stain, time] = [0, 1, 2].map(() => new Float32Array(EVENTS));
  let ticks = 0;
  for (let i = 0; i < EVENTS; i++) {
    const { step, light } = disturbed(i / EVENTS);
    const isBright = stream.uniform() < 0.3;
    ticks += step;
    time![i] = ticks;
    scatter![i] = 60_000 * Math.exp(0.1 * stream.normal()) * (light < 1 ? 0.85 : 1);
    stain![i] = 150 * Math.sinh((isBright ? 5 : 0.4) + 0.4 * stream.normal()) * light;
  }
  const names = ['FSC-A', 'PE-A', 'Time'];
  const parameters = names.map((name) => ({ name, range: RANGE }));
  const source = bytesSource('a.fcs', writeFcs({ parameters, columns: [scatter!, stain!, time!], eventCount: EVENTS }));
  const file = readFcs(source).value;
  if (!file) throw new Error('the tube cannot be read');
  const { columns } = readColumns(source, file, [1, 2, 3]);
  const valuesOf = (name: string) =>
    Float64Array.from(watchedEvents(EVENTS), (event) => columns[names.indexOf(name)]![event]!);
  return { valuesOf, file };
}

function said(disturbed: Disturbed, key = 1) {
  const { valuesOf, file } = tubeOf(disturbed, key);
  return unstableTimeProblems(valuesOf, file, 'Time', ['FSC-A', 'PE-A'], { file: 'a.fcs' });
}

/** The disturbance of the synthetic trial: light falls to a third, events come at a third of the rate. */
const between = (from: number, to: number): Disturbed => {
  const isBad = (share: number) => share >= from && share < to;
  return (share) =>
    isBad(share) ? { step: 3, light: 0.65 - (0.3 * (share - from)) / (to - from) } : { step: 1, light: 1 };
};

describe('a tube whose template has no gate by time', () => {
  it.each([1, 2, 3, 4, 5, 6])('is not spoken of where nothing disturbed it (%i)', (key) => {
    expect(said(calm, key)).toEqual([]);
  });

  it('is told with the share that is unstable, why, and which stretch is stable', () => {
    const [problem] = said(between(0.6, 1));
    expect(problem).toMatchObject({ code: 'quality.unstable-time', severity: 'warning' });
    const [, share, before] = /^([\d.]+) % .+ \(drift and rate changed\); stable .+ before (\d+).*kept$/.exec(
      problem?.message ?? '',
    ) ?? ['', '', ''];
    expect(Number(share)).toBeGreaterThan(39);
    expect(Number(share)).toBeLessThan(44);
    expect(Number(before)).toBeGreaterThan(0.93 * 0.6 * EVENTS);
    expect(Number(before)).toBeLessThanOrEqual(0.6 * EVENTS + 1);
  });

  it('names both sides of a stretch in the middle', () => {
    expect(said(between(0.3, 0.7))[0]?.message).toMatch(/"Time" before \d+, from \d+; all were kept$/);
  });

  it('is only noted where little is unstable', () => {
    expect(said(between(0.5, 0.53))[0]?.severity).toBe('note');
  });
});

describe('the trace of a tube', () => {
  const traceOf = (disturbed: Disturbed) => {
    const { valuesOf, file } = tubeOf(disturbed);
    const trace = timeTrace(valuesOf, file, 'Time', ['FSC-A', 'PE-A']);
    if (trace === undefined) throw new Error('there is no trace');
    return trace;
  };

  it('of a quiet run is flat in rate and light, in stretches of equal time', () => {
    const { counts, light, channel } = traceOf(calm);
    expect([channel, counts.length, light.length]).toEqual(['Time', 48, 48]);
    const looked = counts.reduce((sum, one) => sum + one, 0);
    expect(looked).toBeGreaterThan(3_900);
    for (const count of counts) expect(Math.abs(count - looked / 48)).toBeLessThan(3);
    for (const one of light) expect(Math.abs(one ?? Number.NaN)).toBeLessThan(0.5);
  });

  it('shows where light fell and events came slowly: half of the light is .7 u', () => {
    // From half of the events on: three times the time between events, so two thirds of the time and more.
    const { counts, light } = traceOf((share) => (share < 0.5 ? { step: 1, light: 1 } : { step: 3, light: 0.5 }));
    const mean = (values: readonly (number | null)[]) =>
      values.reduce<number>((sum, one) => sum + (one ?? 0), 0) / values.length;
    expect(mean(counts.slice(2, 10)) / mean(counts.slice(20))).toBeCloseTo(3, 0);
    // The mean of two channels: scatter loses .16 u, the stain .7 in its bright part.
    expect(mean(light.slice(20)) - mean(light.slice(2, 10))).toBeLessThan(-0.1);
  });

  it('of a tube whose events all have one time is none', () => {
    const { valuesOf, file } = tubeOf(() => ({ step: 0, light: 1 }));
    expect(timeTrace(valuesOf, file, 'Time', ['FSC-A'])).toBeUndefined();
  });
});
