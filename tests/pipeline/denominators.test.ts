import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze, gate, run } from '../../src/pipeline/index.ts';
import type { Problem } from '../../src/problems/index.ts';
import { ownFolder, tinyStudy } from '../cli/cytopair.ts';

const options = { threads: 0, quiet: true, fresh: true, membership: false, signal: new AbortController().signal };
type Row = Readonly<Record<string, string>>;

const folder = ownFolder();
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const rowsOf = (path: string): readonly Row[] => parse(readFileSync(path), { columns: true });

describe('B without plasmablasts, a denominator that study.yaml adds', () => {
  let rows: readonly Row[] = [];
  let problems: readonly Problem[] = [];

  beforeAll(async () => {
    // Transitional cells lie among the naive: of B without those, naive B cells are no share.
    const denominators =
      'denominators: { B: B, NoPb: { of: B, without: Plasmablast }, NoTr: { of: B, without: CD24hiCD38hi } }';
    const asked = readFileSync(join(tinyStudy, 'study.yaml'), 'utf8')
      .replace(/^data: .*$/m, `data: ${join(tinyStudy, 'fcs')}`)
      .replace(/^sheet: .*$/m, `sheet: ${join(tinyStudy, 'sheet.csv')}`)
      .replace(
        /^denominators: .*$/m,
        denominators.replace('{ B: B,', '{ B: B, Lymphocytes: Lymphocytes, Leukocytes: Leukocytes,'),
      )
      .replace('CD24hiCD38hi, measure: pct_of_B }', 'CD24hiCD38hi, measure: pct_of_NoPb }')
      .replace('CD27+CD38lo-CD24hi, measure: pct_of_B }', 'Naive, measure: pct_of_NoTr }');
    writeFileSync(at('study.yaml'), asked);
    const outcome = await run(at('study.yaml'), { ...options, out: at('ran') });
    problems = outcome.problems;
    rows = rowsOf(join(at('ran'), 'frequencies.csv'));
  }, 120_000);

  it('has the events of B less the plasmablasts in every tube, and none for either of the two', () => {
    const of = (row: Row, name: string) =>
      rows.find((other) => other.sample_id === row.sample_id && other.population?.endsWith(`/${name}`)) ?? {};
    const transitional = rows.filter(({ population }) => population?.endsWith('/CD24hiCD38hi'));
    expect(transitional.length).toBe(16);
    for (const row of transitional) {
      const left = Number(of(row, 'B').count) - Number(of(row, 'Plasmablast').count);
      expect(Number(row.n_NoPb)).toBe(left);
      expect(Number(row.pct_of_NoPb)).toBe((100 * Number(row.count)) / left);
      expect([of(row, 'B').n_NoPb, of(row, 'Plasmablast').n_NoPb]).toEqual(['', '']);
    }
    expect(transitional.some((row) => row.n_NoPb !== row.n_B)).toBe(true);
  });

  it('gives no share of what holds events that are left out, and says so once', () => {
    const naive = rows.filter(({ population }) => population?.endsWith('/Naive'));
    expect(naive.filter((row) => row.pct_of_NoTr !== '')).toEqual([]);
    const told = problems.filter(({ code }) => code === 'gate.overlaps-left-out');
    expect(told.map(({ message }) => message.replace(/in .*/, ''))).toEqual([
      '"Singlets/Live/Leukocytes/Lymphocytes/B/Naive" holds events of "Singlets/Live/Leukocytes/Lymphocytes/B/CD24hiCD38hi", which "NoTr" is without: no share of it ',
    ]);
  });

  it('is compared by analyze from the table as the run compared it', async () => {
    const again = await analyze(join(at('ran'), 'frequencies.csv'), at('study.yaml'), { ...options, out: at('again') });
    expect(again.exit).toBe(0);
    for (const table of ['comparisons.csv', 'pairs.csv', 'ridge_effects.csv'])
      expect(readFileSync(join(at('again'), table), 'utf8')).toBe(readFileSync(join(at('ran'), table), 'utf8'));
    const [transitional] = rowsOf(join(at('ran'), 'comparisons.csv'));
    expect(transitional).toMatchObject({ denominator: 'NoPb', status: 'ok', n_pairs: '8' });
  });

  it('may stand in a template, where gate counts by it too', async () => {
    const own = `cytopair: 1
template: own
version: 1.0.0
extends: shipped:b-regulatory
denominators: { NoPb: { of: B, without: Plasmablast } }
`;
    writeFileSync(at('own.yaml'), own);
    const tube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
    await gate(at('own.yaml'), [tube], { ...options, out: at('gated'), reading: {} });
    const gated = rowsOf(join(at('gated'), 'frequencies.csv')).filter((row) => row.n_NoPb !== '');
    expect(gated.map(({ population }) => population?.split('/').at(-1))).toContain('Switched');
    expect(gated.every((row) => Number(row.n_NoPb) < Number(row.n_B))).toBe(true);
  }, 60_000);
});
