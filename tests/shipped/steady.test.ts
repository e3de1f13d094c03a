import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SteadyKind, steadyParts } from '../../bench/steadyParts.ts';
import { type Steadiness, steadinessOf } from '../../bench/steadyTable.ts';
import { wholeTube } from '../../bench/wholeTube.ts';
import { templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';

// A law that needs no label: random thirds of one tube, each stained a little otherwise, hold the same blood.

const TRANSITIONAL = 'CD24hiCD38hi';
const MEMORY = 'CD27+CD38lo-CD24hi';
const template = templateOf(join(import.meta.dirname, '..', '..', 'gating-templates', 'b-regulatory.yaml'));

describe.skipIf(!hasTruth)('gates on random thirds of one real tube', () => {
  it.each([
    ['bcell_pbmc_nhlbi_half.fcs', 0.04],
    ['bcell_pbmc_biir.fcs', 0.07],
  ])('stand still on %s: no tube off, and half of the transitional cells are missed as half', (file, mostMemory) => {
    const whole = wholeTube(truthPath('bcell', file), template);
    const study = (kind: SteadyKind, seed: number) =>
      steadyParts(whole, template, { seed, kind, populations: [TRANSITIONAL, MEMORY] });
    const still = [101, 102, 103, 104, 105].map((seed) => study('null', seed));
    const [transitional, memory] = [TRANSITIONAL, MEMORY].map((name) => {
      const found = still.map((parts) => steadinessOf(parts.get(name)!));
      const meanOf = (value: 'sd' | 'off' | 'logFold') =>
        found.reduce((sum, one) => sum + one[value], 0) / still.length;
      return { sd: meanOf('sd'), off: meanOf('off'), logFold: meanOf('logFold') };
    }) as [Steadiness, Steadiness];
    expect(transitional.sd).toBeLessThan(0.04);
    expect(memory.sd).toBeLessThan(mostMemory);
    expect([transitional.off, memory.off]).toEqual([0, 0]);
    // Five studies; ten lie within .02 on the mean.
    expect(Math.abs(transitional.logFold)).toBeLessThan(0.03);
    expect(Math.abs(memory.logFold)).toBeLessThan(0.03);
    expect(Math.exp(steadinessOf(study('effect', 101).get(TRANSITIONAL)!).logFold)).toBeGreaterThan(0.94);
  });
});
