import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanSchema } from '../../src/analysis/index.ts';
import { breg, change, comparisons, counts, populations, subjects, tubesOf, visits } from './madeUpStudy.ts';

type Analysis = typeof import('../../src/analysis/index.ts');

const repository = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'cytopair-growth-'));
const statistics = join(scratch, 'src', 'statistics');
let grown: Analysis;

beforeAll(async () => {
  for (const room of ['problems', 'statistics', 'analysis'])
    cpSync(join(repository, 'src', room), join(scratch, 'src', room), { recursive: true });
  cpSync(join(repository, 'package.json'), join(scratch, 'package.json'));
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'));
  copySibling('pairedTests/sign.ts', 'pairedTests/votes.ts', [
    ['export const sign:', 'export const votes:'],
    ['export function signTest', 'function signTest'],
    ['Exact sign tests (Dixon & Mood 1946)', 'Votes (Nobody 2001)'],
    ["words: 'exact sign test'", "words: 'vote'"],
  ]);
  addLine('pairedTests/registry.ts', './votes.ts', 'votes', '  sign,\n');
  copySibling('adjustments/holm.ts', 'adjustments/careful.ts', [
    ['export const holm', 'export const careful'],
    ['Holm 1979', 'Nobody 2001'],
    ['Holm-adjusted', 'carefully adjusted'],
    ['m - rank + 1', 'm'],
  ]);
  addLine('adjustments/registry.ts', './careful.ts', 'careful', '  hochberg,\n');
  grown = await import(join(scratch, 'src', 'analysis', 'index.ts'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function copySibling(from: string, to: string, changes: readonly (readonly [string, string])[]): void {
  let text = readFileSync(join(statistics, from), 'utf8');
  for (const [old, fresh] of changes) {
    if (!text.includes(old)) throw new Error(`${from} has no "${old}"`);
    text = text.replaceAll(old, fresh);
  }
  writeFileSync(join(statistics, to), text);
}

/** One entry after another, and the import that it needs. */
function addLine(registry: string, file: string, name: string, after: string): void {
  const path = join(statistics, registry);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(after)) throw new Error(`${registry} has no "${after}"`);
  writeFileSync(path, `import { ${name} } from '${file}';\n${text.replace(after, `${after}  ${name},\n`)}`);
}

function planWith(choice: { readonly test: string; readonly adjust: string }) {
  const endpoints = [...change.endpoints, { population: 'CD27+CD38lo-CD24hi', measure: 'pct_of_B' }];
  const source = { comparisons, families: [{ ...change, ...choice, alternative: 'greater', endpoints }] };
  const reading = grown.resolvePlan(grown.PlanSchema.parse(source), {
    visits,
    populations,
    denominators: { B: 'Live/B' },
  });
  if (!reading.value) throw new Error(reading.problems.map((found) => found.message).join('; '));
  return reading.value;
}

function analysisWith(choice: { readonly test: string; readonly adjust: string }) {
  const observations = tubesOf(breg, counts);
  const found = grown.analyze({ study: 'made-up', visits, subjects, observations, plan: planWith(choice) });
  const row = found.comparisons.find((one) => one.analysis === 'primary' && one.endpoint === breg);
  return { row, methods: found.methods };
}

describe('a file and a line in the registry are enough for', () => {
  test('a paired test: plan, row, sentence, methods, companion and power', () => {
    const { row, methods } = analysisWith({ test: 'votes', adjust: 'none' });
    const sibling = analysisWith({ test: 'sign', adjust: 'none' });
    expect(row).toMatchObject({ test: 'votes', p: sibling.row?.p, estimate: sibling.row?.estimate });
    expect(row?.p).toBeLessThan(1);
    expect(row?.sentence).toMatch(/rose from .*; vote p = /);
    expect(methods).toContain('Votes (Nobody 2001) were used.');
    expect(methods).not.toContain('sign tests');
    const powerOf = (name: string) =>
      grown.planDesign(planWith({ test: name, adjust: 'holm' }), () => 8)[0]?.pairs[0]?.change;
    expect(powerOf('votes')?.map(({ test: name }) => name)).toEqual(['votes', 'votes']);
    expect(powerOf('votes')?.map(({ power }) => power)).toEqual(powerOf('sign')?.map(({ power }) => power));
  });

  test('an adjustment: plan, row, sentence, methods, and the choices of an association', () => {
    const { row, methods } = analysisWith({ test: 'signed_rank', adjust: 'careful' });
    expect(row).toMatchObject({ adjust: 'careful', p_adj: Math.min(1, 2 * (row?.p ?? Number.NaN)) });
    expect(row?.sentence).toContain('carefully adjusted');
    expect(methods).toContain('adjusted within the family by Nobody (2001)');
    const association = { id: 'a', question: 'visits', adjust: 'careful', endpoints: change.endpoints };
    expect(grown.PlanSchema.parse({ associations: [association] }).associations?.[0]?.adjust).toBe('careful');
  });

  test('a name that no registry holds is refused by the plan', () => {
    const planOf = (choice: object) => ({ comparisons, families: [{ ...change, ...choice }] });
    for (const choice of [{ test: 'votes' }, { adjust: 'careful' }]) {
      expect(PlanSchema.safeParse(planOf(choice)).success).toBe(false);
      expect(grown.PlanSchema.safeParse(planOf(choice)).success).toBe(true);
    }
  });
});
