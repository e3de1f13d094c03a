import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { packedRows } from './buildFcs.ts';
import { corpusPaths } from './corpusFiles.ts';
import { integerFile, populations, type Rows } from './soundFiles.ts';

type Order = 'little' | 'big';

/** Ten-bit values packed in an order, under the $BYTEORD of either. */
function packed(rows: Rows, bits: number, order: Order, byteOrder: Order = order): Uint8Array {
  const widths = (rows[0] ?? []).map(() => bits);
  const keywords = { $BYTEORD: byteOrder === 'little' ? '1,2,3,4' : '4,3,2,1' };
  return integerFile(widths, { rows, data: packedRows(rows, bits, order), keywords });
}

/** What becomes of it: the right values, others, or a refusal. */
function outcomeOf(bytes: Uint8Array, rows: Rows): 'right' | 'refused' | 'wrong' {
  const source = bytesSource('packed.fcs', bytes);
  const { value: file } = readFcs(source);
  if (file === undefined) return 'refused';
  const indices = file.parameters.map(({ index }) => index);
  const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
  const isRight = columns.every((column, c) => column.every((value, event) => value === rows[event]?.[c]));
  return isRight && file.eventCount === rows.length ? 'right' : 'wrong';
}

describe('the order of packed bits', () => {
  const orders = ['little', 'big'] as const;
  const widths = [9, 10, 11, 12, 14, 20];

  test.each(widths.flatMap((bits) => orders.map((order) => [bits, order] as const)))(
    'of %i bits from the %s end is found by the values, whatever $BYTEORD says',
    (bits, order) => {
      const rows = populations(1_000, 5, bits);
      for (const byteOrder of orders) expect(outcomeOf(packed(rows, bits, order, byteOrder), rows)).toBe('right');
    },
  );

  test('is found beside channels that are constant, empty, or pile up at their end', () => {
    const rows = populations(1_000, 4, 10).map(([a = 0, b = 0, c = 0, d = 0]) => [
      a,
      0,
      Math.min(1023, b * 2),
      513,
      c,
      d,
    ]);
    for (const order of orders) expect(outcomeOf(packed(rows, 10, order), rows)).toBe('right');
  });

  test('is told with figures, and said to differ from $BYTEORD where it does', () => {
    const { problems } = readFcs(bytesSource('packed.fcs', packed(populations(1_000, 3, 10), 10, 'little', 'big')));
    expect(problems.find(({ code }) => code === 'fcs.bit-order')).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(
        /^values are packed from the low bit of each byte, as the values show, though \$BYTEORD "4,3,2,1" would mean the high bit: read from the low bit of each byte they take \d\.\d\d bits each to describe, from the high bit \d\.\d\d$/,
      ),
    });
  });

  test('is refused of noise, with the option that decides, and read as that says', () => {
    let state = 7;
    const noise = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor(state / 2 ** 11) % 1024;
    };
    const rows = Array.from({ length: 2_000 }, () => [noise(), noise(), noise()]);
    const source = bytesSource('noise.fcs', packed(rows, 10, 'big'));
    const { value, problems } = readFcs(source);
    expect(value).toBeUndefined();
    expect(problems.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'fcs.bit-order-unclear',
      hint: 'look at the values with --bit-order low and with --bit-order high, and keep the one that makes sense',
    });
    const file = readFcs(source, { bitOrder: 'high' }).value;
    if (file === undefined) throw new Error('the file is refused though its order was named');
    const { columns } = readColumns(source, file, [1, 2, 3], { amplification: 'stored' });
    expect(columns.map((column) => column[1_999])).toEqual(rows[1_999]);
  });

  test('of values that are the same in both orders is no question', () => {
    const rows = Array.from({ length: 20 }, () => [0, 0, 0]);
    expect(outcomeOf(packed(rows, 10, 'little'), rows)).toBe('right');
  });

  test('is never found wrong of two populations, wherever they lie', () => {
    const channel = fc.record({
      first: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      second: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    });
    const file = fc.record({
      channels: fc.array(channel, { minLength: 2, maxLength: 6 }),
      bits: fc.constantFrom(9, 10, 12),
      order: fc.constantFrom<Order>('little', 'big'),
    });
    fc.assert(
      fc.property(file, ({ channels, bits, order }) => {
        const top = 2 ** bits - 1;
        const around = populations(200, channels.length, 16);
        const rows = around.map((row, event) =>
          row.map((value, c) => {
            const centre = (event % 3 === 0 ? channels[c]?.first : channels[c]?.second) ?? 0.5;
            return Math.max(0, Math.min(top, Math.floor(top * (centre + 0.3 * (value / 65_536 - 0.5)))));
          }),
        );
        expect(outcomeOf(packed(rows, bits, order), rows)).not.toBe('wrong');
      }),
      { numRuns: 60 },
    );
  });

  test.skipIf(!hasTruth)(
    'of real ten-bit values packed either way is found or refused, never taken wrongly',
    { timeout: 60_000 },
    () => {
      const tally = { right: 0, refused: 0, wrong: 0 };
      for (const path of corpusPaths()) {
        const rows = tenBitRows(path);
        if (rows.length === 0) continue;
        for (const order of orders) tally[outcomeOf(packed(rows, 10, order), rows)]++;
      }
      console.log(`real ten-bit files packed both ways: ${JSON.stringify(tally)}`);
      expect(tally.wrong).toBe(0);
      expect(tally.right).toBeGreaterThanOrEqual(20);
    },
  );
});

/** Up to 1,000 events of a file all of whose channels are integers below 1,024; none of any other. */
function tenBitRows(path: string): Rows {
  const source = openFile(truthPath(path));
  try {
    const { value: file } = readFcs(source, { dataSet: 1 });
    if (file === undefined || file.eventCount < 100) return [];
    const channels = file.parameters.filter(({ dataType, maskBits }) => dataType === 'I' && maskBits <= 10).slice(0, 5);
    if (channels.length < 3) return [];
    const indices = channels.map(({ index }) => index);
    const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
    const count = Math.min(1_000, file.eventCount);
    return Array.from({ length: count }, (_, event) => columns.map((column) => column[event] ?? 0));
  } finally {
    source.close();
  }
}
