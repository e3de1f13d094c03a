import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agree } from '../../src/commands/index.ts';
import { analyze } from '../../src/pipeline/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readCsvText } from '../../src/tables/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { decimal, type ExactPair, exactHodgesLehmann, exactSignedRank } from './exactSignedRank.ts';

// Proportions of the HIPC/Lyoplate study (Finak 2016), three methods, seven centres, as its authors published them. The
// expected values come from exactSignedRank.ts, by counting with integers: R's own exact test stops at ties.
const published = truthPath('truth', 'flowcap3_hipc_lyoplate_proportions.tsv');
const panel = 'BCELL';
const key = 'subject: [center, file], visit: method, pct_parent: proportion';
const head = `cytopair: 1\nstudy: hipc\nvisits: [Manual, OpenCyto, flowDensity]\ninput: { columns: { ${key} }, unit: fraction }\n`;
const options = { threads: 0, quiet: true, fresh: false, membership: false, signal: new AbortController().signal };

/** The integers of `decimal` in a percentage point. */
const PER_POINT = 1e16;

interface Row {
  readonly [column: string]: string;
}

function rowsOf(path: string): Row[] {
  const table = readCsvText(readFileSync(path), path, []).value;
  if (table === undefined) throw new Error(path);
  return table.rows.map((row) => Object.fromEntries(table.header.map((name, i) => [name, row.cells[i] ?? ''])));
}

function cleaned() {
  const folder = mkdtempSync(join(tmpdir(), 'hipc-'));
  const table = join(folder, 'clean.tsv');
  const script = join(import.meta.dirname, 'cleanHipc.mjs');
  const said = execFileSync(process.execPath, [script, published, panel, table], { encoding: 'utf8' });
  return { folder, table, said, rows: rowsOf(table) };
}

function studyOf(populations: readonly string[]): string {
  const endpoints = populations.map((name) => `{ population: ${JSON.stringify(name)} }`).join(', ');
  const families = ['OpenCyto', 'flowDensity'].flatMap((method) =>
    ['percent', 'log-ratio'].map(
      (scale) =>
        `  - { id: ${method}-${scale}, comparison: ${method}-Manual, scale: ${scale}, sensitivity: [], endpoints: [${endpoints}] }\n`,
    ),
  );
  const comparisons = ['OpenCyto', 'flowDensity'].map(
    (method) => `{ id: ${method}-Manual, from: Manual, to: ${method} }`,
  );
  return `${head}comparisons: [${comparisons.join(', ')}]\nfamilies:\n${families.join('')}`;
}

/** By hand from the cleaned rows: both methods of each file, as exact decimals. */
function pairsOf(rows: readonly Row[], population: string, method: string): ExactPair[] {
  const own = rows.filter((row) => row.population === population);
  return own.flatMap((row) => {
    const same = (other: Row) => other.method === method && other.file === row.file && other.center === row.center;
    const other = row.method === 'Manual' ? own.find(same) : undefined;
    return other ? [{ from: decimal(row.proportion ?? ''), to: decimal(other.proportion ?? '') }] : [];
  });
}

describe.runIf(hasTruth)('the HIPC table', () => {
  test('as published it is refused with every fault, and nothing is written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hipc-'));
    writeFileSync(join(folder, 'study.yaml'), head.replace('[center, file]', '[center, sample, file]'));
    const out = join(folder, 'out');
    const { exit, problems, text } = await analyze(published, join(folder, 'study.yaml'), { ...options, out });
    expect([exit, text]).toEqual([2, '']);
    const counts: Record<string, number> = {};
    for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
    // 198 repeats, 72 rows without population whose value is above 1, 292 without value, 261 without file.
    expect(counts).toEqual({
      'input.columns': 1,
      'input.duplicate-row': 198,
      'input.missing-cell': 2,
      'input.no-value': 1,
      'input.out-of-range': 72,
    });
    expect(problems.find(({ code }) => code === 'input.no-value')?.message).toContain('291 more');
    const missing = problems.filter(({ code }) => code === 'input.missing-cell').map(({ message }) => message);
    expect(missing.join('\n')).toMatch(/71 more[\s\S]*260 more|260 more[\s\S]*71 more/);
    expect(printProblem(problems[0]!)).toContain('subject from "center" and "sample" and "file", visit from "method"');
  });

  test('one panel, cleaned: openCyto and flowDensity against manual gating, as exact counting has it', async () => {
    const { folder, table, said, rows } = cleaned();
    expect(said).toMatch(/rows kept\n/);
    const populations = [...new Set(rows.map((row) => row.population ?? ''))];
    writeFileSync(join(folder, 'study.yaml'), studyOf(populations));
    const out = join(folder, 'out');
    const { exit, problems } = await analyze(table, join(folder, 'study.yaml'), { ...options, out });
    expect(problems.filter(({ severity }) => severity === 'error').map(printProblem)).toEqual([]);
    expect(exit).toBe(0);
    let compared = 0;
    for (const row of rowsOf(join(out, 'comparisons.csv'))) {
      const pairs = pairsOf(rows, row.population ?? '', row.visit_to ?? '');
      const scale = row.scale === 'percent' ? 'percent' : 'log-ratio';
      expect([row.population, row.visit_to, row.n_pairs]).toEqual([row.population, row.visit_to, String(pairs.length)]);
      const exact = exactSignedRank(pairs, scale);
      if (exact.used === 0) {
        expect([row.status, row.reason, row.p]).toEqual(['not_estimable', 'all_zero', '']);
        continue;
      }
      expect([row.n_used, row.n_zero, row.n_tied].map(Number)).toEqual([exact.used, exact.zeros, exact.tied]);
      expect(Number(row.statistic)).toBe(exact.doubledStatistic / 2);
      expect(Math.abs(Number(row.p) / exact.p - 1)).toBeLessThan(1e-9);
      if (scale === 'percent') {
        const hl = exactHodgesLehmann(pairs, 0.95);
        const ends = [row.estimate, row.ci_low, row.ci_high].map(Number);
        for (const [i, value] of [hl.estimate, hl.low, hl.high].entries()) {
          expect(ends[i]).toBeCloseTo(value / PER_POINT, 8);
        }
        expect(Number(row.ci_level)).toBeCloseTo(hl.level, 9);
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(32);
  });

  test('agree on the same: bias, limits and concordance as their definitions give them', async () => {
    const { folder, rows } = cleaned();
    const csv = (method: string) =>
      rows
        .filter((row) => row.method === method)
        .map((row) => `"${row.file}","${row.center} ${row.sample}",${row.population},${100 * Number(row.proportion)}\n`)
        .join('');
    for (const method of ['Manual', 'OpenCyto']) {
      writeFileSync(join(folder, `${method}.csv`), `file,subject,population,pct_parent\n${csv(method)}`);
    }
    const said = await agree(join(folder, 'OpenCyto.csv'), join(folder, 'Manual.csv'), {
      map: undefined,
      out: undefined,
      json: true,
    });
    expect(said.exit).toBe(0);
    const { populations } = JSON.parse(said.text);
    expect(populations).toHaveLength(8);
    for (const found of populations) {
      const pairs = pairsOf(rows, found.population, 'OpenCyto').map(({ from, to }) => [
        Number(from) / PER_POINT,
        Number(to) / PER_POINT,
      ]);
      expect([found.n_tubes, found.n_subjects, found.model]).toEqual([pairs.length, 18, 'random_subject']);
      const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      // Three files a centre and donor in every case: then all means are the plain ones.
      expect(found.difference.bias).toBeCloseTo(mean(pairs.map(([x = 0, y = 0]) => y - x)), 8);
      const [mx, my] = [mean(pairs.map(([x = 0]) => x)), mean(pairs.map(([, y = 0]) => y))];
      if (found.population === 'Lymphocytes') {
        // openCyto prints 1 for every file: a count that does not vary concurs with nothing.
        expect(found.lin).toBeNull();
        continue;
      }
      const apart = mean(pairs.map(([x = 0, y = 0]) => (y - x) ** 2));
      const chance =
        mean(pairs.map(([x = 0]) => (x - mx) ** 2)) + mean(pairs.map(([, y = 0]) => (y - my) ** 2)) + (mx - my) ** 2;
      expect(found.lin.concordance).toBeCloseTo(1 - apart / chance, 8);
    }
  });
});
