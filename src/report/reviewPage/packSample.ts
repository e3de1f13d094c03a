import type { GateSample } from '../../review/index.ts';

/** Where the columns of one gate lie among the bytes of the page. */
interface Layout {
  readonly n: number;
  /** First byte; then edge after edge, axis after axis, each low bytes and then high ones; the marks at the end. */
  readonly offset: number;
  readonly edges: readonly object[];
  readonly axes: readonly string[];
}

/**
 * The events of one gate as bytes, sorted by their first column: order says nothing, and sorted bytes pack better.
 * @param count so many of them, at even distances in the order of the file
 */
export function packSample(
  { edges, axes, marks }: GateSample,
  count: number,
  offset: number,
): { readonly bytes: Uint8Array; readonly layout: Layout; readonly shown: number } {
  const columns = [...edges, ...axes].map(({ column }) => column);
  const chosen = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * marks.length) / count));
  const [first] = columns;
  const order = first === undefined ? chosen : chosen.sort((a, b) => first[a]! - first[b]! || a - b);
  const bytes = new Uint8Array(count * (2 * columns.length + 1));
  columns.forEach((column, c) => {
    for (let i = 0; i < count; i++) {
      const value = column[order[i]!]! & 0xffff;
      bytes[2 * c * count + i] = value & 0xff;
      bytes[(2 * c + 1) * count + i] = value >> 8;
    }
  });
  for (let i = 0; i < count; i++) bytes[2 * columns.length * count + i] = marks[order[i]!]!;
  const layout = {
    n: count,
    offset,
    edges: edges.map(({ handle, markers, side, at, line }) => ({
      handle,
      markers,
      side,
      at,
      ...(line === undefined ? {} : { line }),
    })),
    axes: axes.map(({ marker }) => marker),
  };
  return { bytes, layout, shown: count };
}
