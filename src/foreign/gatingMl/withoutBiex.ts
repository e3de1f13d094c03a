import { makeScale } from '../../scale/index.ts';
import { traced } from '../flowjo/write/traced.ts';
import type { ForeignAxis, ForeignGate, ForeignPoint, ForeignSample } from '../model.ts';

/** Points around an ellipse. */
const AROUND = 360;
/** The scale that stands for FlowJo's table: about as bent, and one of Gating-ML. */
const STAND_IN = { kind: 'asinh', T: 262144, M: 4, A: 1 } as const;

/**
 * The same gates without FlowJo's biexponential scale, which Gating-ML does not have: polygons and ellipses on it are traced
 * on another. Straight sides are in raw units already.
 */
export function withoutBiex(sample: ForeignSample): {
  readonly sample: ForeignSample;
  readonly traced: ReadonlySet<string>;
} {
  const followed = new Set<string>();
  const populations = sample.populations.map((population) => {
    const gate = retraced(population.gate);
    if (gate !== population.gate) followed.add(population.id);
    return { ...population, gate };
  });
  return { sample: { ...sample, populations }, traced: followed };
}

function retraced(gate: ForeignGate): ForeignGate {
  if (gate.kind !== 'polygon' && gate.kind !== 'ellipsoid') return gate;
  if (!gate.axes.some(({ scale }) => scale?.spec.kind === 'biex')) return gate;
  const axes = gate.axes as readonly [ForeignAxis, ForeignAxis];
  const into = axes.map((axis) => (axis.scale?.spec.kind === 'biex' ? standIn(axis) : axis));
  const place = (point: ForeignPoint): ForeignPoint => {
    const [x, y] = axes.map((axis, i) => (into[i] === axis ? point[i]! : across(axis, into[i]!, point[i]!)));
    return [x!, y!];
  };
  const corners = gate.kind === 'polygon' ? gate.vertices : around(gate);
  const inChannels = ([x, y]: ForeignPoint): ForeignPoint => [x * 4096, y * 4096];
  return {
    kind: 'polygon',
    axes: [into[0]!, into[1]!],
    vertices: traced(corners, place, inChannels, gate.kind === 'polygon' ? undefined : 1),
    grid: null,
  };
}

function standIn(axis: ForeignAxis): ForeignAxis {
  const T = axis.scale?.spec.kind === 'biex' ? axis.scale.spec.maxValue : STAND_IN.T;
  return { ...axis, scale: { spec: { ...STAND_IN, T }, boundMin: null, boundMax: null } };
}

/** A held end of the table stands for all that lies beyond it. */
const BEYOND = 1e9;

function across(from: ForeignAxis, to: ForeignAxis, at: number): number {
  const { spec } = from.scale!;
  const top = spec.kind === 'biex' ? spec.channelRange : 1;
  const raw = at <= 0 ? -BEYOND : at >= top ? BEYOND : makeScale(spec).inverse(at);
  return makeScale(to.scale!.spec).forward(raw);
}

function around({
  mean,
  covariance,
  distanceSquare,
}: Extract<ForeignGate, { kind: 'ellipsoid' }>): readonly ForeignPoint[] {
  const radius = Math.sqrt(distanceSquare);
  const l11 = Math.sqrt(covariance[0]![0]!);
  const l21 = covariance[1]![0]! / l11;
  const l22 = Math.sqrt(Math.max(0, covariance[1]![1]! - l21 * l21));
  return Array.from({ length: AROUND }, (_, step): ForeignPoint => {
    const angle = (2 * Math.PI * step) / AROUND;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return [mean[0]! + l11 * c, mean[1]! + l21 * c + l22 * s];
  });
}
