import type { ForeignPoint } from '../../model.ts';

/** Pieces of an edge at least. */
const PIECES = 24;
/** A piece is halved where it leaves the true edge by more, in channels of 4 096. */
const STRAYS = 0.05;
/** Halvings of a piece at most. */
const DEEPEST = 10;

/**
 * A polygon whose edges are straight in one frame, for a program that draws them straight in another: corners in raw
 * values, so many that no piece strays from the true edge by more than a twentieth of a channel.
 * @param place a point of the frame in raw values
 * @param onDisplay raw values where the program draws them, in channels of 4 096
 * @param pieces of an edge at least; 1 where the corners are themselves close to each other
 */
export function traced(
  corners: readonly ForeignPoint[],
  place: (point: ForeignPoint) => ForeignPoint,
  onDisplay: (raw: ForeignPoint) => ForeignPoint,
  pieces = PIECES,
): readonly ForeignPoint[] {
  const points: ForeignPoint[] = [];
  const follow = (from: ForeignPoint, to: ForeignPoint, depth: number): void => {
    const middle: ForeignPoint = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    if (depth < DEEPEST && strays(from, middle, to)) {
      follow(from, middle, depth + 1);
      follow(middle, to, depth + 1);
    } else points.push(place(from));
  };
  const strays = (...three: readonly [ForeignPoint, ForeignPoint, ForeignPoint]): boolean => {
    const [a, b, c] = three.map((point) => onDisplay(place(point)));
    return Math.hypot(b![0] - (a![0] + c![0]) / 2, b![1] - (a![1] + c![1]) / 2) > STRAYS;
  };
  for (const [i, from] of corners.entries()) {
    const to = corners[(i + 1) % corners.length]!;
    const at = (share: number): ForeignPoint => [
      from[0] + share * (to[0] - from[0]),
      from[1] + share * (to[1] - from[1]),
    ];
    for (let k = 0; k < pieces; k++) follow(at(k / pieces), at((k + 1) / pieces), 0);
  }
  return points;
}
