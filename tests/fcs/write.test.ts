import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource, type FcsToWrite, writeFcs } from '../../src/fcs/tools.ts';

function readBack(bytes: Uint8Array): {
  file: NonNullable<ReturnType<typeof readFcs>['value']>;
  columns: Float64Array[];
} {
  const source = bytesSource('written.fcs', bytes);
  const { value: file, problems } = readFcs(source);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  expect(problems.filter((problem) => problem.severity !== 'note')).toEqual([]);
  return {
    file,
    columns: readColumns(
      source,
      file,
      file.parameters.map((p) => p.index),
    ).columns,
  };
}

const bitsOf = (column: Float32Array | Float64Array): bigint[] => [
  ...new BigUint64Array(Float64Array.from(column).buffer),
];

const word = fc.string({ unit: fc.constantFrom(...'aZ09 |/\\ÄµＣ-.'), minLength: 1, maxLength: 12 });
const name = fc.string({ unit: fc.constantFrom(...'aZ09-|/:'), minLength: 1, maxLength: 8 });
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _|';
const keyword = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 }).map((text) => `X${text}Z`);

/** A column of any finite or infinite numbers, as floats of so many bits. */
function columnOf(bits: 32 | 64, length: number): fc.Arbitrary<Float32Array | Float64Array> {
  const constraints = { minLength: length, maxLength: length, noNaN: true };
  return bits === 32 ? fc.float32Array(constraints) : fc.float64Array(constraints);
}

describe('writing', () => {
  test('what was written is read back, bit for bit, with names, stains and keywords', () => {
    const files = fc
      .record({
        width: fc.integer({ min: 1, max: 6 }),
        eventCount: fc.integer({ min: 0, max: 40 }),
        bits: fc.constantFrom(32 as const, 64 as const),
      })
      .chain(({ width, eventCount, bits }) =>
        fc.record({
          eventCount: fc.constant(eventCount),
          bits: fc.constant(bits),
          names: fc.uniqueArray(name, { minLength: width, maxLength: width }),
          stains: fc.array(word, { minLength: width, maxLength: width }),
          columns: fc.array(columnOf(bits, eventCount), { minLength: width, maxLength: width }),
          keywords: fc.dictionary(
            keyword,
            word.filter((text) => text.trim() !== ''),
            { maxKeys: 5 },
          ),
        }),
      );
    fc.assert(
      fc.property(files, ({ eventCount, bits, names, stains, columns, keywords }) => {
        const parameters = names.map((own, i) => ({ name: own, stain: stains[i] ?? '', range: 262144, bits }));
        const { file, columns: read } = readBack(writeFcs({ parameters, columns, eventCount, keywords }));
        expect(file.eventCount).toBe(eventCount);
        expect(file.parameters.map((parameter) => parameter.name)).toEqual(names);
        expect(file.parameters.map((parameter) => parameter.stain ?? '')).toEqual(stains.map((stain) => stain.trim()));
        expect(read.map(bitsOf)).toEqual(columns.map(bitsOf));
        for (const [key, value] of Object.entries(keywords)) expect(file.keywords.get(key)).toBe(value.trim());
      }),
      { numRuns: 150 },
    );
  });

  const one: FcsToWrite = {
    parameters: [{ name: 'FSC-A', range: 262144, extra: { V: '450', G: '1.0' } }],
    columns: [Float32Array.of(1, -2.5)],
    eventCount: 2,
  };

  test('voltage and gain given for a parameter are its keywords', () => {
    const { file } = readBack(writeFcs(one));
    expect(file.parameters[0]).toMatchObject({ voltage: '450', gain: 1, range: 262144 });
  });

  test('the same content gives the same bytes', () => {
    expect(writeFcs(one)).toEqual(writeFcs({ ...one }));
  });

  test('a file of 101 MB has no DATA offsets in HEADER, and is read', () => {
    const eventCount = 3_200_000;
    const columns = Array.from({ length: 8 }, (_, c) => new Float32Array(eventCount).fill(c));
    const parameters = columns.map((_, c) => ({ name: `P${c + 1}`, range: 1024 }));
    const bytes = writeFcs({ parameters, columns, eventCount });
    expect(Buffer.from(bytes.subarray(26, 42)).toString('latin1')).toBe('       0       0');
    const source = bytesSource('large.fcs', bytes);
    const { value: file, problems } = readFcs(source);
    expect(file?.eventCount).toBe(eventCount);
    expect(problems.filter((problem) => problem.severity !== 'note')).toEqual([]);
    if (file) expect(readColumns(source, file, [8]).columns[0]?.at(-1)).toBe(7);
  });

  test.each(['FCS3.0', 'FCS3.1', 'FCS3.2'] as const)('%s is written where asked for', (version) => {
    expect(readBack(writeFcs({ ...one, version, keywords: { $CYT: 'made' } })).file.version).toBe(version);
  });

  test('values that hold every delimiter are escaped and come back', () => {
    const keywords = { X: 'a|b/c\\d!e^f~g\fh\x1ei||j', Y: 'plain' };
    expect(readBack(writeFcs({ ...one, keywords })).file.keywords.get('X')).toBe(keywords.X);
  });

  test.each([
    ['a name with a comma', { ...one, parameters: [{ name: 'a,b', range: 1 }] }],
    ['an empty name', { ...one, parameters: [{ name: ' ', range: 1 }] }],
    ['a range of 0', { ...one, parameters: [{ name: 'a', range: 0 }] }],
    ['a column too short', { ...one, eventCount: 3 }],
    ['a keyword that describes layout', { ...one, keywords: { $TOT: '9' } }],
    ['an extra that describes layout', { ...one, parameters: [{ name: 'a', range: 1, extra: { B: '16' } }] }],
    ['3.2 without $CYT', { ...one, version: 'FCS3.2' as const }],
    ['no parameter', { ...one, parameters: [], columns: [] }],
  ])('%s is a fault of the caller', (_kind, what) => {
    expect(() => writeFcs(what)).toThrow(RangeError);
  });
});
