import {
  type Axis,
  type BookScale,
  type GatePlane,
  type Picture,
  type PictureAxis,
  type PictureSide,
  scaleOfAxis,
} from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';

// An edge may run far out of the picture; a bound keeps its numbers short and finite without bending what is seen.
const farthest = 100;

/** The plane of one picture; values come in the gate's own frame and are carried over raw units where frames differ. */
export function gatePlane(picture: Picture, scales: readonly BookScale[]): GatePlane {
  const { bins, x, y } = picture;
  const axisOf = (side: PictureSide): PictureAxis => (side === 'x' ? x : y);
  const inBins = (side: PictureSide, fraction: number): number => {
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
