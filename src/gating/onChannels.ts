import type { Axis, Geometry } from './geometry.ts';

/**
 * A geometry of another tube on this tube's channels.
 * @param channelOf $PnN of a marker in this tube
 * @returns undefined where the tube lacks one of its markers, and for combinations of other populations, whose place
 *   is that of the populations they name
 */
export function onChannels(
  geometry: Geometry,
  channelOf: (marker: string) => string | undefined,
): Geometry | undefined {
  switch (geometry.kind) {
    case 'none':
      return geometry;
    case 'boolean':
      return undefined;
    case 'all': {
      const of = geometry.of.flatMap((part) => onChannels(part, channelOf) ?? []);
      return of.length === geometry.of.length ? { kind: 'all', of } : undefined;
    }
    default: {
      const dims = geometry.dims.map((dim) => axisOn(dim, channelOf));
      // The same axes in the same number and order: only the names of their channels are replaced.
      return dims.includes(undefined) ? undefined : ({ ...geometry, dims } as Geometry);
    }
  }
}

function axisOn<T extends Axis>(axis: T, channelOf: (marker: string) => string | undefined): T | undefined {
  const channel = channelOf(axis.marker);
  return channel === undefined ? undefined : { ...axis, channel };
}
