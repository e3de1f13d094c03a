import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FcsFile, FcsParameter } from '../../src/fcs/tools.ts';
import { bytesSource, readColumns, readRows } from '../../src/fcs/tools.ts';

type ByteOrder = FcsFile['layout']['byteOrder'];
const order: fc.Arbitrary<ByteOrder> = fc.oneof(
  fc.constant<ByteOrder>({ kind: 'little' }),
  fc.constant<ByteOrder>({ kind: 'big' }),
  fc.constant<ByteOrder>({ kind: 'mixed', places: [3, 4, 1, 2] }),
);
type Stored = Pick<FcsParameter, 'dataType' | 'bits'>;
const float: fc.Arbitrary<Stored> = fc.constant({ dataType: 'F', bits: 32 });
const anyType: fc.Arbitrary<Stored> = fc.oneof(
  float,
  fc.constant<Stored>({ dataType: 'D', bits: 64 }),
  fc.constantFrom(8, 10, 16, 20, 24, 32, 64).map((bits): Stored => ({ dataType: 'I', bits })),
  fc.constant<Stored>({ dataType: 'A', bits: 40 }),
);
const traits = fc.record({
  maskBits: fc.integer({ min: 1, max: 64 }),
  decades: fc.constantFrom(0, 0, 4),
  gain: fc.constantFrom(undefined, 1, 2.5),
});
type Traits = Pick<FcsParameter, 'maskBits' | 'gain'> & { readonly decades: number };
const parametersOf = (types: fc.Arbitrary<Stored>) => fc.array(fc.tuple(types, traits), { minLength: 1, maxLength: 6 });
const anyFile = fc.record({
  // Mixed orders are of 32-bit words: other widths have none.
  drawn: fc.oneof(
    fc.record({ types: parametersOf(float), byteOrder: order }),
    fc.record({ types: parametersOf(anyType), byteOrder: order.filter(({ kind }) => kind !== 'mixed') }),
  ),
  eventCount: fc.constantFrom(0, 1, 7, 63, 64, 65, 200),
  blockEvents: fc.constantFrom(8, 64, 4096),
  seed: fc.integer(),
  amplification: fc.constantFrom('stored' as const, 'linear' as const, 'gating-ml' as const),
});

function fileOf(types: readonly (readonly [Stored, Traits])[], byteOrder: ByteOrder, eventCount: number): FcsFile {
  let bitOffset = 0;
  const parameters = types.map(([{ dataType, bits }, { maskBits, decades, gain }], i): FcsParameter => {
    const own: FcsParameter = {
      index: i + 1,
      name: `P${i + 1}`,
      stain: undefined,
      dataType,
      bits,
      bitOffset,
      maskBits: dataType === 'I' ? Math.min(bits, maskBits) : bits,
      rangeText: '1024',
      range: 1024,
      amplification: { decades, offset: 1 },
      gain,
      voltage: undefined,
      isTime: false,
    };
    bitOffset += bits;
    return own;
  });
  return {
    name: 'a.fcs',
    version: 'FCS3.1',
    keywords: new Map(),
    parameters,
    dataType: 'F',
    eventCount,
    dataSet: 1,
    dataSetCount: 1,
    partial: false,
    layout: { offsetBytes: 11, lengthBytes: Math.ceil((eventCount * bitOffset) / 8), eventBits: bitOffset, byteOrder },
    analysis: undefined,
    problems: [],
  };
}

/** Bytes of any pattern; digits where text is kept. */
function bytesOf(file: FcsFile, seed: number): Uint8Array {
  let state = seed | 1;
  const isText = file.parameters.some(({ dataType }) => dataType === 'A');
  return Uint8Array.from({ length: 11 + file.layout.lengthBytes }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const byte = state >>> 24;
    return isText && byte < 200 ? 48 + (byte % 10) : byte;
  });
}

describe('events in blocks of rows', () => {
  it('are the values of the columns, bit for bit, in every type, width and byte order', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyFile, ({ drawn: { types, byteOrder }, eventCount, blockEvents, seed, amplification }) => {
        const file = fileOf(types, byteOrder, eventCount);
        const bytes = bytesOf(file, seed);
        const before = bytes.slice();
        const source = bytesSource('a.fcs', bytes);
        const indices = [...file.parameters.map(({ index }) => index).reverse(), 1];
        const { columns } = readColumns(source, file, indices, { amplification });
        const rows = columns.map(() => new Float64Array(eventCount));
        let seenBytes = 0;
        readRows(
          source,
          file,
          { indices, blockEvents, amplification, onBytes: (part) => (seenBytes += part.length) },
          (block) => {
            for (const [c, out] of rows.entries()) {
              for (let e = 0; e < block.eventCount; e++) {
                out[block.firstEvent + e] = block.data[e * block.width + (block.offsets[c] ?? 0)] ?? 0;
              }
            }
          },
        );
        expect(rows).toEqual(columns);
        expect(seenBytes).toBe(file.layout.lengthBytes);
        expect(bytes).toEqual(before);
        compared += eventCount * indices.length;
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(10_000);
  });
});
