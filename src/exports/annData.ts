/** One column of the table of events or of channels. */
export type AnnDataColumn =
  | { readonly name: string; readonly codes: Int16Array; readonly categories: readonly string[] }
  | { readonly name: string; readonly marks: Uint8Array }
  | { readonly name: string; readonly words: readonly string[] };

/** Events × channels, and what is known of both. */
export interface AnnData {
  readonly names: { readonly events: string; readonly channels: readonly string[] };
  readonly eventCount: number;
  /** A column a channel; each as long as there are events. */
  readonly x: readonly Float64Array[];
  readonly layers: ReadonlyMap<string, readonly Float64Array[]>;
  readonly events: readonly AnnDataColumn[];
  readonly channels: readonly AnnDataColumn[];
  readonly words: Readonly<Record<string, string>>;
}

type Group = import('h5wasm').Group;
type Dataset = import('h5wasm').Dataset;

/** Events that one compressed block holds: a reader of a few events unpacks a megabyte at most. */
const EVENTS_A_BLOCK = 8_192;

/**
 * The bytes of an .h5ad file by the on-disk format of anndata (encodings 0.1.0 and 0.2.0), X and layers as 32-bit floats,
 * gzipped. Made in memory: the library's own file system is there, and no disk is touched.
 */
export async function annDataBytes(data: AnnData): Promise<Uint8Array> {
  const { default: h5wasm } = await import('h5wasm');
  const { FS } = await h5wasm.ready;
  const path = 'events.h5ad';
  const file = new h5wasm.File(path, 'w');
  try {
    encode(file, 'anndata', '0.1.0');
    matrix(file, 'X', data.x, data.eventCount);
    const layers = dict(file, 'layers');
    for (const [name, columns] of data.layers) matrix(layers, name, columns, data.eventCount);
    const eventNames = Array.from({ length: data.eventCount }, (_, event) => `${data.names.events}${event}`);
    table(file, 'obs', eventNames, data.events);
    table(file, 'var', data.names.channels, data.channels);
    for (const name of ['obsm', 'varm', 'obsp', 'varp']) dict(file, name);
    const uns = dict(file, 'uns');
    for (const [name, word] of Object.entries(data.words)) {
      encode(uns.create_dataset({ name, data: word, shape: [] }), 'string', '0.2.0');
    }
  } finally {
    file.close();
  }
  const bytes = FS.readFile(path);
  FS.unlink(path);
  return bytes;
}

function encode(target: Group | Dataset, type: string, version: string): void {
  target.create_attribute('encoding-type', type);
  target.create_attribute('encoding-version', version);
}

function dict(parent: Group, name: string): Group {
  const group = parent.create_group(name);
  encode(group, 'dict', '0.1.0');
  return group;
}

function matrix(parent: Group, name: string, columns: readonly Float64Array[], eventCount: number): void {
  const width = columns.length;
  const data = new Float32Array(eventCount * width);
  columns.forEach((column, j) => {
    for (let event = 0; event < eventCount; event++) data[event * width + j] = column[event]!;
  });
  encode(
    parent.create_dataset({ name, data, shape: [eventCount, width], ...blocks(eventCount, width) }),
    'array',
    '0.2.0',
  );
}

/** An empty array has no blocks. */
function blocks(eventCount: number, width?: number) {
  if (eventCount === 0 || width === 0) return {};
  const events = Math.min(eventCount, EVENTS_A_BLOCK);
  return {
    chunks: width === undefined ? [events] : [events, width],
    compression: 'gzip',
    compression_opts: 4,
  } as const;
}

function table(parent: Group, name: string, index: readonly string[], columns: readonly AnnDataColumn[]): void {
  const group = parent.create_group(name);
  encode(group, 'dataframe', '0.2.0');
  group.create_attribute('_index', '_index');
  group.create_attribute(
    'column-order',
    columns.map((column) => column.name),
  );
  words(group, '_index', index);
  for (const column of columns) {
    if ('words' in column) words(group, column.name, column.words);
    else if ('marks' in column) {
      const { name: own, marks: data } = column;
      encode(group.create_dataset({ name: own, data, ...blocks(data.length) }), 'array', '0.2.0');
    } else categorical(group, column.name, column);
  }
}

function words(group: Group, name: string, data: readonly string[]): void {
  encode(group.create_dataset({ name, data: [...data] }), 'string-array', '0.2.0');
}

function categorical(
  parent: Group,
  name: string,
  { codes, categories }: { readonly codes: Int16Array; readonly categories: readonly string[] },
): void {
  const group = parent.create_group(name);
  encode(group, 'categorical', '0.2.0');
  // HDF5 has no Boolean that this library writes; anndata takes 0 for false.
  group.create_attribute('ordered', 0, [], '<b');
  words(group, 'categories', categories);
  encode(group.create_dataset({ name: 'codes', data: codes, ...blocks(codes.length) }), 'array', '0.2.0');
}
