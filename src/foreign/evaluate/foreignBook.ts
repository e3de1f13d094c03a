import type { Geometry, TubeBook } from '../../gating/index.ts';
import type {
  ForeignAxis,
  ForeignBoolean,
  ForeignGate,
  ForeignGrid,
  ForeignPopulation,
  ForeignSample,
} from '../model.ts';
import { populationPaths } from '../tree/populationPaths.ts';
import { type AxisChannel, axisOf } from './axisEvents.ts';
import { gridAxis } from './flowjoGrid.ts';
import { flowjoSides } from './flowjoSides.ts';

/** exact: by geometry; flowjo: polygons on the grid of the program that drew them, where its rule is known. */
export type ForeignRules = 'exact' | 'flowjo';

/** Gates of another program as a book of ours, and the axes at which they look. */
export interface ForeignBook {
  readonly book: TubeBook;
  readonly channels: readonly AxisChannel[];
}

type Polygon = Extract<ForeignGate, { kind: 'polygon' }>;
type Rectangle = Extract<ForeignGate, { kind: 'rectangle' }>;

/**
 * The gates of one sample as geometries over axes.
 * @param usable ids of the populations that this file can have
 */
export function foreignBook(
  sample: ForeignSample,
  sampleId: string,
  usable: ReadonlySet<string>,
  rules: ForeignRules,
): ForeignBook {
  const paths = populationPaths(sample.populations);
  const channels = new Map<string, AxisChannel>();
  const makers: Makers = {
    rules,
    pathOf: (id) => paths.get(id)?.path ?? 'root',
    channelOf(axis, grid) {
      const key = JSON.stringify(grid === null ? { ...axis, display: null } : [axis, grid.bins]);
      const channel = channels.get(key) ?? channelOn(key, axis, grid);
      channels.set(key, channel);
      return channel;
    },
  };
  const gates = sample.populations
    .filter(({ id }) => usable.has(id))
    .map((population) => {
      const parent = population.parent === null ? 'root' : makers.pathOf(population.parent);
      const geometry = geometryOf(population.gate, parent, makers);
      return {
        population: makers.pathOf(population.id),
        parent,
        geometry: population.isComplement ? complementOf(geometry, parent) : geometry,
        flags: [],
      };
    });
  return { book: { sampleId, scales: [], gates }, channels: [...channels.values()] };
}

interface Makers {
  readonly rules: ForeignRules;
  readonly channelOf: (axis: ForeignAxis, grid: ForeignGrid | null) => AxisChannel;
  readonly pathOf: (id: string) => string;
}

function channelOn(key: string, axis: ForeignAxis, grid: ForeignGrid | null): AxisChannel {
  if (grid === null) return { key, axis, refine: undefined };
  return { key, axis: { ...axis, scale: null }, refine: gridAxis(axis, grid)?.toChannels };
}

function geometryOf(gate: ForeignGate, parent: string, makers: Makers): Geometry {
  switch (gate.kind) {
    case 'rectangle':
      return rectangleOf(gate, makers);
    case 'polygon':
      return polygonOf(gate, makers);
    case 'ellipsoid':
      return {
        kind: 'ellipse',
        dims: gate.axes.map((axis) => axisOf(makers.channelOf(axis, null))),
        mean: gate.mean,
        covariance: gate.covariance,
        distance_square: gate.distanceSquare,
      };
    default:
      return booleanOf(gate, parent, makers);
  }
}

function rectangleOf({ dims, edges }: Rectangle, { rules, channelOf }: Makers): Geometry {
  return {
    kind: 'rectangle',
    dims: dims.map(({ axis, ...written }) => {
      const { min, max } = rules === 'flowjo' ? flowjoSides(written, axis, edges) : written;
      return { ...axisOf(channelOf(axis, null)), min, max, min_raw: min, max_raw: max };
    }),
  };
}

function polygonOf(gate: Polygon, { rules, channelOf }: Makers): Geometry {
  const grid = rules === 'flowjo' && isOnGrid(gate) ? gate.grid : null;
  const [x, y] = gate.axes;
  const [gridX, gridY] = grid === null ? [] : [gridAxis(x, grid), gridAxis(y, grid)];
  const vertices =
    grid !== null && gridX !== undefined && gridY !== undefined
      ? grid.vertices.map(([a, b]) => [gridX.vertex(a), gridY.vertex(b)] as const)
      : gate.vertices;
  const dims = [axisOf(channelOf(x, grid)), axisOf(channelOf(y, grid))] as const;
  return { kind: 'polygon', dims, vertices, vertices_raw: vertices };
}

/** Whether a polygon's grid is known on both its axes. */
export function isOnGrid({ axes, grid }: Polygon): boolean {
  return grid !== null && axes.every((axis) => gridAxis(axis, grid) !== undefined);
}

function booleanOf(gate: ForeignBoolean, parent: string, makers: Makers): Geometry {
  const of = gate.of.map((operand, i) => {
    const complement = operand.isComplement;
    if ('id' in operand) return { population: makers.pathOf(operand.id), complement };
    // A combination in brackets stands in no book; its label is no path, so that it can be no population's.
    const geometry = booleanOf(operand.inner, parent, makers);
    return { population: `(${i})//`, complement, place: { parent, geometry } };
  });
  return { kind: 'boolean', op: gate.op, of };
}

/** The parent's events outside: a combination of one gate that stands in no book. */
function complementOf(geometry: Geometry, parent: string): Geometry {
  return {
    kind: 'boolean',
    op: 'and',
    of: [{ population: 'inside//', complement: true, place: { parent, geometry } }],
  };
}

/** The axes of a gate, each as often as it is looked at. */
export function axesOfGate(gate: ForeignPopulation['gate']): readonly ForeignAxis[] {
  if (gate.kind === 'rectangle') return gate.dims.map(({ axis }) => axis);
  return gate.kind === 'boolean' ? [] : gate.axes;
}
