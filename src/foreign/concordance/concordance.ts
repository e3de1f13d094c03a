import type { TubeCounts } from '../../gating/index.ts';
import { isOnGrid } from '../evaluate/foreignBook.ts';
import { type ForeignGate, type ForeignPopulation, type ForeignSample, operandIds } from '../model.ts';
import { populationPaths } from '../tree/populationPaths.ts';

/** Why counts differ; empty where they do not. */
export type Cause =
  | ''
  /** FlowJo counts polygons on a grid: its count is repeated by its rule, not by geometry. */
  | 'grid'
  /** The same of events on an edge, or off the scale beyond one. */
  | 'edge'
  | 'never counted'
  | 'matrix differs'
  /** A kind of gate whose rule in that version is not known. */
  | 'unsupported'
  /** The gate itself agrees as far as can be told; what differs is the population above, or one that it combines. */
  | 'above'
  | 'unknown';

export interface ConcordanceRow {
  readonly sampleId: string;
  readonly population: string;
  readonly importedName: string;
  readonly stored: number | null;
  readonly flowjo: number | null;
  readonly exact: number | null;
  readonly cause: Cause;
}

interface Compared {
  readonly sampleId: string;
  readonly sample: ForeignSample;
  readonly flowjo: TubeCounts;
  readonly exact: TubeCounts;
  /** The matrix of the workspace is not that of the file. */
  readonly isOtherMatrix: boolean;
}

/** Every population of a sample: the program's own count, ours by its rules, ours exact, and why they differ. */
export function concordance(compared: Compared): readonly ConcordanceRow[] {
  const { sampleId, sample, flowjo, exact } = compared;
  const paths = populationPaths(sample.populations);
  const countsOf = (counts: TubeCounts) => new Map(counts.populations.map((one) => [one.population, one.count]));
  const [byRules, byGeometry] = [countsOf(flowjo), countsOf(exact)];
  const counts = new Map<string, Counts>();
  for (const { id, storedCount } of sample.populations) {
    const path = paths.get(id)!.path;
    const [ours, pure] = [byRules.get(path) ?? null, byGeometry.get(path) ?? null];
    counts.set(id, { path, stored: storedCount, flowjo: ours, exact: pure });
  }
  const byId = new Map(sample.populations.map((one) => [one.id, one]));
  return sample.populations.map((population) => {
    const { path, ...own } = counts.get(population.id)!;
    const cause = causeOf(population, { counts, byId, isOtherMatrix: compared.isOtherMatrix });
    return { sampleId, population: path, importedName: population.name, ...own, cause };
  });
}

interface Counts {
  readonly path: string;
  readonly stored: number | null;
  readonly flowjo: number | null;
  readonly exact: number | null;
}

interface Around {
  readonly counts: ReadonlyMap<string, Counts>;
  readonly byId: ReadonlyMap<string, ForeignPopulation>;
  readonly isOtherMatrix: boolean;
}

function causeOf(population: ForeignPopulation, around: Around): Cause {
  const { stored, flowjo, exact } = around.counts.get(population.id)!;
  if (flowjo === null) return 'unsupported';
  if (stored === null) return 'never counted';
  if (stored === flowjo) return stored === exact ? '' : byRule(population, around);
  const needs = [...(population.parent === null ? [] : [population.parent]), ...operandIds(population.gate)];
  const isAbove = needs.some((id) => isOff(around.counts.get(id)));
  if (hasUnknownRule(population.gate)) return 'unsupported';
  if (isAbove) return 'above';
  return around.isOtherMatrix && isCompensated(population.gate) ? 'matrix differs' : 'unknown';
}

function isOff(counts: Counts | undefined): boolean {
  return counts !== undefined && counts.stored !== null && counts.stored !== counts.flowjo;
}

/** What makes the program's count another than the geometry's: a polygon's grid, here or above, or an edge. */
function byRule(population: ForeignPopulation, { byId }: Around): Cause {
  const seen = new Set<string>();
  const usesGrid = (one: ForeignPopulation): boolean => {
    if (seen.has(one.id)) return false;
    seen.add(one.id);
    if (one.gate.kind === 'polygon' && isOnGrid(one.gate)) return true;
    const needs = [...(one.parent === null ? [] : [one.parent]), ...operandIds(one.gate)];
    return needs.some((id) => {
      const needed = byId.get(id);
      return needed !== undefined && usesGrid(needed);
    });
  };
  return usesGrid(population) ? 'grid' : 'edge';
}

/** Ellipses, and polygons where no grid is known: how the program tells who is inside is not published. */
function hasUnknownRule(gate: ForeignGate): boolean {
  return gate.kind === 'ellipsoid' || (gate.kind === 'polygon' && !isOnGrid(gate));
}

function isCompensated(gate: ForeignGate): boolean {
  if (gate.kind === 'boolean') return false;
  const axes = gate.kind === 'rectangle' ? gate.dims.map(({ axis }) => axis) : gate.axes;
  return axes.some(({ compensation }) => compensation.kind !== 'none');
}
