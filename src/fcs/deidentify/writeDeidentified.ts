import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Problem } from '../../problems/index.ts';
import { type ByteSource, openFile } from '../byteSource.ts';
import type { FcsFile, FcsReadingOptions, Segment } from '../fcsFile.ts';
import { findingsOf } from '../findings.ts';
import { readFcs } from '../readFcs.ts';
import { noChecksum } from '../textSegment.ts';
import type { Deidentified, RemovedValue } from './deidentifiedHead.ts';
import { findRemoved, longestRemovedBytes } from './findRemoved.ts';
import { isAllowedKeyword } from './keptKeywords.ts';

const blockBytes = 1 << 20;

/**
 * Writes a file without persons and reads it back: its keywords are on the allow-list, its DATA is the old one byte for
 * byte, and no removed value is found in it. Only then it gets its name; memory is one block.
 * @param data where the events of the old file lie
 * @param alsoRemoved what else must not be found, such as the old file name and the subject
 * @returns problems with severity error where the file was not kept
 */
export function writeDeidentified(
  source: ByteSource,
  data: FcsFile['layout'],
  made: Deidentified,
  path: string,
  alsoRemoved: readonly RemovedValue[],
): readonly Problem[] {
  const draft = `${path}.partial`;
  try {
    const written = writeDraft(source, data, made.head, draft);
    // What a person decided about the bits of the old file holds for the same bytes.
    const reading = { bitOrder: data.byteOrder.kind === 'little' ? ('low' as const) : ('high' as const) };
    const removed = [...made.removed, ...alsoRemoved];
    const problems = verify({ path: draft, name: source.name, dataHash: written, reading }, removed);
    if (problems.some((found) => found.severity === 'error')) return problems;
    renameSync(draft, path);
    return problems;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @returns SHA-256 of DATA */
function writeDraft(source: ByteSource, data: Segment, head: Uint8Array, path: string): string {
  const hash = createHash('sha256');
  const descriptor = openSync(path, 'w');
  try {
    writeAll(descriptor, head);
    for (const block of blocksOf(source, data, 0)) {
      hash.update(block);
      writeAll(descriptor, block);
    }
    writeAll(descriptor, Buffer.from(noChecksum, 'latin1'));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}

/** @param overlapBytes how many bytes of the next block each block holds too */
function* blocksOf(source: ByteSource, { offsetBytes, lengthBytes }: Segment, overlapBytes: number) {
  for (let done = 0; done < lengthBytes; done += blockBytes) {
    const wanted = Math.min(blockBytes + overlapBytes, lengthBytes - done);
    const block = source.read(offsetBytes + done, wanted);
    if (block.length < wanted) throw new Error(`${source.name} became shorter while it was read`);
    yield block;
  }
}

interface Written {
  readonly path: string;
  readonly name: string;
  readonly dataHash: string;
  readonly reading: FcsReadingOptions;
}

function verify({ path, name, dataHash, reading }: Written, removed: readonly RemovedValue[]): readonly Problem[] {
  const findings = findingsOf(name);
  const refuse = (what: string) => findings.add('error', 'fcs.deidentify-failed', `${what}; no file was kept`);
  const source = openFile(path, name);
  try {
    const { value: file } = readFcs(source, reading);
    if (file === undefined) {
      refuse('the new file cannot be read');
      return findings.list;
    }
    const foreign = [...file.keywords.keys()].filter((key) => !isAllowedKeyword(key));
    if (foreign.length > 0) refuse(`${foreign.length} keywords of the new file are not on the list of allowed ones`);
    const hash = createHash('sha256');
    for (const block of blocksOf(source, file.layout, 0)) hash.update(block);
    if (hash.digest('hex') !== dataHash) refuse('the events of the new file are not those of the old one');
    reportFound(source, file.layout, removed, findings.add, refuse);
  } finally {
    source.close();
  }
  return findings.list;
}

// In event data a text of fewer characters than this can stand by chance.
const fewestInData = 8;

function reportFound(
  source: ByteSource,
  data: Segment,
  removed: readonly RemovedValue[],
  add: ReturnType<typeof findingsOf>['add'],
  refuse: (what: string) => void,
): void {
  const head = findRemoved(source.read(0, data.offsetBytes), removed);
  if (head.length > 0) refuse(`removed values are found in TEXT again: ${someKeywords(head)}`);
  const inData = new Set<string>();
  for (const block of blocksOf(source, data, longestRemovedBytes(removed))) {
    for (const keyword of findRemoved(block, removed)) inData.add(keyword);
  }
  const long = removed.filter(({ keyword, value }) => inData.has(keyword) && value.trim().length >= fewestInData);
  if (long.length > 0)
    refuse(`removed values are found in the event data: ${someKeywords(long.map((one) => one.keyword))}`);
  else if (inData.size > 0) {
    const what = `short removed values stand in the event data, perhaps by chance: ${someKeywords([...inData])}`;
    add('warning', 'fcs.deidentify-found-in-data', what);
  }
}

/** Keywords of vendors may hold a name themselves: only those of the standard are told. */
function someKeywords(keywords: readonly string[]): string {
  const told = keywords.filter(
    (keyword) => /^\$[A-Z_]+$/.test(keyword) || keyword === 'file name' || keyword === 'subject',
  );
  const others = keywords.length - told.length;
  return [...told.slice(0, 4), ...(others > 0 ? [`${others} of the vendor`] : [])].join(', ');
}
