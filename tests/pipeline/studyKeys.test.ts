import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plan } from '../../src/commands/index.ts';
import { printProblem } from '../../src/problems/index.ts';

// Every key that study.yaml may hold, as the reference shows it.
const whole = `cytopair: 1
study: sle-msc
title: UC-MSC in severe lupus (synthetic)
data: fcs
sheet: sheet.csv
template: shipped:b-regulatory
subject: subject
visits:
  - {id: BL, label: baseline, day: 0,  window: [-28, 0]}
  - {id: M1, label: month 1,  day: 30, window: [21, 45]}
  - {id: M3, day: 91}
  - {id: M6, day: 182}
denominators: {B: B, Lymphocytes: Lymphocytes, Leukocytes: Leukocytes}
seed: 1
reading: {P01_BL: {offsets: header}}
input: {}
comparisons: [{id: M1-BL, from: BL, to: M1}]
families:
  - id: regulatory
    role: primary
    question: change
    comparison: M1-BL
    test: signed_rank
    scale: log-ratio
    zero_handling: wilcoxon
    alternative: two-sided
    sensitivity: [percent, pratt, t_logit, without_flagged, leave_one_out, draws]
    adjust: holm
    endpoints:
      - {population: B/CD24hiCD38hi, measure: pct_of_B}
      - {population: B/CD27+CD38lo-CD24hi, measure: pct_of_B}
  - id: transient
    role: secondary
    question: transient
    comparison: M1-BL
    return_to: {visit: M6, by: fall}
    adjust: holm
    endpoints: [{population: B/CD24hiCD38hi, measure: pct_of_B}, {population: B/CD27+CD38lo-CD24hi, measure: pct_of_B}]
  - id: lineages
    role: secondary
    question: equivalence
    comparison: M1-BL
    margins: {ratio: [0.80, 1.25]}
    endpoints: [{population: Lymphocytes/T, measure: pct_of_Lymphocytes, margins: {odds_ratio: [0.80, 1.25]}}, {population: Lymphocytes/B, measure: pct_of_Lymphocytes},
                {population: Lymphocytes/NK, measure: pct_of_Lymphocytes}, {population: Leukocytes/Monocytes, measure: pct_of_Leukocytes}]
alpha: 0.05
level: 0.95
rules:
  min_parent: 100
  few_parents: 500
  few_events: 25
  zero_rule: half_event
  draws: 200
controls: {bridge: report}
absolute: {method: dual, count: lymphocytes_per_ul, of: Lymphocytes}
covariates: {SLEDAI: number, prednisone_mg: number, dose: text}
arms: {column: arm}
blind: [visit, arm, subject, date, file]
`;

const header = 'sample_id,file,subject,visit,arm,lymphocytes_per_ul,SLEDAI,prednisone_mg,dose\n';
const rows = ['BL', 'M1', 'M3', 'M6'].map((visit) => `P01_${visit},P01_${visit}.fcs,P01,${visit},a,1200,11,6,2\n`);

function answer(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  writeFileSync(join(folder, 'study.yaml'), text);
  writeFileSync(join(folder, 'sheet.csv'), header + rows.join(''));
  const { exit, problems, text: json } = plan(join(folder, 'study.yaml'), { pairs: 5, json: true });
  return { exit, words: problems.map(printProblem), json: json === '' ? undefined : JSON.parse(json) };
}

describe('study.yaml', () => {
  test('takes every key of the reference, and the plan says what each family asks', () => {
    const { exit, json, words } = answer(whole);
    expect(words.filter((word) => word.includes(' error '))).toEqual([]);
    expect(exit).toBe(0);
    const families = json.scenarios[0].families;
    expect(
      families.map(({ id, role, question, test: by, adjust }: Record<string, string>) => [
        id,
        role,
        question,
        by,
        adjust,
      ]),
    ).toEqual([
      ['regulatory', 'primary', 'change', 'signed_rank', 'holm'],
      ['transient', 'secondary', 'transient', 'signed_rank', 'holm'],
      ['lineages', 'secondary', 'equivalence', 'tost_t', 'holm'],
    ]);
    expect(families[1].return_to).toMatchObject({ visit: 'M6', by: 'fall' });
    expect(families[2].endpoints[0].margins).toEqual({ odds_ratio: [0.8, 1.25] });
  });

  // What is written, what stands there instead, and the name that was meant.
  test.each([
    ['alpha: 0.05', 'alfa: 0.05', '"alpha"'],
    ['    zero_handling:', '    zero_handing:', '"zero_handling"'],
    ['  few_events: 25', '  few_event: 25', '"few_events"'],
    ['return_to: {visit: M6, by: fall}', 'return_to: {vist: M6, by: fall}', '"visit"'],
    ['{id: M1-BL, from: BL, to: M1}', '{id: M1-BL, form: BL, to: M1}', '"from"'],
    ['{population: Lymphocytes/NK, measure:', '{population: Lymphocytes/NK, mesure:', '"measure"'],
    ['controls: {bridge:', 'controls: {bridges:', '"bridge"'],
    ['arms: {column:', 'arms: {colum:', '"column"'],
    ['{offsets: header}', '{offset: header}', '"offsets"'],
    ['input: {}', 'input: {colums: {}}', '"columns"'],
    ['{id: BL, label:', '{id: BL, lable:', '"label"'],
  ])('"%s" as "%s" is refused with the name that was meant', (written, wrong, meant) => {
    const { exit, words } = answer(whole.replace(written, wrong));
    expect(exit).toBe(2);
    expect(words.find((word) => word.includes('unknown-key') && word.includes(meant))).toBeDefined();
  });

  test.each([
    ['role: primary', 'role: main', 'primary'],
    ['question: change', 'question: rise', 'change'],
    ['test: signed_rank', 'test: wilcoxon', 'signed_rank'],
    ['scale: log-ratio', 'scale: log', 'log-ratio'],
    ['adjust: holm', 'adjust: bonferroni', 'holm'],
    ['zero_rule: half_event', 'zero_rule: add_one', 'half_event'],
    ['margins: {ratio: [0.80, 1.25]}', 'margins: {ratio: [1.1, 1.25]}', 'must hold 1'],
    ['window: [21, 45]', 'window: [45, 21]', 'earlier day to a later one'],
    ['alpha: 0.05', 'alpha: 5', 'alpha'],
    ['by: fall', 'by: drop', 'fall'],
    ['blind: [visit', 'blind: [vist', 'visit'],
    ['method: dual', 'method: double', 'dual'],
    ['comparison: M1-BL\n    return', 'comparison: M2-BL\n    return', 'M1-BL'],
    ['count: lymphocytes_per_ul', 'count: lymphos', 'lymphos'],
    ['{SLEDAI: number', '{SLEDAY: number', 'SLEDAI'],
  ])('"%s" as "%s" is refused, and what may stand there is named', (written, wrong, meant) => {
    const { exit, words } = answer(whole.replace(written, wrong));
    expect(exit).toBe(2);
    expect(words.filter((word) => word.includes(' error ')).join('\n')).toContain(meant);
  });
});
