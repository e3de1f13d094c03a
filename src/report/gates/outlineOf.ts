import { type BookScale, type Geometry, kindOf, type Picture } from '../../gating/index.ts';
import { gatePlane } from './gatePlane.ts';

/** The lines of a gate on one picture as SVG path data in bins: its borders, and cuts that it shares with its neighbours. */
export function outlineOf(geometry: Geometry, picture: Picture, scales: readonly BookScale[]) {
  const lines = kindOf(geometry).outline(geometry, gatePlane(picture, scales));
  const joined = (kind: 'edge' | 'divider'): string =>
    lines
      .filter((line) => line.kind === kind)
      .map(({ path }) => path)
      .join('');
  return { edge: joined('edge'), divider: joined('divider') };
}
