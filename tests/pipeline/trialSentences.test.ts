import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planCohort, plannedVisits } from '../../samples/cohort.ts';
import { writeCohort } from '../../samples/writeCohort.ts';
import { cytopair, ownFolder } from '../cli/cytopair.ts';
import { design } from '../samples/designs.ts';

const folder = ownFolder();
const out = join(folder.path, 'out');
let stdout = '';

/** The trial as the demo has it, with fewer events: BL, M1 and quarterly to M12. */
beforeAll(async () => {
  const visits = plannedVisits.map(({ id }) => id);
  const refusal = writeCohort(planCohort(design({ visits, eventCount: 10_000 })), join(folder.path, 'trial'), 'trial');
  if (refusal !== undefined) throw new Error(refusal);
  const ended = await cytopair([
    'run',
    join(folder.path, 'trial', 'study.yaml'),
    '--threads',
    '2',
    '--quiet',
    '--out',
    out,
  ]);
  if (ended.exit !== 0) throw new Error(ended.stderr);
  stdout = ended.stdout;
}, 300_000);
afterAll(() => folder.remove());

const rows = (file: string) => parse<Record<string, string>>(readFileSync(join(out, file), 'utf8'), { columns: true });
const effect = String.raw`ratio \d+\.\d\d \(\d\d\.\d % interval \d\.\d\d to \d+\.\d\d\)`;

describe('what the trial says', () => {
  it('both subsets rose at M1, each with effect, interval, patients and p', () => {
    const own = rows('comparisons.csv').filter((row) => row.family === 'regulatory' && row.analysis === 'primary');
    expect(own).toHaveLength(2);
    for (const row of own) {
      expect(row.sentence).toMatch(
        new RegExp(
          `^\\S+ rose from BL to M1: ${effect}, [78] of 8 patients up; exact signed-rank p = 0\\.\\d{4} \\(\\d+ of 256\\), Holm-adjusted 0\\.\\d{4} in a family of 2\\.$`,
        ),
      );
    }
  });

  it('and fell again: the later visit against both others, in sentence, rows and on the terminal', () => {
    const own = rows('comparisons.csv').filter((row) => row.family === 'transient');
    const primary = own.filter((row) => row.analysis === 'primary');
    expect(primary.map((row) => row.reject)).toEqual(['TRUE', 'TRUE']);
    for (const row of primary) {
      const later = `M6 ÷ M1 ${effect}, \\d patients; M6 ÷ BL ${effect}, \\d patients`;
      expect(row.sentence).toMatch(
        new RegExp(
          `^\\S+ rose at M1 \\(M1 ÷ BL ${effect}, \\d of \\d patients up\\) and fell again by M6: ${later}; intersection–union p = 0\\.\\d{4}\\.$`,
        ),
      );
      expect(row.sentence).not.toMatch(/return|back within|unmodified|unchanged/);
      expect(stdout).toContain(row.sentence);
    }
    expect(own.filter((row) => row.analysis === 'return')).toHaveLength(4);
  });

  it('the lineages are claimed jointly, by the largest p, in one sentence', () => {
    const own = rows('comparisons.csv').filter((row) => row.family === 'lineages');
    const p = own.filter((row) => row.analysis === 'primary').map((row) => Number(row.tost_p));
    const joint = own.at(-1);
    expect(joint).toMatchObject({ analysis: 'joint', endpoint: '', adjust: 'joint' });
    expect(Number(joint?.p)).toBe(Math.max(...p));
    const words =
      joint?.reject === 'TRUE'
        ? /^T, B, NK and Monocytes at M1 all lay within/
        : /^That T, B, NK and Monocytes .* was not shown/;
    expect(joint?.sentence).toMatch(words);
    expect(stdout).toContain(joint?.sentence);
  });

  it('quarterly visits are described, and the table that a paper begins with is there', () => {
    expect([...new Set(rows('visits.csv').map((row) => row.visit))]).toEqual(['BL', 'M1', 'M3', 'M6', 'M9', 'M12']);
    const table = rows('table_one.csv').filter((row) => row.group === 'all');
    expect(table.find((row) => row.characteristic === 'patients')?.text).toBe('8 (100 %)');
    expect(table.find((row) => row.characteristic === 'CD24hiCD38hi pct_of_B')?.text).toMatch(
      /^\d+(\.\d+)? \[\d+(\.\d+)?–\d+(\.\d+)?\]$/,
    );
    expect(table.at(-1)?.text).toMatch(/^\d+ \[\d+–\d+\], \d+–\d+$/);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page.includes('rise and later fall shown')).toBe(true);
    expect(page.includes('>Patients</h2>')).toBe(true);
    expect(page.includes('rise and return shown')).toBe(false);
  });
});
