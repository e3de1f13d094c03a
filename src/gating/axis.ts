/**
 * Coordinates of a gate: `u` = arcsinh(x / cofactor of the book's scale entry), `scale` = the marker's own scale, `raw` =
 * linear, compensated. Raw edges decide who is inside intervals, rectangles and quadrants; coordinates decide the rest.
 */
export type Frame = 'u' | 'scale' | 'raw';

export interface Axis {
  readonly marker: string;
  /** $PnN of the tube. */
  readonly channel: string;
  readonly frame: Frame;
}

/** min ≤ x < max; null = unbounded. */
export interface Bounds extends Axis {
  readonly min: number | null;
  readonly max: number | null;
  readonly min_raw: number | null;
  readonly max_raw: number | null;
}

export type Point = readonly [number, number];

/** $PnN of a marker in a tube; undefined where the tube lacks it. */
export type ChannelOf = (marker: string) => string | undefined;

/** The same axes in the same order on another tube's channels; undefined where it lacks one of the markers. */
export function axesOnChannels<A extends Axis>(axes: readonly A[], channelOf: ChannelOf): readonly A[] | undefined {
  const found = axes.flatMap((axis) => {
    const channel = channelOf(axis.marker);
    return channel === undefined ? [] : [{ ...axis, channel }];
  });
  return found.length === axes.length ? found : undefined;
}
