import type { CohortDesign } from '../samples/cohort.ts';
import { plannedVisits } from '../samples/cohort.ts';
import type { Mode } from '../samples/composition.ts';
import type { PlacingName } from './placings.ts';
import { specialCases } from './specialCases.ts';

/** One cohort to draw, gate and score. */
export interface Run {
  /** Name of its record, and its place in the tables. */
  readonly id: string;
  readonly design: CohortDesign;
  readonly placings: readonly PlacingName[];
  /** Share of activated naive cells in B, at M1 and at all other visits; undefined: as the mode draws them. */
  readonly activated?: readonly [atM1: number, elsewhere: number];
  readonly blank?: readonly string[];
  /** Name of a special case that changes the cohort after it was planned. */
  readonly special?: string;
}

/**
 * Cohorts of the tables: drawn once, after the last change of what they measure. Development used 911–914, 2001–2010,
 * 4001–4010, 5001–5020, 6001–6020, 7001–7020, 8001–8020 and 9101–9105.
 */
export const FIRST_SEED = 11001;
const EFFECT = { transitional: 2.2, memoryReg: 1.8 };
const NO_EFFECT = { transitional: 1, memoryReg: 1 };
const EVENTS = 20_000;
/** The bar on one cohort is 3 % of its fold: with fewer events a single cell of a patient who has three passes it. */
const SHIFT_EVENTS = 30_000;

/** Staining shifts at M1 in u, as (CD24, CD38). */
export const shifts = {
  none: [0, 0],
  'up, up': [0.3, 0.3],
  'down, down': [-0.3, -0.3],
  'up, down': [0.3, -0.3],
  'down, up': [-0.3, 0.3],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
export type ShiftName = keyof typeof shifts;

const shiftNames: Readonly<Record<Mode, readonly ShiftName[]>> = {
  islands: ['none', 'up, up', 'down, down', 'up, down', 'down, up'],
  hard: ['none', 'up, up', 'down, down', 'up, down', 'down, up'],
  ridge: ['none', 'up, up', 'down, down', 'up, down', 'down, up'],
  lupus: ['none', 'up, up'],
};

/** How many cohorts a table rests on. */
export interface Size {
  readonly effect: number;
  readonly shift: Readonly<Record<Mode, number>>;
}

export const fullSize: Size = { effect: 10, shift: { islands: 5, hard: 10, ridge: 20, lupus: 10 } };

/** All runs, the ones of every table before the second of any, so that what was done when stopped is a smaller table. */
export function plannedRuns(size: Size): readonly Run[] {
  const modes: readonly Mode[] = ['lupus', 'ridge', 'hard', 'islands'];
  const rounds = Math.max(size.effect, ...Object.values(size.shift));
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    const seed = FIRST_SEED + round;
    if (round < size.effect) runs.push(...modes.map((mode) => effectRun(mode, seed, round)));
    if (round < size.effect) runs.push(...activatedRuns(seed));
    for (const mode of modes) if (round < size.shift[mode]) runs.push(...shiftRuns(mode, seed));
    if (round === 0) runs.push(...specialCases.map((special) => specialRun(special.name, special.mode, seed)));
    if (round < size.effect) runs.push(blankRun('ridge', seed), blankRun('lupus', seed));
  }
  return runs;
}

export const runIds = {
  effect: (mode: Mode, seed: number) => `effect ${mode} ${seed}`,
  shift: (mode: Mode, seed: number, shift: ShiftName) => `shift ${mode} ${seed} ${shift}`,
  activated: (seed: number, atM1: number) => `activated ${seed} ${atM1}`,
  blank: (mode: Mode, seed: number) => `without IgD ${mode} ${seed}`,
  special: (name: string) => `special ${name}`,
};

/** Gates of each tube alone need a fit for every tube: two cohorts tell enough of them. */
const PER_TUBE_COHORTS = 2;

function effectRun(mode: Mode, seed: number, round: number): Run {
  const perTube: readonly PlacingName[] = round < PER_TUBE_COHORTS ? ['per_tube'] : [];
  const labelled: readonly PlacingName[] = mode === 'lupus' ? ['as_labelled'] : [];
  const placings: readonly PlacingName[] = ['recipe', ...perTube, 'fixed', ...labelled];
  return { id: runIds.effect(mode, seed), design: design(mode, seed, EVENTS), placings };
}

function shiftRuns(mode: Mode, seed: number): Run[] {
  return shiftNames[mode].map((name) => {
    const [CD24, CD38] = shifts[name];
    const own = { effect: NO_EFFECT, shift: { CD24, CD38 } };
    return {
      id: runIds.shift(mode, seed, name),
      design: { ...design(mode, seed, SHIFT_EVENTS), ...own },
      placings: ['recipe', 'fixed'],
    };
  });
}

/** Activated naive cells 10 % of B at all visits, and falling to 3 % at M1: nothing else changes. */
function activatedRuns(seed: number): Run[] {
  return [0.1, 0.03].map((atM1) => ({
    id: runIds.activated(seed, atM1),
    design: { ...design('lupus', seed, EVENTS), effect: NO_EFFECT, visits: ['BL', 'M1'] },
    placings: ['recipe'],
    activated: [atM1, 0.1],
  }));
}

function blankRun(mode: Mode, seed: number): Run {
  return {
    id: runIds.blank(mode, seed),
    design: design(mode, seed, EVENTS),
    placings: ['recipe'],
    blank: ['IgD'],
  };
}

function specialRun(name: string, mode: Mode, seed: number): Run {
  return { id: runIds.special(name), design: design(mode, seed, EVENTS), placings: ['recipe'], special: name };
}

function design(mode: Mode, seed: number, eventCount: number): CohortDesign {
  return { mode, seed, eventCount, visits: plannedVisits.map(({ id }) => id), effect: EFFECT, shift: {} };
}
