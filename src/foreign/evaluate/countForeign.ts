import { countPopulations, type TubeCounts } from '../../gating/index.ts';
import { type Problem, problem } from '../../problems/index.ts';
import { type ForeignGating, type ForeignSample, operandIds } from '../model.ts';
import { populationPaths } from '../tree/populationPaths.ts';
import { axisEvents } from './axisEvents.ts';
import { axesOfGate, type ForeignRules, foreignBook } from './foreignBook.ts';
import type { ForeignTube } from './foreignTube.ts';
import { linearValues } from './linearValues.ts';

/** A tube counted by gates of another program. */
export interface ForeignCounts {
  readonly counts: TubeCounts;
  /** Why populations have no count, by path. */
  readonly faults: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export interface ForeignWishes {
  readonly sampleId: string;
  readonly file: string;
  readonly membership: boolean;
  readonly rules: ForeignRules;
}

/** Tells who is inside every gate of a sample; a population that the file cannot have, has a count of null. */
export function countForeign(
  gating: Pick<ForeignGating, 'values'>,
  sample: ForeignSample,
  tube: ForeignTube,
  wishes: ForeignWishes,
): ForeignCounts {
  const linear = linearValues(tube, sample, gating.values);
  const paths = populationPaths(sample.populations);
  const faults = faultsOf(sample, (axes) => axes.map(linear.faultOf).find((fault) => fault !== undefined));
  const usable = new Set(sample.populations.map(({ id }) => id).filter((id) => !faults.has(id)));
  const { book, channels } = foreignBook(sample, wishes.sampleId, usable, wishes.rules);
  const events = axisEvents(linear, channels, tube.eventCount);
  const counted = countPopulations(events, book, { membership: wishes.membership, pictures: false });
  const faultByPath = new Map([...faults].map(([id, fault]) => [paths.get(id)?.path ?? id, fault]));
  return {
    counts: withLost(counted, sample, faultByPath, wishes.membership),
    faults: faultByPath,
    problems: toldOnce(faultByPath, wishes),
  };
}

/** Every population that cannot be had of this file, with why: its own axes, its parent, or what it combines. */
function faultsOf(
  sample: ForeignSample,
  faultOfAxes: (axes: ReturnType<typeof axesOfGate>) => string | undefined,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { id, gate } of sample.populations) {
    const fault = faultOfAxes(axesOfGate(gate));
    if (fault !== undefined) faults.set(id, fault);
  }
  for (let found = -1; found !== faults.size; ) {
    found = faults.size;
    for (const { id, parent, gate } of sample.populations) {
      const needs = [...(parent === null ? [] : [parent]), ...operandIds(gate)];
      const lost = needs.find((need) => faults.has(need));
      if (lost !== undefined && !faults.has(id)) faults.set(id, faults.get(lost)!);
    }
  }
  return faults;
}

/** Rows for all populations, in the tree's order. */
function withLost(
  counted: TubeCounts,
  sample: ForeignSample,
  faults: ReadonlyMap<string, string>,
  membership: boolean,
): TubeCounts {
  const found = new Map(counted.populations.map((one) => [one.population, one]));
  const column = new Map(counted.populations.slice(1).map((one, i) => [one.population, counted.membership?.[i]]));
  const places = [...populationPaths(sample.populations).values()];
  const populations = places.map(({ path, parent }) => {
    const parentCount = found.get(parent)?.count ?? null;
    return found.get(path) ?? { population: path, parent, count: null, parentCount, flags: ['not_imported'] };
  });
  const empty = new Uint8Array(counted.eventCount);
  return {
    ...counted,
    populations: [...counted.populations.slice(0, 1), ...populations],
    membership: membership ? places.map(({ path }) => (faults.has(path) ? empty : (column.get(path) ?? empty))) : null,
  };
}

/** One problem a fault, naming the populations that it costs. */
function toldOnce(faults: ReadonlyMap<string, string>, { file, sampleId }: ForeignWishes): readonly Problem[] {
  return [...new Set(faults.values())].map((fault) => {
    const lost = [...faults].filter(([, own]) => own === fault).map(([path]) => `"${path}"`);
    const shown = lost.length > 4 ? `${lost.slice(0, 3).join(', ')} and ${lost.length - 3} more` : lost.join(', ');
    const message = `${fault}: ${shown} ${lost.length === 1 ? 'is' : 'are'} not counted`;
    return problem('warning', 'import.unknown-channel', message, { file, sampleId });
  });
}
