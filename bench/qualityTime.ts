import { type Cohort, planCohort, plannedVisits } from '../samples/cohort.ts';
import type { Mode } from '../samples/composition.ts';
import { drawTube, type TubeEvents } from '../samples/tube.ts';
import { uScale } from '../src/gating/index.ts';
import { STABLE_TIME, stableTime } from '../src/placement/index.ts';
import { makeScale } from '../src/scale/index.ts';
import type { Template } from '../src/template/index.ts';
import { disturbed } from './disturbedTube.ts';
import { memoryTube } from './memoryTube.ts';
import { meanAndWorst, table } from './tables.ts';

const modes = ['hard', 'lupus'] as const;
/** Events of a tube that its survey looks at, evenly over the file. */
const LOOKED_AT = 4096;
/** u at the range of the drawn instrument. */
const u = makeScale(uScale(150));

/** Of how many undisturbed tubes anything is told, and how much of a disturbance at the end of a tube is found. */
export function unstableStretches(template: Template, [seed = 1]: readonly number[]): string {
  const cohorts = modes.map((mode) => lookedCohort(template, mode, seed));
  const what = 'of the events with light × .65 falling to .35, scatter × .85, a third of the rate';
  const found = (tubes: readonly LeftOut[]) =>
    meanAndWorst(
      tubes.map(({ ofBad }) => ofBad),
      2,
    );
  const rows: [string, (cohort: LookedCohort) => string][] = [
    ['undisturbed tubes in which anything is said', ({ calm }) => `${calm.filter(Boolean).length} of ${calm.length}`],
    [`40 % ${what}: share of them found, mean (worst tube)`, ({ long }) => found(long)],
    [
      'share of the others taken with them, worst tube',
      ({ long }) => Math.max(...long.map(({ ofGood }) => ofGood)).toFixed(2),
    ],
    ['the same over 10 % of the events: found, mean (worst)', ({ short }) => found(short)],
  ];
  return table(
    ['', ...modes],
    rows.map(([words, of]) => [words, ...cohorts.map(of)]),
  );
}

/** One entry a tube. */
interface LookedCohort {
  /** Whether anything is said of it as it was drawn. */
  readonly calm: readonly boolean[];
  /** With its last 40 and 10 % of events disturbed. */
  readonly long: readonly LeftOut[];
  readonly short: readonly LeftOut[];
}

/** Shares of a tube's disturbed and of its other events that lie outside the stable stretches. */
interface LeftOut {
  readonly ofBad: number;
  readonly ofGood: number;
}

function lookedCohort(template: Template, mode: Mode, seed: number): LookedCohort {
  const visits = plannedVisits.map(({ id }) => id);
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  const cohort = planCohort({ mode, seed, eventCount: 20_000, visits, effect, shift: {} });
  const looked = cohort.tubes.map((tube) => {
    const drawn = drawTube(cohort, tube);
    const leftOut = (share: number): LeftOut => {
      const { events, isGood } = disturbed(drawn, share);
      const isLeft = unstableEvents(cohort, events, template);
      const shareOf = (good: number) => {
        const own = isLeft.filter((_, event) => isGood[event] === good);
        return own.reduce((sum, left) => sum + left, 0) / own.length;
      };
      return { ofBad: shareOf(0), ofGood: shareOf(1) };
    };
    const isTold = unstableEvents(cohort, drawn, template).includes(1);
    return { isTold, long: leftOut(0.4), short: leftOut(0.1) };
  });
  return {
    calm: looked.map(({ isTold }) => isTold),
    long: looked.map(({ long }) => long),
    short: looked.map(({ short }) => short),
  };
}

/**
 * 1 for events outside the stretches that a tube's survey calls stable: by the rule of the gate `time` with its usual
 * settings, on every channel that the template uses.
 */
export function unstableEvents(cohort: Cohort, drawn: TubeEvents, template: Template): Uint8Array {
  const { events, channels } = memoryTube(cohort, drawn, template, []);
  const step = Math.ceil(events.count / LOOKED_AT);
  const rows = Uint32Array.from({ length: Math.ceil(events.count / step) }, (_, i) => i * step);
  const clock = { name: 'Time', scale: undefined };
  const watched = Object.values(channels).map((name) => events.values({ name, scale: u }, rows));
  const found = stableTime(events.values(clock, rows), watched, STABLE_TIME);
  const isKept = (t: number) =>
    found === undefined || found.kept.some(([from, to]) => (from === null || t >= from) && (to === null || t < to));
  return Uint8Array.from(events.values(clock, 'all'), (t) => (isKept(t) ? 0 : 1));
}
