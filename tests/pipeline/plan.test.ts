import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plan } from '../../src/commands/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { tinyStudy } from '../cli/cytopair.ts';

// Simulated apart from the code (40,000 trials), printed with two digits. Two simulations and a rounding apart.
const NEAR = 0.005 + 3 * Math.SQRT2 * 0.0025;
const EXACT = 0.0051;

interface Power {
  readonly test: string;
  readonly alpha: number;
  readonly power: readonly number[];
}

const head = 'cytopair: 1\nstudy: s\nvisits: [BL, M1, M6]\n';
const two = 'endpoints: [{ population: B/X, measure: pct_of_B }, { population: B/Y, measure: pct_of_B }]';
const change = `{ id: a, comparison: M1-BL, role: primary, ${two} }`;
const margins = 'margins: { ratio: [0.8, 1.25] }';
const one = 'endpoints: [{ population: B/X, measure: pct_of_B }]';

function planOf(text: string, pairs?: number) {
  const path = join(mkdtempSync(join(tmpdir(), 'plan-')), 'study.yaml');
  writeFileSync(path, text);
  const { exit, problems, text: json } = plan(path, { pairs, json: true });
  return { exit, words: problems.map(printProblem), json: json === '' ? undefined : JSON.parse(json) };
}

function powerOf(pairs: number, family: string): { change: readonly Power[]; equivalence: readonly Power[] } {
  const { json } = planOf(`${head}families:\n  - ${family}\n`, pairs);
  const [found] = json.scenarios[0].families[0].pairs;
  return { change: found.power, equivalence: found.equivalence[0]?.power ?? [] };
}

describe('plan', () => {
  // dz .8, 1.0, 1.2, 1.5, 2.0 at α .05, at α .025 (first of two), and the paired t test at .05.
  test.each([
    [6, [0.24, 0.35, 0.48, 0.66, 0.87], [0, 0, 0, 0, 0], [0.36, 0.5, 0.65, 0.83, 0.97]],
    [7, [0.4, 0.57, 0.72, 0.88, 0.99], [0.19, 0.3, 0.42, 0.62, 0.85], [0.43, 0.61, 0.76, 0.91, 0.99]],
    [8, [0.42, 0.61, 0.77, 0.92, 0.99], [0.32, 0.49, 0.65, 0.85, 0.98], [0.49, 0.68, 0.83, 0.95, 1]],
    [12, [0.67, 0.85, 0.95, 0.99, 1], [0.54, 0.75, 0.9, 0.98, 1], [0.72, 0.88, 0.97, 0.99, 1]],
  ])('power of a change with %d pairs is that of the table', (pairs, full, half, t) => {
    const { change: found } = powerOf(pairs, change);
    expect(found.map(({ test: name, alpha }) => [name, alpha])).toEqual([
      ['signed_rank', 0.05],
      ['signed_rank', 0.025],
      ['paired_t', 0.05],
    ]);
    for (const [line, expected] of [full, half, t].entries()) {
      const power = found[line]?.power ?? [];
      expect(power).toHaveLength(5);
      for (const [i, value] of expected.entries()) expect(Math.abs((power[i] ?? 9) - value)).toBeLessThan(NEAR);
    }
  });

  // sd .10, .15, .20, .25, .30, .40 of the ln ratio; margins .80 to 1.25, true ratio 1: t, then signed-rank.
  test.each([
    [8, [1, 0.97, 0.77, 0.49, 0.27, 0.07], [1, 0.94, 0.68, 0.39, 0.2, 0.05]],
    [12, [1, 1, 0.95, 0.79, 0.56, 0.2], [1, 1, 0.93, 0.75, 0.51, 0.17]],
  ])('power of equivalence with %d pairs is that of the table', (pairs, t, ranks) => {
    const family = (name: string) =>
      `{ id: e, question: equivalence, test: ${name}, comparison: M1-BL, ${margins}, ${one} }`;
    const byT = powerOf(pairs, family('tost_t')).equivalence[0]?.power ?? [];
    const byRanks = powerOf(pairs, family('tost_signed_rank')).equivalence[0]?.power ?? [];
    for (const [i, value] of t.entries()) expect(Math.abs((byT[i] ?? 9) - value)).toBeLessThan(EXACT + 0.005);
    for (const [i, value] of ranks.entries()) expect(Math.abs((byRanks[i] ?? 9) - value)).toBeLessThan(NEAR);
  });

  test('smallest p, level really kept and pairs needed are those of the table', () => {
    const { json } = planOf(`${head}families:\n  - ${change}\n`);
    const found = json.scenarios.map((scenario: { families: { pairs: object[]; pairs_needed: number }[] }) => {
      const family = scenario.families[0];
      return { ...family?.pairs[0], needed: family?.pairs_needed };
    });
    expect(found).toMatchObject([
      { n: 6, smallest_p: 0.03125, attained_level: 0.03125, attained_level_first_step: 0, needed: 7 },
      { n: 8, smallest_p: 0.0078125, attained_level: 0.0390625, attained_level_first_step: 0.0234375 },
      { n: 10, smallest_p: 0.001953125, attained_level: 0.048828125, attained_level_first_step: 0.01953125 },
      { n: 12, smallest_p: 0.00048828125, needed: 7 },
    ]);
  });

  test('a design that cannot reach alpha is told, and one that can is not', () => {
    expect(planOf(`${head}families:\n  - ${change}\n`, 6).words).toEqual([
      expect.stringContaining(
        'family "a": with 6 complete pairs this family of 2 cannot reject at alpha 0.05; 7 are needed',
      ),
    ]);
    expect(planOf(`${head}families:\n  - ${change}\n`, 7).words).toEqual([]);
    const transient = `{ id: t, question: transient, return_to: { visit: M6, by: equivalence, ${margins} }, role: secondary, comparison: M1-BL, ${one} }`;
    expect(planOf(`${head}families:\n  - ${transient}\n`, 8).words[0]).toContain('stats.equivalence-out-of-reach');
  });

  test('the pairs are those of the sheet, endpoint by endpoint, before there is any file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    const yaml = readFileSync(join(tinyStudy, 'study.yaml'), 'utf8').replace(
      /^template: .*$/m,
      'template: shipped:b-regulatory',
    );
    const rows = readFileSync(join(tinyStudy, 'sheet.csv'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(folder, 'study.yaml'), yaml);
    writeFileSync(join(folder, 'sheet.csv'), `${rows.slice(0, -1).join('\n')}\n`);
    const { exit, problems, text } = plan(join(folder, 'study.yaml'), { pairs: undefined, json: false });
    expect(exit).toBe(0);
    expect(text).toContain('  7 complete pairs:\n    B/CD24hiCD38hi pct_of_B');
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toContain('note input.not-found');
  });

  test('the hash tells plans apart by what they say, not by how it is written', () => {
    const written = `${head}families:\n  - ${change}\n`;
    const other = written.replace('{ id: a, comparison: M1-BL,', '{ comparison: M1-BL, alternative: two-sided, id: a,');
    const hash = planOf(written, 5).json.sha256;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(planOf(other, 5).json.sha256).toBe(hash);
    expect(planOf(written.replace('role: primary', 'role: secondary'), 5).json.sha256).not.toBe(hash);
    expect(planOf(head).json).toMatchObject({ planned: false, sha256: null });
  });
});
