import { createRequire } from 'node:module';

interface ForeignFile {
  getText(): Readonly<Record<string, string>>;
  readonly dataAsNumbers: readonly (readonly number[])[];
}
type ForeignReader = new (options: Readonly<Record<string, string | number>>, bytes: Buffer) => ForeignFile;

// the package has no types of its own
const Reader: ForeignReader = createRequire(import.meta.url)('fcs');

/** Keywords and events of an FCS file as the npm package `fcs` reads them: a reader that nobody here made. */
export function readByOthers(bytes: Uint8Array) {
  const options = { dataFormat: 'asNumber', groupBy: 'byEvent', eventsToRead: 100_000 };
  const file = new Reader(options, Buffer.from(bytes));
  return { keywords: file.getText(), rows: file.dataAsNumbers };
}
