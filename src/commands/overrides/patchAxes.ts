import type { ForeignAxis, FrameOfAxis } from '../../foreign/index.ts';
import { type BookScale, kindOf, scaleOfAxis, scaleSpecOf, type TubeBook, uScale } from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';
import { canonicalJson } from '../../tables/index.ts';

/** An axis of a gate in FlowJo as one of the book. */
export interface PatchAxisFrame extends FrameOfAxis {
  readonly marker: string;
  readonly channel: string;
  readonly frame: 'u' | 'scale' | 'raw';
  /** Linear units of the file in those of the book. */
  readonly toRaw: (value: number) => number;
  readonly entry: BookScale;
}

export type PatchAxes = (axis: ForeignAxis) => PatchAxisFrame | string;

/**
 * Finds the marker of an axis, and the frame in which edges are as straight as FlowJo shows them: linear axes raw, the
 * marker's own scale where it is the same, else u.
 * @param factors $PnN -> what values of the file are multiplied by
 * @param detectors of the matrix with which the tube was gated
 * @returns per axis the frame, or in words why the book has none
 */
export function patchAxes(
  book: TubeBook,
  factors: Readonly<Record<string, number>>,
  detectors: readonly string[],
): PatchAxes {
  const axes = book.gates.flatMap(({ geometry }) => kindOf(geometry).axes(geometry));
  const plain = (name: string) => name.replaceAll('/', '_');
  return (axis) => {
    if (axis.source.kind !== 'channel') return 'it looks at a ratio of two channels';
    const { name } = axis.source;
    if (axis.compensation.kind === 'none' && detectors.some((one) => plain(one) === plain(name)))
      return `it was drawn on "${name}" as it is stored, where the run gates compensated values`;
    const own = axes.find(({ channel }) => plain(channel) === plain(name));
    const wanted = own?.marker ?? book.scales.find(({ channel }) => plain(channel) === plain(name))?.marker;
    const entry = book.scales.find(({ marker }) => marker === wanted);
    if (entry === undefined) return `"${name}" is no marker of the template`;
    const { marker } = entry;
    const channel = own?.channel ?? entry.channel;
    const toRaw = (value: number) => value * (factors[channel] ?? 1);
    if (axis.scale === null)
      return { marker, channel, frame: 'raw', entry, toRaw, fromLinear: toRaw, scale: undefined };
    const isOwn = canonicalJson(scaleSpecOf(entry)) === canonicalJson(axis.scale.spec);
    const frame = isOwn ? 'scale' : 'u';
    const coordinate = scaleOfAxis({ marker, channel, frame }, book.scales);
    const fromLinear = (value: number) => coordinate?.forward(toRaw(value)) ?? toRaw(value);
    const scale = isOwn ? axis.scale.spec : uScale(entry.u_cofactor);
    return { marker, channel, frame, entry, toRaw, fromLinear, scale };
  };
}

/** A linear value of the book in u. */
export function inU({ u_cofactor }: BookScale, raw: number): number {
  return makeScale(uScale(u_cofactor)).forward(raw);
}
