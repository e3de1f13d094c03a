import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ownFolder, tinyStudy } from './cytopair.ts';
import { loadedModules, workerFile } from './loadedModules.ts';

const folder = ownFolder();
afterAll(() => folder.remove());
const tube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
const gate = ['gate', tube, '--template', 'shipped:lineages', '--out', 'out', '--quiet'];

/** Each a fifth of a second or more: what places gates, and what draws figures. */
const placing = ['ml-kmeans', 'ml-spectra-processing'];
const drawing = ['@observablehq/plot', 'linkedom', 'd3'];

// Limits a tenth above what was loaded when they were written: a library at the head of some file passes them at once.
describe('a command loads no library that it does not use', () => {
  it.each([
    [
      '--help',
      ['--help'],
      27,
      ['picocolors', 'fastest-levenshtein', 'zod', 'yaml', 'csv-parse', 'piscina', ...placing, ...drawing],
    ],
    ['--version', ['--version'], 225, ['piscina', ...placing, ...drawing]],
    ['methods', ['methods'], 420, ['piscina', ...placing, ...drawing]],
    ['inspect', ['inspect', tube], 1130, ['piscina', ...placing, ...drawing]],
    ['gate of one tube', [...gate, '--threads', '0'], 1340, ['piscina', ...drawing]],
  ])('%s', (_, words, most, unused) => {
    const { exit, urls, packages } = loadedModules(words, folder.path);
    expect(exit).toBe(0);
    expect(unused.filter((name) => packages.has(name))).toEqual([]);
    expect(urls.length).toBeLessThanOrEqual(most);
  });

  it('a thread that reads and counts tubes', () => {
    const { exit, urls, packages } = loadedModules([], folder.path, workerFile);
    expect(exit).toBe(0);
    expect([...placing, ...drawing, 'commander'].filter((name) => packages.has(name))).toEqual([]);
    expect(urls.length).toBeLessThanOrEqual(600);
  });
});
