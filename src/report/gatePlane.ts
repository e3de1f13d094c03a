import { type Axis, type BookScale, type Picture, type PictureAxis, scaleOfAxis } from '../gating/index.ts';
import { makeScale } from '../scale/index.ts';

/** Which side of the picture an axis of a gate lies along. */
export type Side = 'x' | 'y';

/** The plane of a picture, as far as drawing a gate needs it. */
export interface GatePlane {
  readonly bins: number;
  /** The side along which the axis is drawn; undefined where the picture does not show its marker. */
  sideOf(axis: Axis): Side | undefined;
  /** Where a value of a gate's axis lies, in bins from the left or from the top; always finite. */
  place(axis: Axis, side: Side, value: number): number;
  /** The raw value that lies at a place along a side, the inverse of `place` for raw values. */
  rawAt(side: Side, place: number): number;
}

// An edge may run far out of the picture; a bound keeps its numbers short and finite without bending what is seen.
const farthest = 100;

/** The plane of one picture; values come in the gate's own frame and are carried over raw units where frames differ. */
export function gatePlane(picture: Picture, scales: readonly BookScale[]): GatePlane {
  const { bins, x, y } = picture;
  const axisOf = (side: Side): PictureAxis => (side === 'x' ? x : y);
  const inBins = (side: Side, fraction: number): number => {
    const bounded = Number.isNaN(fraction) ? -farthest : Math.min(farthest, Math.max(-farthest, fraction));
    return side === 'x' ? bounded * bins : (1 - bounded) * bins;
  };
  return {
    bins,
    sideOf: ({ marker }) => {
      if (marker === x.marker) return 'x';
      return marker === y.marker ? 'y' : undefined;
    },
    place: (axis, side, value) => {
      const { scale, from, to } = axisOf(side);
      return inBins(side, (coordinateOn(scale, axis, value, scales) - from) / (to - from));
    },
    rawAt: (side, place) => {
      const { scale, from, to } = axisOf(side);
      const fraction = side === 'x' ? place / bins : 1 - place / bins;
      return makeScale(scale).inverse(from + fraction * (to - from));
    },
  };
}

function coordinateOn(spec: PictureAxis['scale'], axis: Axis, value: number, scales: readonly BookScale[]): number {
  const own = scaleOfAxis(axis, scales);
  // The same scale: no way through raw units, which would only round.
  if (own && JSON.stringify(own.spec) === JSON.stringify(spec)) return value;
  return makeScale(spec).forward(own ? own.inverse(value) : value);
}
