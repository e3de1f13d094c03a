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

// Limits a tenth above what was loaded when they were written: a library at the head of some file passes them at once. The
// build makes a few chunks of all modules, one a library: so both their number and what they weigh are looked at.
describe('a command loads no library that it does not use', () => {
  it.each([
    [
      '--help',
      ['--help'],
      6,
      151,
      ['picocolors', 'fastest-levenshtein', 'zod', 'yaml', 'csv-parse', 'piscina', ...placing, ...drawing],
    ],
    ['--version', ['--version'], 30, 854, ['piscina', ...placing, ...drawing]],
    ['methods', ['methods'], 50, 3009, ['piscina', ...placing, ...drawing]],
    ['inspect', ['inspect', tube], 52, 3500, ['piscina', ...placing, ...drawing]],
    ['gate of one tube', [...gate, '--threads', '0'], 66, 3300, ['piscina', ...drawing]],
  ])('%s', (_, words, most, mostKilobytes, unused) => {
    const { exit, urls, kilobytes, packages } = loadedModules(words, folder.path);
    expect(exit).toBe(0);
    expect(unused.filter((name) => packages.has(name))).toEqual([]);
    expect(urls.length).toBeLessThanOrEqual(most);
    expect(kilobytes).toBeLessThanOrEqual(mostKilobytes);
  });

  it('a thread that reads and counts tubes', () => {
    const { exit, urls, kilobytes, packages } = loadedModules([], folder.path, workerFile);
    expect(exit).toBe(0);
    expect([...placing, ...drawing, 'commander'].filter((name) => packages.has(name))).toEqual([]);
    expect(urls.length).toBeLessThanOrEqual(29);
    expect(kilobytes).toBeLessThanOrEqual(1946);
  });
});
