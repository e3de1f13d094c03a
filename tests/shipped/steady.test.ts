import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SteadyKind, steadyParts } from '../../bench/steadyParts.ts';
import { steadinessOf } from '../../bench/steadyTable.ts';
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
    const study = (kind: SteadyKind) =>
      steadyParts(whole, template, { seed: 101, kind, populations: [TRANSITIONAL, MEMORY] });
    const still = study('null');
    const transitional = steadinessOf(still.get(TRANSITIONAL)!);
    const memory = steadinessOf(still.get(MEMORY)!);
    expect(transitional.sd).toBeLessThan(0.04);
    expect(memory.sd).toBeLessThan(mostMemory);
    expect([transitional.off, memory.off]).toEqual([0, 0]);
    // One study; ten lie within .02 on the mean.
    expect(Math.abs(transitional.logFold)).toBeLessThan(0.04);
    expect(Math.abs(memory.logFold)).toBeLessThan(0.04);
    expect(Math.exp(steadinessOf(study('effect').get(TRANSITIONAL)!).logFold)).toBeGreaterThan(0.94);
  });
});
