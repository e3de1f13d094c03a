import { type Cohort, plannedVisits } from './cohort.ts';
import { purposes, streamFor } from './random.ts';

const windows: Readonly<Record<string, readonly [first: number, last: number]>> = {
  BL: [-28, 0],
  M1: [21, 45],
  M3: [70, 112],
  M6: [161, 203],
  M9: [253, 295],
  M12: [344, 386],
};

const labels: Readonly<Record<string, string>> = {
  BL: 'baseline',
  M1: 'month 1',
  M3: 'month 3',
  M6: 'month 6',
  M9: 'month 9',
  M12: 'month 12',
};

/** study.yaml of a cohort: the visits that it holds, and a plan that was fixed before any cell was drawn. */
export function studyYaml(cohort: Cohort, name: string): string {
  const { visits } = cohort.design;
  const hasPair = visits.includes('BL') && visits.includes('M1');
  return [
    '# Synthetic data: no cell here is of a patient. Made by samples/make.ts; the truth lies in truth/.',
    'cytopair: 1',
    `study: ${name}`,
    'title: Synthetic trial of a cell therapy in severe lupus',
    'data: fcs',
    'sheet: sheet.csv',
    'template: shipped:b-regulatory',
    'visits:',
    ...plannedVisits
      .filter(({ id }) => visits.includes(id))
      .map(
        ({ id, day }) => `  - { id: ${id}, label: ${labels[id]}, day: ${day}, window: [${windows[id]?.join(', ')}] }`,
      ),
    'denominators: { B: B, Lymphocytes: Lymphocytes, Leukocytes: Leukocytes }',
    'seed: 1',
    // Enough for a demonstration; a real study draws 200.
    'rules: { draws: 50 }',
    ...(hasPair ? plan(visits.includes('M6')) : []),
    'alpha: 0.05',
    'level: 0.95',
    'blind: [visit, arm, subject, date, file]',
    '',
  ].join('\n');
}

/** The sample sheet, one row a tube; dates fit the visits' windows, batches are lots by period of inclusion. */
export function sheetCsv(cohort: Cohort): string {
  const rows = cohort.tubes.map(({ sampleId, subject, visit, key }) => {
    const [subjectNumber, visitIndex] = key;
    const lot = subjectNumber <= 4 ? 'lot-A' : 'lot-B';
    // 5 of 8 patients at the lower dose
    const arm = subjectNumber <= 5 ? 'dose-2' : 'dose-4';
    const date = visitDate(cohort, subjectNumber, visitIndex);
    return [sampleId, `${sampleId}.fcs`, subject, visit, lot, arm, date].join(',');
  });
  return `${['sample_id,file,subject,visit,batch,arm,date', ...rows].join('\n')}\n`;
}

function plan(hasM6: boolean): readonly string[] {
  const endpoints = [
    '    endpoints:',
    '      - { population: B/CD24hiCD38hi, measure: pct_of_B }',
    '      - { population: B/CD27+CD38lo-CD24hi, measure: pct_of_B }',
  ];
  const transient = [
    '  - id: transient',
    '    role: secondary',
    '    question: transient',
    '    comparison: M1-BL',
    '    return_to: { visit: M6, by: fall }',
    '    adjust: holm',
    ...endpoints,
  ];
  return [
    'comparisons: [{ id: M1-BL, from: BL, to: M1 }]',
    'families:',
    '  - id: regulatory',
    '    role: primary',
    '    question: change',
    '    comparison: M1-BL',
    '    test: signed_rank',
    '    scale: log-ratio',
    '    adjust: holm',
    ...endpoints,
    ...(hasM6 ? transient : []),
    '  - id: lineages',
    '    role: secondary',
    '    question: equivalence',
    '    claim: joint                   # as the trial claims it: all of them',
    '    comparison: M1-BL',
    '    margins: { ratio: [0.80, 1.25] }',
    '    sensitivity: [draws]',
    '    endpoints:',
    '      - { population: Lymphocytes/T, measure: pct_of_Lymphocytes, margins: { odds_ratio: [0.80, 1.25] } }',
    '      - { population: Lymphocytes/B, measure: pct_of_Lymphocytes }',
    '      - { population: Lymphocytes/NK, measure: pct_of_Lymphocytes }',
    '      - { population: Leukocytes/Monocytes, measure: pct_of_Leukocytes }',
  ];
}

/** One inclusion every five months from October 2019; baseline is day 0, later visits lie within 5 days of theirs. */
function visitDate(cohort: Cohort, subjectNumber: number, visitIndex: number): string {
  const stream = streamFor(cohort.design.seed, purposes.dates, subjectNumber, visitIndex);
  const late = visitIndex === 0 ? 0 : Math.floor(11 * stream.uniform()) - 5;
  const planned = plannedVisits[visitIndex]?.day ?? 0;
  const day = Date.UTC(2019, 9 + 5 * (subjectNumber - 1), 7 + planned + late);
  return new Date(day).toISOString().slice(0, 10);
}
