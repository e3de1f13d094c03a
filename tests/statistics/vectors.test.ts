import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agreementDefinitions } from './agreementDefinitions.ts';
import { compareWith, type Vector, VectorFile } from './compareVector.ts';
import { definitions as pairedDefinitions } from './vectorDefinitions.ts';
import { modelDefinitions } from './vectorModels.ts';

const definitions = { ...pairedDefinitions, ...modelDefinitions, ...agreementDefinitions };

// Made by R 4.2.2 and confirmed a second way (scipy, exact enumeration); each vector names its command.
const file = VectorFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'stat_vectors.json'), 'utf8')),
);
const byId = new Map(file.vectors.map((vector) => [vector.id, vector]));

/** What a package prints and is wrong: the definition beside it must differ from it. */
const traps: Readonly<Record<string, string>> = {
  'wsr.C.normal': 'p',
  'wsr.D.normal': 'p',
  'wsr.F.raw': 'p',
  'wsr.G.raw': 'p',
  'hl.A.label': 'achieved',
  'hl.C.normal': 'estimate',
  'hl.D.dropped': 'estimate',
  'flip.F.naive': 'p',
  'es.dz.normal': 'dz_lower',
  'adj.missing.dropped': 'adjusted',
  'mcnemar.chisq': 'p',
  'lmm.complete_cases': 'p',
  'spearman.ties.t': 'p',
  'kendall.ties.normal': 'p',
  'mwu.ties.normal': 'p',
};

/** Traps in which the package gives no number: ours must. */
const silentTraps = ['t.Z.logit.raw', 't.constant'];

/** Vectors with a stated error, in p, around a definition. */
const approximations: Readonly<Record<string, number>> = {
  'flip.H.montecarlo': 0.0016,
  // Relative 0.5 of the chi-square p.
  'friedman.chisq': 0.5 * 0.0137005,
};

const notOffered: Readonly<Record<string, string>> = {
  'dist.tukey': 'studentised range: no method here needs it',
  'lmm.missing.KR': 'Kenward–Roger degrees of freedom',
};

let compared = 0;

function vectorOf(id: string): Vector {
  const vector = byId.get(id);
  if (!vector) throw new Error(`no vector ${id}`);
  return vector;
}

describe('statistics meet the vectors of R', () => {
  test('every vector has its place: met, shown different, or not offered', () => {
    const placed = [
      ...Object.keys(definitions),
      ...Object.keys(traps),
      ...silentTraps,
      ...Object.keys(approximations),
      ...Object.keys(notOffered),
    ];
    expect([...placed].sort()).toEqual([...byId.keys()].sort());
  });

  test.each(Object.keys(definitions))('%s is met within its tolerance', (id) => {
    const vector = vectorOf(id);
    const ours = definitions[id]?.(vector.input);
    const { count, differences } = compareWith(vector.result, ours, vector);
    expect(differences).toEqual([]);
    compared += count;
  });

  test.each(Object.entries(traps))(
    '%s: ours differs from what the package prints, and meets the definition',
    (id, field) => {
      const trap = vectorOf(id);
      const definition = definitions[trap.differs_from ?? ''];
      const ours = definition?.(trap.input);
      expect(ours?.[field]).toBeDefined();
      expect(compareWith({ [field]: trap.result[field] }, ours, { ...trap, rtol: 1e-6 }).differences).not.toEqual([]);
    },
  );

  test('a tube without events and a constant difference get an answer where R stops', () => {
    for (const id of silentTraps) expect(vectorOf(id).result).toHaveProperty('error');
    const z = vectorOf('t.Z.logit.raw');
    expect(definitions['t.Z.logit']?.(z.input)).toMatchObject({ p: expect.any(Number) });
  });

  test.each(Object.entries(approximations))('%s: the exact p lies within its stated error', (id, error) => {
    const vector = vectorOf(id);
    const exact = definitions[vector.differs_from ?? '']?.(vector.input).p;
    expect(Math.abs(Number(exact) - Number(vector.result.p))).toBeLessThanOrEqual(error);
  });

  test('at least 700 numbers were compared', () => {
    expect(compared).toBeGreaterThanOrEqual(700);
  });
});
