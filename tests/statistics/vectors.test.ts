import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z as schema } from 'zod';
import { pairedTTest, tieTolerance } from '../../src/statistics/index.ts';
import { agreementDefinitions } from './agreementDefinitions.ts';
import { claimDefinition } from './claimDefinitions.ts';
import { compareWith, type Vector, VectorFile } from './compareVector.ts';
import { definitions as pairedDefinitions } from './vectorDefinitions.ts';
import { modelDefinitions } from './vectorModels.ts';
import { approximations, notOffered, silentTraps, traps, vectorPage } from './vectorRoles.ts';

const definitions = { ...pairedDefinitions, ...modelDefinitions, ...agreementDefinitions };

// Made by R 4.2.2 and confirmed a second way (scipy, exact enumeration); each vector names its command.
const file = VectorFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'stat_vectors.json'), 'utf8')),
);
// Made by claim_vectors.py beside it: scipy and plain enumeration.
const claims = VectorFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'claim_vectors.json'), 'utf8')),
);
const byId = new Map(file.vectors.map((vector) => [vector.id, vector]));

const List = schema.array(schema.number());
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

  test('the page of vectors is the one in docs, and its roles are those of the file', () => {
    const page = join(import.meta.dirname, '..', '..', 'docs', 'vectors.md');
    expect(vectorPage(file.vectors, claims.vectors)).toBe(readFileSync(page, 'utf8'));
    const inRole = (role: Vector['role']) => file.vectors.flatMap((one) => (one.role === role ? [one.id] : [])).sort();
    expect([...Object.keys(traps), ...silentTraps].sort()).toEqual(inRole('trap'));
    expect(Object.keys(approximations).sort()).toEqual(inRole('approximation'));
    const offered = inRole('definition').filter((id) => !(id in notOffered));
    expect(Object.keys(definitions).sort()).toEqual(offered);
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
    const { bl, m1 } = vectorOf('t.constant').input;
    const [from, to] = [List.parse(bl), List.parse(m1)];
    const constant = to.map((value, i) => value - (from[i] ?? Number.NaN));
    const tolerance = tieTolerance('percent', [...from, ...to]);
    const asked = { values: constant, tolerance, alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;
    expect(pairedTTest(asked)).toEqual({ status: 'not_estimable', reason: 'sd_zero' });
  });

  test.each(Object.entries(approximations))('%s: the exact p lies within its stated error', (id, error) => {
    const vector = vectorOf(id);
    const exact = definitions[vector.differs_from ?? '']?.(vector.input).p;
    expect(Math.abs(Number(exact) - Number(vector.result.p))).toBeLessThanOrEqual(error);
  });

  test('the Q of Friedman is the one of R, though its chi-square p is not ours', () => {
    const vector = vectorOf('friedman.chisq');
    const exact = definitions['friedman.exact']?.(vector.input).Q;
    expect(Math.abs(Number(exact) / Number(vector.result.Q) - 1)).toBeLessThan(1e-12);
  });

  test.each(claims.vectors.map((vector) => [vector.id, vector] as const))(
    '%s is met within its tolerance',
    (id, vector) => {
      const ours = claimDefinition(id)?.(vector.input);
      const { count, differences } = compareWith(vector.result, ours, vector);
      expect(differences).toEqual([]);
      compared += count;
    },
  );

  test('at least 850 numbers were compared', () => {
    expect(claims.vectors.length).toBeGreaterThanOrEqual(30);
    expect(compared).toBeGreaterThanOrEqual(850);
  });
});
