import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlanSchema, plannedEndpoints, resolvePlan } from '../../src/analysis/index.ts';
import {
  type Frequency,
  frequenciesOf,
  frequencyColumns,
  observationsOf,
  readFrequencyTable,
  tablePanels,
  tubeValuesOf,
} from '../../src/frequencies/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readAnalysisStudy } from '../../src/study/index.ts';
import { writeCsv } from '../../src/tables/index.ts';

const populations = [
  { path: 'T', parent: 'root', depth: 1 },
  { path: 'T/CD4', parent: 'T', depth: 2 },
  { path: 'T/CD8', parent: 'T', depth: 2 },
];
const denominators = { T: 'T' };
const visits = ['BL', 'M1'];

const tube = fc.record({
  t: fc.nat(900),
  four: fc.double({ min: 0, max: 1, noNaN: true }),
  eight: fc.double({ min: 0, max: 1, noNaN: true }),
  perUl: fc.option(fc.integer({ min: 1, max: 5000 })),
  fate: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'failed', 'excluded', 'missing', 'unplaced', 'bridge'),
  flag: fc.boolean(),
});
const study = fc.record({
  panels: fc.constantFrom([''], ['A', 'B'], ['A', 'B', 'C']),
  tubes: fc.array(tube, { minLength: 18, maxLength: 18 }),
  chosen: fc.nat(2),
  minParent: fc.constantFrom(0, 50, 200),
});

test('the values of a hundred and fifty studies of one to three panels are the same from the tubes and from their table', () => {
  let values = 0;
  fc.assert(
    fc.property(study, ({ panels, tubes, chosen, minParent }) => {
      const rules = { min_parent: minParent, few_parents: 300, few_events: 25 };
      const how = {
        populations,
        denominators,
        rules,
        level: 0.95,
        absolute: { method: 'dual', column: 'n', of: 'T' } as const,
      };
      const rows = panels.flatMap((panel, p): Frequency[] =>
        [0, 1, 2].flatMap((s) =>
          visits.flatMap((visit, v) => {
            const one = tubes[(6 * p + 2 * s + v) % tubes.length]!;
            if (one.fate === 'missing') return [];
            const isControl = one.fate === 'bridge';
            const identity = {
              sampleId: `P${s}_${visit}_${panel}`,
              subject: isControl ? null : `P${s}`,
              visit: isControl ? null : visit,
              visitIndex: isControl ? null : v,
              panel,
              role: isControl ? 'bridge' : 'sample',
              batch: '',
              arm: '',
              excluded: one.fate === 'excluded',
              absolute: one.perUl === null ? {} : { n: one.perUl },
              flags: one.flag ? ['visit_window'] : [],
            };
            return [
              ...frequenciesOf(identity, one.fate === 'failed' ? undefined : countsOf(identity.sampleId, one), how),
            ];
          }),
        ),
      );
      const panel = panels[chosen % panels.length] ?? '';
      const asked = panel === '' ? '' : `, panel: ${panel}`;
      const table = readTable(writeCsv(frequencyColumns(Object.keys(denominators)), rows), asked, minParent);
      // A table without a row of the panel, or of any sample, is another study.
      if (table === undefined || !rows.some((row) => row.role === 'sample' && row.panel === panel)) return;
      const facts = {
        visits: visits.map((id) => ({ id })),
        populations: populations.map(({ path }) => path),
        denominators,
      };
      const templates =
        panel === '' ? [] : panels.map((name) => ({ name, populations: facts.populations, denominators: ['T'] }));
      const ofTubes = resolvePlan(table.plan, { ...facts, panels: templates }).value;
      const ofTable = resolvePlan(table.plan, { ...facts, panels: tablePanels(table.frequencies) }).value;
      if (ofTubes === undefined || ofTable === undefined) throw new Error('the plan is refused');
      expect(plannedEndpoints(ofTable)).toEqual(plannedEndpoints(ofTubes));
      const tubeOf = () => undefined;
      const [mine, theirs] = [
        observationsOf(tubeValuesOf(rows), ofTubes, { tubeOf }),
        observationsOf(table.frequencies.rows, ofTable, { tubeOf }),
      ];
      expect(theirs).toEqual(mine);
      values += mine.length;
    }),
    { numRuns: 150 },
  );
  expect(values).toBeGreaterThan(1500);
});

function countsOf(
  sampleId: string,
  { t, four, eight, fate }: { t: number; four: number; eight: number; fate: string },
) {
  const [cd4, cd8] = [Math.round(t * four), Math.round(t * eight)];
  const isPlaced = fate !== 'unplaced';
  const counted = (population: string, count: number | null, parentCount: number | null) => ({
    population,
    parent: population === 'root' ? '' : (populations.find(({ path }) => path === population)?.parent ?? 'root'),
    count,
    parentCount,
    flags: count === null ? ['one_mode'] : [],
  });
  return {
    sampleId,
    eventCount: 1000,
    populations: [
      counted('root', 1000, null),
      counted('T', t, 1000),
      counted('T/CD4', isPlaced ? cd4 : null, t),
      counted('T/CD8', cd8, t),
    ],
    pictures: [],
    membership: null,
    answers: { intensities: [], draws: [], profiles: [], others: [], overlaps: [] },
  };
}

function readTable(text: string, asked: string, minParent: number) {
  const folder = mkdtempSync(join(tmpdir(), 'tubes-'));
  const source = `cytopair: 1
study: s
visits: [BL, M1]
rules: { min_parent: ${minParent}, few_parents: 300 }
comparisons: [{ id: c, from: BL, to: M1 }]
families:
  - { id: a, comparison: c, endpoints: [{ population: T/CD4, measure: pct_of_T${asked} }, { population: T/CD8${asked} }, { population: T/CD4, measure: cells_per_ul${asked} }] }
  - { id: b, comparison: c, endpoints: [{ population: T/CD4, measure: ratio, to: T/CD8${asked} }] }
`;
  writeFileSync(join(folder, 'study.yaml'), source);
  const opened = readAnalysisStudy(join(folder, 'study.yaml'));
  if (opened.value === undefined) throw new Error(opened.problems.map(printProblem).join('\n'));
  const { value, problems } = readFrequencyTable(new TextEncoder().encode(text), 'f.csv', opened.value);
  if (value === undefined && text.includes(',sample,')) throw new Error(problems.map(printProblem).join('\n'));
  return value && { frequencies: value, plan: PlanSchema.parse(opened.value.plan) };
}
