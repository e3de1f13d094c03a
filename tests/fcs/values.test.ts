import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ByteSource, type FcsReadingOptions, openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource, readBlocks } from '../../src/fcs/tools.ts';
import { floatRows, packedRows } from './buildFcs.ts';
import { floatFile, integerFile, type Rows, rows } from './soundFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'fcs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(source: ByteSource, options?: FcsReadingOptions): NonNullable<ReturnType<typeof readFcs>['value']> {
  const { value, problems } = readFcs(source, options);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

function columnsOf(bytes: Uint8Array, indices: number[], amplification?: 'stored' | 'linear'): number[][] {
  const source = bytesSource('made.fcs', bytes);
  const { columns } = readColumns(
    source,
    fileOf(source),
    indices,
    amplification === undefined ? {} : { amplification },
  );
  return columns.map((column) => [...column]);
}

describe('amplification', () => {
  const channels: Rows = [
    [0, 0, 0],
    [256, 100, 512],
    [1023, 1000, 1023],
  ];
  const log = { rows: channels, range: 1024, keywords: { $P1E: '4,1', $P2G: '2.0', $P3E: '2,0.01' } };

  test('channels of a log amplifier become 10^(f1 x / $PnR) f2, gain is not applied', () => {
    const [first, second, third] = columnsOf(integerFile([16, 16, 16], log), [1, 2, 3]);
    expect(first).toEqual([1, 10 ** ((4 * 256) / 1024), 10 ** ((4 * 1023) / 1024)]);
    expect(second).toEqual([0, 100, 1000]);
    expect(third).toEqual([0.01, 10 ** 1 * 0.01, 10 ** ((2 * 1023) / 1024) * 0.01]);
  });

  test('stored numbers are there for who asks for them', () => {
    expect(columnsOf(integerFile([16, 16, 16], log), [1, 3], 'stored')).toEqual([
      [0, 256, 1023],
      [0, 512, 1023],
    ]);
  });

  test('floats stay as they are, whatever $PnE says', () => {
    expect(columnsOf(floatFile({ keywords: { $P1E: '4,1' } }), [1])).toEqual([rows.map((row) => row[0])]);
  });

  test('a $PnE of 4,0 counts as 4,1', () => {
    const made = integerFile([16, 16, 16], { ...log, keywords: { $P1E: '4,0' } });
    expect(columnsOf(made, [1])[0]?.[1]).toBe(10);
  });
});

describe('columns', () => {
  test('are given in the order asked for, also twice', () => {
    const [c, a, again] = columnsOf(floatFile(), [3, 1, 3]);
    expect(a).toEqual(rows.map((row) => row[0]));
    expect(c).toEqual(rows.map((row) => row[2]));
    expect(again).toEqual(c);
  });

  test('an index that the file does not have is a fault of the caller', () => {
    expect(() => columnsOf(floatFile(), [4])).toThrow(RangeError);
    expect(() => columnsOf(floatFile(), [0])).toThrow(RangeError);
  });

  test.each([
    ['32-bit floats', 40_001, (many: Rows) => floatFile({ rows: many, data: floatRows(many, [32, 32, 32]) })],
    [
      '11-bit integers without padding',
      40_001,
      (many: Rows) => integerFile([11, 11, 11], { rows: many, data: packedRows(many, 11, 'little') }),
    ],
  ])('of %s in many blocks equal the same read in one', (_kind, count, make) => {
    const many = Array.from({ length: count }, (_, i) => [i % 2048, (i * 7) % 2048, (i * 31) % 2048]);
    const source = bytesSource('many.fcs', make(many));
    // Counters in step are no cells: what they look like in another order of bits is not the matter here.
    const file = fileOf(source, { bitOrder: 'low' });
    const blocks = [...readBlocks(source, file)];
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.every((block) => block.firstBit === 0 && block.eventCount <= 16_000)).toBe(true);
    expect(blocks.reduce((sum, block) => sum + block.eventCount, 0)).toBe(count);
    const { columns } = readColumns(source, file, [1, 2, 3]);
    for (const [c, column] of columns.entries()) {
      expect(column.findIndex((value, i) => value !== many[i]?.[c])).toBe(-1);
    }
  });

  test('a source that gives back less than before is a failure of the system, not a short tube', () => {
    const bytes = floatFile();
    const whole = bytesSource('made.fcs', bytes);
    const file = fileOf(whole);
    expect(() => readColumns(bytesSource('made.fcs', bytes.slice(0, -300)), file, [1])).toThrow('became shorter');
  });
});

describe('parameters', () => {
  test('carry what TEXT says of them', () => {
    const file = fileOf(
      bytesSource(
        'made.fcs',
        floatFile({ keywords: { $P1V: '450', $P1G: '2.5', $P2S: ' ', $P3N: 'Time', $TIMESTEP: '0.01', $P3R: '1e5' } }),
      ),
    );
    expect(file.parameters[0]).toMatchObject({
      index: 1,
      name: 'FSC-A',
      stain: 'marker 1',
      bits: 32,
      dataType: 'F',
      range: 262144,
      amplification: { decades: 0, offset: 0 },
      gain: 2.5,
      voltage: '450',
      isTime: false,
    });
    expect(file.parameters[1]?.stain).toBeUndefined();
    expect(file.parameters[2]).toMatchObject({ name: 'Time', isTime: true, rangeText: '1e5', range: 100_000 });
  });

  test('names are unique: P3 where missing, #2 for the second of two', () => {
    const made = floatFile({ keywords: { $P2N: 'FSC-A', $P3N: undefined } });
    expect(fileOf(bytesSource('made.fcs', made)).parameters.map((p) => p.name)).toEqual(['FSC-A', 'FSC-A#2', 'P3']);
  });
});

describe('files on disk', () => {
  /** DATA far into a file that takes no room on disk: a hole stands between TEXT and DATA. */
  function sparse(name: string, dataBegin: number, header: (end: number) => readonly (string | number)[]): string {
    const data = floatRows(rows, [32, 32, 32]);
    const end = dataBegin + data.length - 1;
    const head = floatFile({
      data: new Uint8Array(0),
      tail: new Uint8Array(0),
      offsets: () => [dataBegin, end],
      header: (places) => [58, places.textEnd, ...header(end), 0, 0],
    });
    const path = join(folder, name);
    writeFileSync(path, head);
    truncateSync(path, dataBegin);
    const descriptor = openSync(path, 'r+');
    writeSync(descriptor, data, 0, data.length, dataBegin);
    closeSync(descriptor);
    return path;
  }

  test.each([
    ['past byte 99,999,999, HEADER 0 0', 169_993_256, () => [0, 0], []],
    [
      'past byte 99,999,999, HEADER modulo 10^8',
      169_993_256,
      () => [69_993_256, 69_993_855],
      ['fcs.header-offset-overflow'],
    ],
    ['past byte 2^32', 5_000_000_000, () => [0, 0], []],
  ])('DATA %s is read', (_kind, dataBegin, header, codes) => {
    const source = openFile(sparse(`far-${dataBegin}-${codes.length}.fcs`, dataBegin, header));
    const { value: file, problems } = readFcs(source);
    expect(problems.map((problem) => problem.code)).toEqual(codes);
    if (file === undefined) throw new Error('not read');
    const { columns } = readColumns(source, file, [1, 2, 3]);
    source.close();
    expect(columns.map((column) => [...column])).toEqual([0, 1, 2].map((c) => rows.map((row) => row[c])));
  });

  test('problems name the file by its last part, or as it is to be shown', () => {
    const path = join(folder, 'cut.fcs');
    writeFileSync(path, floatFile().slice(0, 700));
    for (const [shown, expected] of [
      [undefined, 'cut.fcs'],
      ['tube 7', 'tube 7'],
    ] as const) {
      const source = openFile(path, shown);
      expect(readFcs(source).problems[0]?.where).toMatchObject({ file: expected, byte: expect.any(Number) });
      source.close();
    }
  });

  test('a folder is refused when it is opened', () => {
    expect(() => openFile(import.meta.dirname)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });

  test('reading past the end gives what there is', () => {
    const path = join(folder, 'short.fcs');
    writeFileSync(path, 'FCS3.1');
    const source = openFile(path);
    expect(source.read(4, 10)).toEqual(Uint8Array.of(46, 49));
    expect(source.read(50, 10)).toHaveLength(0);
    source.close();
    expect(bytesSource('x', Uint8Array.of(1, 2)).read(1, 5)).toEqual(Uint8Array.of(2));
  });
});
