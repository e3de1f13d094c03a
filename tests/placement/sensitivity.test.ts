import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeTubes, templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { fromU, normals, placeAll, studyTube, templateWith, twoModes } from './inMemory.ts';

function sensitivity(gate: string, u: readonly number[]) {
  const template = templateWith(['X'], [`{ name: Gate, parent: root, gate: ${gate} }`]);
  const { book, problems } = placeAll(template, [studyTube(template, 'a', { X: fromU(u) })]);
  return { edges: book.gates[0]?.sensitivity ?? [], codes: problems.map(({ code }) => code) };
}

describe('how much a count hangs on the edge of its gate', () => {
  it('is little in a valley, and nothing is said', () => {
    const { edges, codes } = sensitivity('{ method: valley, marker: X, keep: above }', twoModes(1, 8000, 1, 4));
    expect(edges.map(({ edge }) => edge)).toEqual(['X min']);
    expect(edges[0]?.percent).toBeLessThan(0.5);
    expect(codes).toEqual([]);
  });

  it('on the slope of a population is the hazard of a normal, and the gate is called a dial', () => {
    // The upper tenth of a normal of sd .5: density over tail at z = 1.2816 is 1.755, times .1 / .5.
    const { edges, codes } = sensitivity(
      '{ method: quantile, marker: X, keep: above, p: 0.9 }',
      normals(5, 8000, 2, 0.5),
    );
    expect(edges[0]?.percent).toBeGreaterThan(35.1 - 5);
    expect(edges[0]?.percent).toBeLessThan(35.1 + 5);
    expect(codes).toEqual(['gate.dial']);
  });

  it('is not asked of too few cells', () => {
    expect(sensitivity('{ method: quantile, marker: X, keep: above, p: 0.9 }', normals(5, 500, 2, 0.5)).edges).toEqual(
      [],
    );
  });

  it.skipIf(!hasTruth)('on a real ridge is that of a dial: the border of transitional cells', () => {
    const template = templateOf(join(import.meta.dirname, '..', '..', 'gating-templates', 'b-regulatory.yaml'));
    const { book } = placeTubes(template, [truthPath('bcell', 'bcell_pbmc_biir.fcs')]);
    const gate = book.gates.find(({ population }) => population.endsWith('/CD24hiCD38hi'));
    const border = gate?.sensitivity?.find(({ edge }) => edge === 'border');
    console.log(`border of transitional cells: ${border?.percent.toFixed(1)} % per 0.1 u`);
    expect(border?.percent).toBeGreaterThan(8);
  });
});
