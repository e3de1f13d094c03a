import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFile, importGates } from '../../src/commands/index.ts';
import { readOpenCyto } from '../../src/foreign/index.ts';
import { gate } from '../../src/pipeline/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'opencyto-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'alias,pop,parent,dims,gating_method,gating_args,collapseDataForGating,groupBy,preprocessing_method,preprocessing_args';
const read = (...rows: readonly string[]) =>
  readOpenCyto(new TextEncoder().encode([header, ...rows].join('\n')), 'template.csv').value!;

describe('openCyto templates', () => {
  test('signs on one dimension, on two, and by stars', () => {
    const { paths, left } = read(
      'cells,+,root,FSC-A,mindensity,,,,,',
      '*,+/-,cells,CD3,mindensity,,,,,',
      '*,-/++/-,CD3+,"CD4,CD8",mindensity,,,,,',
      'Mem,CD45RA-CCR7+,CD4+CD8-,"CD45RA,CCR7",mindensity,,,,,',
    );
    expect(left).toEqual([]);
    expect(paths).toEqual([
      'cells',
      'cells/CD3+',
      'cells/CD3-',
      'cells/CD3+/CD4-CD8+',
      'cells/CD3+/CD4-CD8-',
      'cells/CD3+/CD4+CD8+',
      'cells/CD3+/CD4+CD8-',
      'cells/CD3+/CD4+CD8-/Mem',
    ]);
  });

  test('each method by its counterpart, with its arguments', () => {
    const { text } = read(
      'edge,+,root,"FSC-A,SSC-A",boundary,"max = c(250000, 250000)",,,,',
      'big,+,edge,FSC-A,gate_mindensity,"gate_range = c(50000, 100000)",,,,',
      'one,+,big,"FSC-A,FSC-H",singletGate,,,,,',
      'lymph,+,one,"FSC-A,SSC-A",flowClust,"K=3,target=c(1e5,5e4),quantile=0.95",,,,',
      'live,-,lymph,Live,tailgate,,,,,',
      'pos,+,live,IL2,quantileGate,probs = 0.995,,,,',
      'act,+,live,CD38,flowClust,"neg=1,pos=2",,,,',
    );
    expect(text).toContain('{ method: boundary, markers: ["FSC-A", "SSC-A"] }'.replaceAll('"', ''));
    expect(text).toContain(
      'method: valley, marker: FSC-A, keep: above, range: [6.502, 7.195], fallback: { at: 6.502 }',
    );
    expect(text).toContain('method: singlets, area: FSC-A, height: FSC-H');
    expect(text).toContain('components: 3, target: { nearest: [7.195, 6.502] }, radius: 2.448');
    expect(text).toContain('method: tail, marker: Live, keep: below, side: right');
    expect(text).toContain('method: quantile, marker: IL2, keep: above, p: 0.995');
    expect(text).toContain('method: mixture, marker: CD38, keep: above, family: student, components: 3, border: 1');
  });

  test('references take cuts, combinations name populations, whatever the order of their names', () => {
    const { text, left } = read(
      'a,+,root,IgD,mindensity,,,,,',
      'b,+,root,CD27,mindensity,,,,,',
      'naive,+-,root,"IgD,CD27",refGate,b:a,,,,',
      'rest,+,root,,boolGate,!naive&a|b,,,,',
    );
    expect(left).toEqual([]);
    expect(text).toContain('cuts: [{ marker: IgD, keep: above, from: a }, { marker: CD27, keep: below, from: b }]');
    expect(text).toContain('of: { or: ["rest (part)", b] }');
    expect(text).toContain('of: { and: [{ not: naive }, a] }');
  });

  test('what has no counterpart is named with what stands on it, and nothing else is lost', () => {
    const { paths, left } = read(
      'a,+,root,A,myPlugin,,,,,',
      'b,+,a,B,mindensity,,,,,',
      'c,+,root,C,mindensity,adjust = 2,TRUE,4,warpSet,',
    );
    expect(paths).toEqual(['c']);
    expect(left.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(read('c,+,root,C,mindensity,adjust = 2,TRUE,4,warpSet,').notes.map(({ says }) => says)).toEqual([
      'without adjust = 2',
      'without preprocessing by warpSet',
      'groups of 4 tubes drawn at random there, pooled over the study here',
    ]);
  });

  test.skipIf(!hasTruth)('published templates become templates without a mistake', () => {
    const files = readdirSync(truthPath('opencyto')).filter((name) => name !== 'flowcap3_gt-preprocess.csv');
    const counts = files.map((name) => {
      const out = join(folder, name);
      const outcome = importGates({ path: truthPath('opencyto', name), format: 'opencyto' }, { out });
      expect([name, outcome.exit, checkFile(join(out, 'template.yaml')).problems]).toEqual([name, 0, []]);
      return [...readFileSync(join(out, 'template.yaml'), 'utf8').matchAll(/- name:/g)].length;
    });
    expect(counts.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(220);
  });

  // What openCyto itself counted in these events. IgD on these cells is one broad mode: where it is cut there is the doing of
  // a prior over that study, which a template does not hold; 42 CD20- B cells are too few to cut.
  test.skipIf(!hasTruth)(
    'the B-cell template on one tube: lineages and memory within 5 % of openCyto’s own counts',
    async () => {
      const out = join(folder, 'bcell');
      importGates({ path: truthPath('opencyto', 'opencyto_bcell.csv'), format: 'opencyto' }, { out });
      const tube = truthPath('bcell', 'bcell_pbmc_nhlbi_half.fcs');
      const run = join(folder, 'bcell-run');
      const options = { threads: 0, quiet: true, fresh: false, membership: false, reading: {} };
      await gate(join(out, 'template.yaml'), [tube], { ...options, out: run, signal: new AbortController().signal });
      const ours = countsOf(join(run, 'frequencies.csv'), 'population', ',');
      const theirs = countsOf(truthPath('truth', 'bcell_pbmc_nhlbi_half_counts.csv'), 'population', ',');
      const same = { CD19CD20: 'CD19andCD20' };
      const names = [
        'boundary',
        'nonDebris',
        'lymph',
        'Live',
        'CD3gate',
        'CD19gate',
        'CD20gate',
        'CD3',
        'CD19',
        'CD20',
        'CD27gate',
      ];
      const off = [...names, ...Object.keys(same)].map((name) => {
        const stored = theirs.get(name) ?? theirs.get(Object.entries(same).find(([own]) => own === name)?.[1] ?? '');
        return [name, Math.abs(ours.get(name)! / stored! - 1)] as const;
      });
      expect(off.filter(([, share]) => !(share <= 0.05))).toEqual([]);
      expect(off).toHaveLength(12);
    },
  );

  test('a table without the columns is refused by their names, and nothing is written', () => {
    const path = join(folder, 'other.csv');
    writeFileSync(path, 'alias,pop,parent\na,+,root\n');
    const outcome = importGates({ path, format: 'opencyto' }, { out: join(folder, 'other') });
    expect(outcome.exit).toBe(2);
    expect(outcome.problems.map(({ message }) => message).join()).toContain('"gating_method" is missing');
  });
});

/** Counts by the last name of a population's path. */
function countsOf(path: string, column: string, separator: string): ReadonlyMap<string, number> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const [name, count] = [column, 'count'].map((one) => header.split(separator).indexOf(one));
  const rows = lines.map((line) => line.split(separator));
  return new Map(rows.map((row) => [row[name!]!.split('/').at(-1)!, Number(row[count!])]));
}
