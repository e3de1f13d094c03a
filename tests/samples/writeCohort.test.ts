import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { inverse, Matrix } from 'ml-matrix';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CohortDesign, planCohort, type TubeDesign } from '../../samples/cohort.ts';
import { drawTube } from '../../samples/tube.ts';
import { encodeTube, writeCohort } from '../../samples/writeCohort.ts';
import { design } from './designs.ts';
import { readByOthers } from './foreignReader.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-samples-'));
  folders.push(folder);
  return folder;
}

/** Every file of a folder by its path with `/`. */
function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll(sep, '/'), readFileSync(path)]));
}

function written(change: Partial<CohortDesign>): ReadonlyMap<string, Buffer> {
  const folder = emptyFolder();
  expect(writeCohort(planCohort(design({ eventCount: 400, ...change })), folder, 'synthetic')).toBeUndefined();
  return filesOf(folder);
}

describe('a written cohort', () => {
  it('is the same to the byte for the same seed, and another for another seed', () => {
    const first = written({});
    const second = written({});
    const other = written({ seed: 912 });
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [path, bytes] of first) expect(bytes.equals(second.get(path) ?? Buffer.alloc(0)), path).toBe(true);
    expect(other.get('fcs/P01_BL.fcs')?.equals(first.get('fcs/P01_BL.fcs') ?? Buffer.alloc(0))).toBe(false);
  });

  it('holds study, sheet, one FCS file and one table of events a tube, counts and design', () => {
    const files = written({});
    expect([...files.keys()].filter((path) => path.endsWith('.fcs'))).toHaveLength(16);
    expect([...files.keys()].filter((path) => path.startsWith('truth/events/'))).toHaveLength(16);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['study.yaml', 'sheet.csv', 'truth/cohort.json', 'truth/populations.csv']),
    );
    for (const [path, bytes] of files) {
      if (path.startsWith('truth/events/')) expect(bytes.toString().trimEnd().split('\n')).toHaveLength(401);
    }
    const counts = files.get('truth/populations.csv')?.toString().trimEnd().split('\n') ?? [];
    expect(counts[0]).toBe('sample_id,population,parent,count,parent_count');
    expect(counts).toHaveLength(1 + 16 * 17);
  });

  it('plans the transient family only where there is a month 6', () => {
    const families = (files: ReadonlyMap<string, Buffer>): string[] =>
      parse(files.get('study.yaml')?.toString() ?? '').families.map((family: { id: string }) => family.id);
    expect(families(written({}))).toEqual(['regulatory', 'lineages']);
    expect(families(written({ visits: ['BL', 'M1', 'M6'] }))).toEqual(['regulatory', 'transient', 'lineages']);
  });

  it('replaces a cohort of its own, and refuses a folder with anything else in it', () => {
    const folder = emptyFolder();
    const few = planCohort(design({ eventCount: 400, visits: ['BL'] }));
    expect(writeCohort(planCohort(design({ eventCount: 400 })), folder, 'synthetic')).toBeUndefined();
    expect(writeCohort(few, folder, 'synthetic')).toBeUndefined();
    expect(readdirSync(join(folder, 'fcs'))).toHaveLength(8);
    const strange = emptyFolder();
    writeFileSync(join(strange, 'thesis.docx'), 'years of work');
    expect(writeCohort(few, strange, 'synthetic')).toMatch(/choose an empty folder/);
    expect(readdirSync(strange)).toEqual(['thesis.docx']);
  });
});

describe('an FCS file of the cohort', () => {
  const cohort = planCohort(design({ eventCount: 500 }));
  const bytesOf = (index: number) => encodeTube(cohort, drawTube(cohort, cohort.tubes[index] as TubeDesign));

  it('has the same keywords at every visit, and none that tells a label, a subject or a visit', () => {
    const [baseline, month1] = [0, 1].map((index) => readByOthers(bytesOf(index)).keywords);
    expect(month1).toEqual(baseline);
    const text = JSON.stringify(baseline);
    expect(text).not.toMatch(/P01|\bBL\b|\bM1\b|naive|transitional|doublet|effect/i);
    expect(baseline?.['CYTOPAIR SYNTHETIC']).toBeDefined();
    expect(baseline?.$TOT).toBe('500');
  });

  it('names every marker of the panel once, as a token of its own', () => {
    const { keywords } = readByOthers(bytesOf(0));
    const stains = Array.from({ length: 18 }, (_, index) => keywords[`$P${index + 1}S`] ?? '').filter(Boolean);
    const first = stains.map((stain) => stain.split(' ')[0]);
    const panel = 'Viability CD45 CD3 CD4 CD8 CD19 CD20 CD14 CD16 CD56 CD24 CD38 CD27 IgD';
    expect(first.join(' ')).toBe(panel);
  });

  it('carries a spillover matrix that can be solved, over the fluorescence channels', () => {
    const { keywords } = readByOthers(bytesOf(0));
    const cells = (keywords.$SPILLOVER ?? '').split(',');
    const size = Number(cells[0]);
    expect(size).toBe(14);
    const names = Array.from({ length: 18 }, (_, index) => keywords[`$P${index + 1}N`] ?? '');
    expect(cells.slice(1, 1 + size)).toEqual(names.slice(3, 17));
    const matrix = Matrix.from1DArray(size, size, cells.slice(1 + size).map(Number));
    const identity = matrix.mmul(inverse(matrix));
    for (let row = 0; row < size; row++) {
      expect(matrix.get(row, row)).toBe(1);
      for (let column = 0; column < size; column++) {
        expect(Math.abs(identity.get(row, column) - (row === column ? 1 : 0))).toBeLessThan(1e-12);
      }
    }
  });

  it('holds the drawn values, as a foreign reader finds them', () => {
    const tube = drawTube(cohort, cohort.tubes[2] as TubeDesign);
    const { rows } = readByOthers(encodeTube(cohort, tube));
    expect(rows).toHaveLength(500);
    for (const [event, row] of rows.entries()) expect(row).toEqual(tube.columns.map((column) => column[event]));
  });
});

describe('the tiny study of the repository', () => {
  it('is what its seed makes', () => {
    const folder = emptyFolder();
    writeCohort(
      planCohort(design({ seed: 7, eventCount: 4000, shift: { CD24: 0, CD38: 0 } })),
      folder,
      'synthetic-islands',
    );
    const kept = filesOf(join(import.meta.dirname, '..', '..', 'samples', 'tiny'));
    const made = filesOf(folder);
    expect([...kept.keys()]).toEqual([...made.keys()]);
    for (const [path, bytes] of made) expect(bytes.equals(kept.get(path) ?? Buffer.alloc(0)), path).toBe(true);
    const size = [...kept.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(size).toBeLessThan(8e6);
  });
});
