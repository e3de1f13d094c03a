import type { Geometry, TubeBook } from '../../gating/index.ts';
import type { ForeignAxis, ForeignGate, ForeignPopulation, ForeignSample } from '../model.ts';
import { populationPaths } from '../tree/populationPaths.ts';
import { type AxisChannel, axisOf } from './axisEvents.ts';

/** Gates of another program as a book of ours, and the axes at which they look. */
export interface ForeignBook {
  readonly book: TubeBook;
  readonly channels: readonly AxisChannel[];
}

/** What makes a polygon's axis and vertices those that are compared; the identity where gates are told exactly. */
export type Refine = (
  axis: ForeignAxis,
  grid: number,
) =>
  | {
      readonly values: (coordinates: Float64Array) => void;
      readonly vertex: (coordinate: number) => number;
    }
  | undefined;

/**
 * The gates of one sample as geometries over axes.
 * @param usable ids of the populations that this file can have
 */
export function foreignBook(
  sample: ForeignSample,
  sampleId: string,
  usable: ReadonlySet<string>,
  refine: Refine,
): ForeignBook {
  const paths = populationPaths(sample.populations);
  const channels = new Map<string, AxisChannel>();
  const channelOf = (axis: ForeignAxis, grid: number | null): AxisChannel => {
    const refined = grid === null ? undefined : refine(axis, grid);
    const key = `${JSON.stringify(axis)}${refined === undefined ? '' : ` on ${grid}`}`;
    const channel = channels.get(key) ?? { key, axis, refine: refined?.values };
    channels.set(key, channel);
    return channel;
  };
  const pathOf = (id: string): string => paths.get(id)?.path ?? 'root';
  const gates = sample.populations
    .filter(({ id }) => usable.has(id))
    .map((population) => {
      const parent = population.parent === null ? 'root' : pathOf(population.parent);
      const geometry = geometryOf(population.gate, { channelOf, pathOf, refine });
      return {
        population: pathOf(population.id),
        parent,
        geometry: population.isComplement ? complementOf(geometry, parent) : geometry,
        flags: [],
      };
    });
  return { book: { sampleId, scales: [], gates }, channels: [...channels.values()] };
}

interface Makers {
  readonly channelOf: (axis: ForeignAxis, grid: number | null) => AxisChannel;
  readonly pathOf: (id: string) => string;
  readonly refine: Refine;
}

function geometryOf(gate: ForeignGate, { channelOf, pathOf, refine }: Makers): Geometry {
  switch (gate.kind) {
    case 'rectangle':
      return {
        kind: 'rectangle',
        dims: gate.dims.map(({ axis, min, max }) => ({
          ...axisOf(channelOf(axis, null)),
          min,
          max,
          min_raw: min,
          max_raw: max,
        })),
      };
    case 'polygon': {
      const { grid } = gate;
      const [x, y] = gate.axes;
      const onGrid = grid === null ? [] : [refine(x, grid), refine(y, grid)];
      const vertices = gate.vertices.map(([a, b]) => [onGrid[0]?.vertex(a) ?? a, onGrid[1]?.vertex(b) ?? b] as const);
      const dims = [axisOf(channelOf(x, grid)), axisOf(channelOf(y, grid))] as const;
      return { kind: 'polygon', dims, vertices, vertices_raw: vertices };
    }
    case 'ellipsoid':
      return {
        kind: 'ellipse',
        dims: gate.axes.map((axis) => axisOf(channelOf(axis, null))),
        mean: gate.mean,
        covariance: gate.covariance,
        distance_square: gate.distanceSquare,
      };
    default:
      return {
        kind: 'boolean',
        op: gate.op,
        of: gate.of.map(({ id, isComplement }) => ({ population: pathOf(id), complement: isComplement })),
      };
  }
}

/** The parent's events outside: a combination of one gate that stands in no book. */
function complementOf(geometry: Geometry, parent: string): Geometry {
  return { kind: 'boolean', op: 'and', of: [{ population: 'inside', complement: true, place: { parent, geometry } }] };
}

/** The axes of a gate, each as often as it is looked at. */
export function axesOfGate(gate: ForeignPopulation['gate']): readonly ForeignAxis[] {
  if (gate.kind === 'rectangle') return gate.dims.map(({ axis }) => axis);
  return gate.kind === 'boolean' ? [] : gate.axes;
}
