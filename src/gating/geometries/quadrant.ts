import { type Axis, axesOnChannels } from '../axis.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind, Mover, Side } from '../geometryKind.ts';
import { box, type GatePlane, number, type Outline, rawAxis, spanOf } from '../outline.ts';
import { between } from './bounds.ts';

/** One corner of dividers; `above` holds the divider itself. */
export interface Quadrant {
  readonly kind: 'quadrant';
  readonly dims: readonly Axis[];
  readonly dividers: readonly number[];
  readonly dividers_raw: readonly number[];
  readonly side: readonly ('above' | 'below')[];
}

export const quadrant: GeometryKind<Quadrant> = {
  members: quadrantMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: () => false,
  onChannels(gate, channelOf) {
    const dims = axesOnChannels(gate.dims, channelOf);
    return dims && { ...gate, dims };
  },
  sides: sidesOf,
  moved: (gate, { on, raw }) => ({
    ...gate,
    dividers: gate.dividers.map((at, d) => on(gate.dims[d]!, at)),
    dividers_raw: gate.dividers_raw.map((at, d) => raw(gate.dims[d]!, at)),
  }),
  edges: (gate, rawOf) =>
    gate.dims.flatMap(({ marker, frame }, d) => {
      if (frame !== 'u') return [];
      const moved = (by: number): Quadrant => {
        const dividers = gate.dividers.with(d, gate.dividers[d]! + by);
        return { ...gate, dividers, dividers_raw: gate.dividers_raw.with(d, rawOf(marker, dividers[d]!)) };
      };
      return [{ edge: marker, moved }];
    }),
  handles: (gate) =>
    gate.dims.map((axis, d) => ({
      name: axis.marker,
      isOnMarker: true,
      moved: ({ on, raw }: Mover) => ({
        ...gate,
        dividers: gate.dividers.with(d, on(axis, gate.dividers[d]!)),
        dividers_raw: gate.dividers_raw.with(d, raw(axis, gate.dividers_raw[d]!)),
      }),
    })),
  outline: quadrantOutline,
};

/** `above` is x ≥ divider, `below` is x < divider, in linear units. */
function quadrantMembers(gate: Quadrant, context: GateContext, parent: EventIndex): EventIndex {
  let kept = parent;
  for (const { channel, min, max } of sidesOf(gate)) {
    kept = between(context.events.values({ name: channel, scale: undefined }, kept), kept, min, max);
  }
  return kept;
}

function sidesOf({ dims, dividers_raw, side }: Quadrant): readonly Side[] {
  return dims.map(({ channel }, d) => {
    const divider = dividers_raw[d]!;
    return side[d] === 'above'
      ? { channel, min: divider, max: Number.POSITIVE_INFINITY }
      : { channel, min: Number.NEGATIVE_INFINITY, max: divider };
  });
}

function quadrantOutline({ dims, dividers_raw, side }: Quadrant, plane: GatePlane): readonly Outline[] {
  const spans = dims.map((dim, i) => {
    const cut = dividers_raw[i]!;
    return side[i] === 'above' ? spanOf(plane, rawAxis(dim), cut, null) : spanOf(plane, rawAxis(dim), null, cut);
  });
  const lines = dims.flatMap((dim, i): Outline[] => {
    const along = plane.sideOf(dim);
    if (along === undefined) return [];
    const at = number(plane.place(rawAxis(dim), along, dividers_raw[i]!));
    return [{ kind: 'divider', path: along === 'x' ? `M${at} 0V${plane.bins}` : `M0 ${at}H${plane.bins}` }];
  });
  return [...lines, ...box(plane, spans)];
}
