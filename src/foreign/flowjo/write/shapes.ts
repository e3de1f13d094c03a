import { makeScale } from '../../../scale/index.ts';
import type { ForeignAxis, ForeignBounds, ForeignGate, ForeignPoint } from '../../model.ts';
import type { XmlPart } from '../../xml/writeXml.ts';
import { bound, shownBy, type WrittenDisplay } from './displays.ts';
import { traced } from './traced.ts';

/** What writing gates of one tube needs to know. */
export interface ShapeContext {
  /** The name that a workspace gives an axis: with "Comp-" where it is compensated. */
  readonly nameOf: (axis: ForeignAxis) => string;
  readonly displayOf: (channel: string) => WrittenDisplay;
  /** A channel to stand beside that of a gate in one dimension. */
  readonly partner: string;
}

/** A gate as FlowJo takes it. */
export interface WrittenShape {
  readonly part: XmlPart;
  /** exact: the same events; traced: an oblique edge follows in pieces, so that an event on it may change sides. */
  readonly how: 'exact' | 'traced';
}

/** Points around an ellipse. */
const AROUND = 360;
/** Far out on a linear axis, for gates that are open there. */
const FAR = 1e8;
/** FlowJo 10's finest grid that is seen in workspaces. */
const RESOLUTION = 1024;

type Geometric = Exclude<ForeignGate, { kind: 'boolean' }>;

/** At most two dimensions: the caller takes boxes of more apart. */
export function writtenShape(gate: Geometric, context: ShapeContext): WrittenShape {
  if (gate.kind === 'rectangle') {
    const [first, second] = gate.dims;
    if (first?.axis.source.kind === 'ratio') return wedge(gate.dims, context);
    return { part: box([first!, ...(second === undefined ? [] : [second])], context), how: 'exact' };
  }
  const axes = gate.axes as readonly [ForeignAxis, ForeignAxis];
  const isStraight = gate.kind === 'polygon' && axes.every((axis) => isShownSo(axis, context));
  const corners = gate.kind === 'polygon' ? gate.vertices : around(gate);
  const place = (point: ForeignPoint): ForeignPoint => rawPoint(point, axes);
  const shown = axes.map(({ source }) => shownBy(context.displayOf(source.kind === 'channel' ? source.name : '')));
  const onDisplay = ([x, y]: ForeignPoint): ForeignPoint => [shown[0]!(x), shown[1]!(y)];
  const points = isStraight
    ? corners.map(place)
    : traced(corners, place, onDisplay, gate.kind === 'polygon' ? undefined : 1);
  return {
    part: polygon(axes.map(context.nameOf), points),
    how: isStraight ? 'exact' : 'traced',
  };
}

/** Whether FlowJo draws edges straight in the axis's own frame. */
function isShownSo({ source, scale }: ForeignAxis, { displayOf }: ShapeContext): boolean {
  if (source.kind !== 'channel') return false;
  const display = displayOf(source.name);
  if (display.kind === 'linear') return scale === null || scale.spec.kind === 'linear';
  return JSON.stringify(scale?.spec) === JSON.stringify(display.spec);
}

function box(dims: readonly ForeignBounds[], { nameOf, partner }: ShapeContext): XmlPart {
  const sides = dims.map(({ axis, min, max }) => ({
    name: nameOf(axis),
    min: unscaled(axis, min),
    max: unscaled(axis, max),
  }));
  const whole =
    sides.length === 1 && sides[0]!.name !== partner ? [...sides, { name: partner, min: null, max: null }] : sides;
  const children = whole.map(({ name, min, max }) =>
    dimension(name, { 'gating:min': bound(min, 'min'), 'gating:max': bound(max, 'max') }),
  );
  return { name: 'gating:RectangleGate', attributes: { ...LOOKS, percentX: 0, percentY: 0 }, children };
}

/** In the file's units. */
function unscaled({ scale, gain }: ForeignAxis, at: number | null): number | null {
  if (at === null) return null;
  return (scale === null ? at : makeScale(scale.spec).inverse(at)) / gain;
}

/** min ≤ top ÷ bottom < max as the wedge between two lines through zero. */
function wedge([ratio]: readonly ForeignBounds[], { nameOf }: ShapeContext): WrittenShape {
  const { axis, min, max } = ratio!;
  const names =
    axis.source.kind === 'ratio'
      ? axis.source.of.map((name) => nameOf({ ...axis, source: { kind: 'channel', name } }))
      : [];
  const open = FAR;
  const upper: readonly ForeignPoint[] =
    max === null
      ? [
          [open, 0],
          [open, FAR],
        ]
      : [[max * FAR, FAR]];
  const lower: readonly ForeignPoint[] =
    min === null
      ? [
          [-open, FAR],
          [-open, 0],
        ]
      : [[min * FAR, FAR]];
  return { part: polygon(names, [[0, 0], ...upper, ...lower]), how: 'traced' };
}

function rawPoint(point: ForeignPoint, axes: readonly [ForeignAxis, ForeignAxis]): ForeignPoint {
  const [x, y] = axes.map((axis, i) => {
    const raw = unscaled(axis, point[i]!)!;
    return bound(raw, raw < 0 ? 'min' : 'max');
  });
  return [x!, y!];
}

/** Points of an ellipse, a hair outside so that the pieces between them lie on it in the mean. */
function around({
  mean,
  covariance,
  distanceSquare,
}: Extract<Geometric, { kind: 'ellipsoid' }>): readonly ForeignPoint[] {
  const radius = Math.sqrt(distanceSquare) / Math.sqrt(Math.cos(Math.PI / AROUND));
  const l11 = Math.sqrt(covariance[0]![0]!);
  const l21 = covariance[1]![0]! / l11;
  const l22 = Math.sqrt(Math.max(0, covariance[1]![1]! - l21 * l21));
  return Array.from({ length: AROUND }, (_, step): ForeignPoint => {
    const angle = (2 * Math.PI * step) / AROUND;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return [mean[0]! + l11 * c, mean[1]! + l21 * c + l22 * s];
  });
}

const LOOKS = {
  eventsInside: 1,
  annoOffsetX: 0,
  annoOffsetY: 0,
  tint: '#000000',
  isTinted: 0,
  lineWeight: 'Normal',
  userDefined: 1,
};

function polygon(names: readonly string[], points: readonly ForeignPoint[]): XmlPart {
  const vertices = points.map((point) => ({
    name: 'gating:vertex',
    children: point.map((at) => ({ name: 'gating:coordinate', attributes: { 'data-type:value': at } })),
  }));
  const attributes = { ...LOOKS, quadId: -1, gateResolution: RESOLUTION };
  return {
    name: 'gating:PolygonGate',
    attributes,
    children: [...names.map((name) => dimension(name, {})), ...vertices],
  };
}

function dimension(name: string, attributes: Readonly<Record<string, number>>): XmlPart {
  return {
    name: 'gating:dimension',
    attributes,
    children: [{ name: 'data-type:fcs-dimension', attributes: { 'data-type:name': name } }],
  };
}
