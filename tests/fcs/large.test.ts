import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ByteSource, openFile, readColumns, readFcs, surveyEvents, writeEvents } from '../../src/fcs/index.ts';
import { ownFolder } from '../cli/cytopair.ts';
import { floatRows } from './buildFcs.ts';
import { floatFile, type Rows, rows } from './soundFiles.ts';

const mebibyte = 2 ** 20;

/** A file that exists by its size only: its first bytes, zeros, and some bytes at a place. No disk, no memory. */
function sparse(
  sizeBytes: number,
  head: Uint8Array,
  at = sizeBytes,
  there: Uint8Array = new Uint8Array(0),
): ByteSource & { longest: number } {
  const zeros = new Uint8Array(16 * mebibyte);
  const source = {
    name: 'sparse.fcs',
    sizeBytes,
    longest: 0,
    read(offsetBytes: number, lengthBytes: number): Uint8Array {
      const length = Math.max(0, Math.min(lengthBytes, sizeBytes - offsetBytes));
      source.longest = Math.max(source.longest, length);
      if (offsetBytes >= head.length && offsetBytes + length <= at) return zeros.subarray(0, length);
      const bytes = new Uint8Array(length);
      if (offsetBytes < head.length) bytes.set(head.subarray(offsetBytes, offsetBytes + length));
      const begun = Math.max(0, offsetBytes - at);
      const place = Math.max(0, at - offsetBytes);
      if (place < length) bytes.set(there.subarray(begun, begun + length - place), place);
      return bytes;
    },
  };
  return source;
}

/** HEADER and TEXT of a file of three 32-bit floats whose DATA is elsewhere, with these offsets and this $TOT. */
function headFor(begin: number, end: number, eventCount: number, header: [number, number] = [0, 0]): Uint8Array {
  const whole = floatFile({
    rows: [],
    tail: new Uint8Array(0),
    keywords: { $TOT: String(eventCount), $P1S: 'CD3', $P2S: 'CD4', $P3S: 'CD8' },
    header: (p) => [58, p.textEnd, ...header, 0, 0],
    offsets: () => [begin, end],
  });
  return whole;
}

function valuesOf(source: ByteSource): { values: Rows; codes: string[] } {
  const { value: file, problems } = readFcs(source);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  const { columns } = readColumns(source, file, [1, 2, 3]);
  const values = Array.from({ length: file.eventCount }, (_, i) => columns.map((column) => column[i] as number));
  return { values, codes: problems.filter((one) => one.severity !== 'note').map((one) => one.code) };
}

describe('files beyond 4 GiB', () => {
  const begin = 5_000_000_000;
  const data = floatRows(rows, [32, 32, 32]);

  test('DATA that begins at byte 5,000,000,000 of a file on the disk is read, value for value', ({ skip }) => {
    const folder = ownFolder();
    try {
      const path = join(folder.path, 'large.fcs');
      const descriptor = openSync(path, 'w');
      try {
        writeSync(descriptor, headFor(begin, begin + data.length - 1, rows.length), 0);
        ftruncateSync(descriptor, begin + data.length);
        writeSync(descriptor, data, 0, data.length, begin);
      } catch (fault) {
        skip(`this file system holds no sparse file of 5 GB: ${String(fault)}`);
      } finally {
        closeSync(descriptor);
      }
      const source = openFile(path);
      expect(source.sizeBytes).toBe(begin + data.length);
      expect(valuesOf(source)).toEqual({ values: rows, codes: [] });
      source.close();
    } finally {
      folder.remove();
    }
  });

  test.each([169_993_256, 4_294_967_296 + 58, 9_000_012_345])(
    'HEADER holds the offset %i modulo 100,000,000: TEXT is used, and that is said',
    (place) => {
      const end = place + data.length - 1;
      const head = headFor(place, end, rows.length, [place % 1e8, end % 1e8]);
      expect(valuesOf(sparse(end + 1, head, place, data))).toEqual({
        values: rows,
        codes: ['fcs.header-offset-overflow'],
      });
    },
  );

  const eventCount = 450_000_000;
  const dataBytes = 12 * eventCount;
  const dataBegin = headFor(0, 0, 0).length + 9;
  const head = headFor(dataBegin, dataBegin + dataBytes - 1, eventCount);
  const huge = (): ReturnType<typeof sparse> => sparse(dataBegin + dataBytes + 8, head);

  test.each(['FCS3.1', 'FCS3.2'] as const)(
    '5.4 GB of events are written as %s with offsets that are right',
    (version) => {
      const source = huge();
      const file = readFcs(source).value;
      if (file === undefined) throw new Error('the sparse file is not read');
      expect(file.eventCount).toBe(eventCount);
      let writtenBytes = 0;
      let first = new Uint8Array(0);
      writeEvents({ source, file, events: 'all', version }, (bytes) => {
        if (writtenBytes === 0) first = bytes.slice();
        writtenBytes += bytes.length;
      });
      expect(Buffer.from(first.subarray(26, 42)).toString('latin1')).toBe('       0       0');
      expect(writtenBytes).toBe(first.length + dataBytes + 8);
      const { value: back, problems } = readFcs(sparse(writtenBytes, first));
      expect(problems.filter((one) => one.severity !== 'note')).toEqual([]);
      expect(back).toMatchObject({
        version,
        eventCount,
        layout: { offsetBytes: first.length, lengthBytes: dataBytes },
      });
    },
  );

  test('some events far behind 2^32 bytes are found where they are', () => {
    const last = dataBegin + dataBytes - 12;
    const source = sparse(dataBegin + dataBytes, head, last, floatRows([[7, 8, 9]], [32, 32, 32]));
    const file = readFcs(source).value;
    if (file === undefined) throw new Error('the sparse file is not read');
    const parts: Uint8Array[] = [];
    const events = Uint32Array.of(400_000_000, eventCount - 1);
    writeEvents({ source, file, events }, (bytes) => parts.push(bytes.slice()));
    const bytes = Buffer.concat(parts);
    expect(valuesOf(sparse(bytes.length, bytes)).values).toEqual([
      [0, 0, 0],
      [7, 8, 9],
    ]);
  });

  test('no more than 16 MiB are asked for at once, however large the file', () => {
    const source = huge();
    const file = readFcs(source).value;
    if (file === undefined) throw new Error('the sparse file is not read');
    surveyEvents(source, { ...file, eventCount: 1_000_000 });
    readColumns(source, { ...file, eventCount: 1_000_000 }, [2]);
    expect(source.longest).toBeLessThanOrEqual(16 * mebibyte);
  });
});
