import { InvalidArgumentError, Option } from 'commander';

/** Options that every command takes; they may stand before or after its name. */
export interface GlobalOptions {
  readonly quiet?: true;
  readonly verbose?: true;
  /** Only then values of keywords that may name a person are printed. */
  readonly showIdentifiers?: true;
}

/** How a file is read where it leaves a choice to a person. */
export interface ReadingOptions {
  readonly acceptTruncated?: true;
  readonly offsets?: 'header' | 'text';
  readonly dataSet?: number;
  readonly bitOrder?: 'low' | 'high';
  readonly acceptTrailing?: true;
}

export const threadsOption = (): Option =>
  new Option(
    '--threads <n>',
    'worker threads; 0 runs inline (default: available cores, at most one a tube; none for a tube alone)',
  ).argParser((text) => wholeNumber(text, 0));

export const outOption = (usual: string): Option => new Option('--out <dir>', `output folder (default: ${usual})`);

export const readingOptions = (): readonly Option[] => [
  new Option('--accept-truncated', 'read the whole events of a file that ends inside its data'),
  new Option('--offsets <which>', 'trust these offsets where HEADER and TEXT differ').choices(['header', 'text']),
  new Option('--data-set <n>', 'the data set to read, from 1').argParser((text) => wholeNumber(text, 1)),
  new Option('--bit-order <which>', 'packed values begin at this bit of each byte').choices(['low', 'high']),
  new Option('--accept-trailing', 'read also the whole events behind the data that the file does not count'),
];

/** Without the options that were not given, so that a default stays the reader's own. */
export function readingOf(options: ReadingOptions): ReadingOptions {
  const { acceptTruncated, offsets, dataSet, bitOrder, acceptTrailing } = options;
  return {
    ...(acceptTruncated === undefined ? {} : { acceptTruncated }),
    ...(offsets === undefined ? {} : { offsets }),
    ...(dataSet === undefined ? {} : { dataSet }),
    ...(bitOrder === undefined ? {} : { bitOrder }),
    ...(acceptTrailing === undefined ? {} : { acceptTrailing }),
  };
}

function wholeNumber(text: string, least: number): number {
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= least) return number;
  throw new InvalidArgumentError(`an integer of at least ${least} is needed.`);
}
