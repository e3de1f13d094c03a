import type { CompensationRef, ForeignAxis } from '../model.ts';
import type { ChannelDisplay } from './display.ts';
import type { NamedMatrix } from './readMatrices.ts';

/** A named axis of a sample: in linear units, and as it is shown. */
export interface SampleAxis {
  /** For straight sides: no scale. */
  readonly linear: ForeignAxis;
  /** For edges that are straight on the display; the fault in words where that is not known. */
  readonly shown: ForeignAxis | string;
  readonly display: ChannelDisplay | undefined;
}

export type AxisNamed = (name: string) => SampleAxis;

/**
 * The axes of a sample by the names that its gates use. A name is compensated where it is a channel of the matrix between
 * the matrix's prefix and suffix; "Comp-" without a matrix means the one that the file carries.
 */
export function axesOf(displays: ReadonlyMap<string, ChannelDisplay>, matrix: NamedMatrix | undefined): AxisNamed {
  return (name) => {
    const { channel, compensation } = unmarked(name, matrix);
    const display = displays.get(name) ?? displays.get(channel);
    const gain = display?.gain ?? 1;
    const source = { kind: 'channel', name: channel } as const;
    const linear: ForeignAxis = { source, compensation, scale: null, gain, display: display?.grid };
    if (display === undefined) return { linear, shown: `the workspace does not say how "${name}" is shown`, display };
    if (display.fault !== undefined) return { linear, shown: `"${name}": ${display.fault}`, display };
    return { linear, shown: { ...linear, scale: display.scale }, display };
  };
}

function unmarked(
  name: string,
  matrix: NamedMatrix | undefined,
): { readonly channel: string; readonly compensation: CompensationRef } {
  if (matrix === undefined) {
    const bare = /^Comp-(.+)$/.exec(name)?.[1];
    return bare === undefined
      ? { channel: name, compensation: { kind: 'none' } }
      : { channel: bare, compensation: { kind: 'file' } };
  }
  const { prefix, suffix } = matrix;
  const isMarked = name.startsWith(prefix) && name.endsWith(suffix) && name.length > prefix.length + suffix.length;
  const rest = isMarked ? name.slice(prefix.length, name.length - suffix.length) : name;
  // "/" in a channel is "_" in a workspace, and not always on both sides.
  const known = matrix.matrix.detectors.find((one) => one.replaceAll('/', '_') === rest.replaceAll('/', '_'));
  if (!isMarked || known === undefined) return { channel: name, compensation: { kind: 'none' } };
  return { channel: known, compensation: { kind: 'matrix', id: matrix.matrix.id } };
}
