import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeScale } from '../../src/scale/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

// FlowJo's own lookup table, as the FlowKit project holds it, printed with six digits.
const table = 'flowjo_biex_table_l256_w-7.943282_n1_m4.41854_r262144.csv';
const halfOfSixthDigit = 5e-6;

describe.skipIf(!hasTruth)("FlowJo's biexponential table", () => {
  it('has the same raw value at each of its 4,096 channels', () => {
    const lines = readFileSync(truthPath('truth', table), 'utf8').trim().split('\n').slice(1);
    const biex = makeScale({
      kind: 'biex',
      channelRange: 4096,
      positive: 4.41854,
      negative: 1,
      widthBasis: -7.943282,
      maxValue: 262144,
    });
    let compared = 0;
    for (const line of lines) {
      const [channel = Number.NaN, raw = Number.NaN] = line.split(',').map(Number);
      expect(Math.abs(biex.inverse(channel) - raw)).toBeLessThanOrEqual(
        halfOfSixthDigit * Math.max(0.1, Math.abs(raw)),
      );
      compared++;
    }
    console.log(`compared ${compared} nodes of FlowJo's table`);
    expect(compared).toBe(4096);
  });
});
