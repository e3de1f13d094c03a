import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFcs, latin1 } from '../fcs/buildFcs.ts';

/** What a made-up study is made of; shares of events are drawn by the seed. */
export interface StudyRecipe {
  readonly seed: number;
  readonly panelCount: number;
  readonly subjectCount: number;
  readonly visits: readonly string[];
  /** Of the tubes: left out of the sheet, excluded by a person, with a damaged file, as controls, with few events. */
  readonly missing: readonly number[];
  readonly excluded: readonly number[];
  readonly damaged: readonly number[];
  readonly controls: readonly number[];
  readonly small: readonly number[];
  /** The panel that answers what several could, by its place. */
  readonly answering: number;
  readonly hasCells: boolean;
  readonly hasArms: boolean;
  /** An unstimulated tube beside every sample. */
  readonly hasBackground: boolean;
}

interface RecipeTube {
  readonly id: string;
  readonly subject: string;
  readonly visit: string;
  readonly panel: string;
}

/** Populations that every panel has, and one that a panel has for itself. */
function templateOf(panel: string): string {
  const own = `Own${panel || 'A'}`;
  return `cytopair: 1
template: made-${panel || 'one'}
version: 1.0.0
about: made up
compensation: none
markers: { X: {}, Y: {}, Z: {} }
populations:
  - { name: Cells, parent: root, gate: { method: interval, units: raw, marker: X, min: 100 } }
  - { name: Bright, parent: Cells, gate: { method: interval, units: raw, marker: Y, min: 500 } }
  - { name: Split, parent: Cells, gate: { method: valley, marker: Z, keep: above, pool: tube } }
  - { name: ${own}, parent: Bright, gate: { method: interval, units: raw, marker: Z, min: 1000 } }
denominators: { Cells: Cells${panel === 'B' ? ', Bright: Bright' : ''} }
`;
}

/** Writes the study into a folder. @returns the path of study.yaml */
export function writeGeneratedStudy(folder: string, recipe: StudyRecipe): string {
  const panels = recipe.panelCount === 1 ? [''] : ['A', 'B', 'C'].slice(0, recipe.panelCount);
  mkdirSync(join(folder, 'fcs'), { recursive: true });
  for (const panel of panels) writeFileSync(join(folder, `template${panel}.yaml`), templateOf(panel));
  const random = generator(recipe.seed);
  const all: RecipeTube[] = Array.from({ length: recipe.subjectCount }, (_, s) => `P${s + 1}`).flatMap((subject) =>
    recipe.visits.flatMap((visit) =>
      panels.map((panel) => ({ id: `${subject}_${visit}${panel && `_${panel}`}`, subject, visit, panel })),
    ),
  );
  const kept = all.filter((_, i) => !recipe.missing.includes(i));
  const rows = kept.map((tube) => {
    const i = all.indexOf(tube);
    const isControl = recipe.controls.includes(i);
    writeFileSync(join(folder, 'fcs', `${tube.id}.fcs`), tubeBytes(random, recipe, i));
    const reason = recipe.excluded.includes(i) ? 'yes,clotted' : ',';
    const who = isControl ? ',' : `${tube.subject},${tube.visit}`;
    const arm = recipe.hasArms && !isControl ? (Number(tube.subject.slice(1)) % 2 === 0 ? 'dose' : 'placebo') : '';
    const day = `2024-0${1 + recipe.visits.indexOf(tube.visit)}-1${tube.subject.slice(1, 2)}`;
    const cells = recipe.hasCells && i % 7 !== 3 ? String(800 + ((i * 37) % 900)) : '';
    return `${tube.id},${tube.id}.fcs,${who},${tube.panel},${isControl ? 'bridge' : 'sample'},${arm},${day},${reason},${cells}`;
  });
  const backgrounds = recipe.hasBackground
    ? kept.map((tube) => {
        const id = `${tube.id}_U`;
        writeFileSync(join(folder, 'fcs', `${id}.fcs`), tubeBytes(random, recipe, -1));
        return `${id},${id}.fcs,${tube.subject},${tube.visit},${tube.panel},unstimulated,,,,,,`;
      })
    : [];
  rows.push(...backgrounds);
  const header = 'sample_id,file,subject,visit,panel,role,arm,date,exclude,exclude_reason,lymphocytes_per_ul';
  writeFileSync(join(folder, 'sheet.csv'), `${[header, ...rows].join('\n')}\n`);
  writeFileSync(join(folder, 'study.yaml'), studyText(recipe, panels));
  return join(folder, 'study.yaml');
}

function studyText(
  { visits, answering, hasCells, hasArms, hasBackground }: StudyRecipe,
  panels: readonly string[],
): string {
  const chosen = panels[answering % panels.length] ?? '';
  const panel = chosen === '' ? '' : `, panel: ${chosen}`;
  const ofFamily = chosen === '' ? '' : `\n    panel: ${chosen}`;
  const others = panels.filter((name) => name !== chosen && name !== '');
  const twice = others.length === 0 ? '' : `, { population: Bright, panel: ${others[0]} }`;
  const [first = '', second = '', third = ''] = visits;
  const back =
    third === ''
      ? ''
      : `
  - id: back
    role: secondary
    question: transient
    comparison: c${ofFamily}
    return_to: { visit: ${third}, by: fall }
    endpoints: [{ population: Bright, measure: pct_of_Cells }]`;
  return `cytopair: 1
study: generated
data: fcs
sheet: sheet.csv
template: ${chosen === '' ? 'template.yaml' : `{ ${panels.map((name) => `${name}: template${name}.yaml`).join(', ')} }`}
visits: [${visits.join(', ')}]
denominators: { All: Cells }
rules: { min_parent: 20, few_parents: 60, draws: 12 }
${hasCells ? 'absolute: { method: dual, count: lymphocytes_per_ul, of: Cells }' : ''}
${hasArms ? 'arms: { column: arm }' : ''}
comparisons: [{ id: c, from: ${first}, to: ${second} }]
families:
  - id: main
    role: primary
    comparison: c
    sensitivity: [percent, pratt, t_logit, without_flagged, leave_one_out, draws, absolute, with_not_evaluable]
    endpoints: [{ population: Bright, measure: pct_of_Cells${panel} }, { population: Split, measure: pct_parent${panel} }${twice}]
  - id: own
    comparison: c
    endpoints: [{ population: Own${chosen || 'A'}, measure: pct_of_All }${hasCells ? `, { population: Own${chosen || 'A'}, measure: cells_per_ul }` : ''}]
  - id: values
    comparison: c${ofFamily}
    endpoints: [{ population: Bright, measure: median_of Y }, { population: Bright, measure: ratio, to: Split }${hasBackground ? ', { population: Bright, measure: pct_parent, control: unstimulated, background: ratio }' : ''}]
  - id: plain
    comparison: c${ofFamily}
    scale: ${hasBackground ? 'percent' : 'arcsinh'}
    endpoints: [${hasBackground ? '{ population: Bright, measure: pct_of_Cells, control: unstimulated, background: difference }' : '{ population: Bright, measure: median_of Z }'}]
  - id: same
    role: secondary
    question: equivalence
    comparison: c${ofFamily}
    margins: { odds_ratio: [0.5, 2] }
    endpoints: [{ population: Bright, measure: pct_of_Cells }]${back}
associations:
  - { id: course, question: visits${panel}, endpoints: [{ population: Bright, measure: pct_of_Cells }] }${
    hasArms
      ? `
  - { id: arms, question: groups${panel}, comparison: c, endpoints: [{ population: Bright, measure: pct_of_Cells }] }`
      : ''
  }
`;
}

function tubeBytes(random: () => number, recipe: StudyRecipe, i: number): Uint8Array {
  const eventCount = recipe.small.includes(i) ? 15 : 150;
  const [bright, split] = [0.15 + 0.5 * random(), 0.2 + 0.4 * random()];
  const data = new DataView(new ArrayBuffer(12 * eventCount));
  for (let event = 0; event < eventCount; event++) {
    data.setFloat32(12 * event, random() < 0.9 ? 200 + 100 * random() : 10 * random(), true);
    data.setFloat32(12 * event + 4, random() < bright ? 800 + 300 * random() : 100 * random(), true);
    data.setFloat32(12 * event + 8, random() < split ? 9000 + 3000 * random() : 150 + 100 * random(), true);
  }
  const parameters = ['X', 'Y', 'Z'].flatMap((name, p): [string, string][] => [
    [`$P${p + 1}B`, '32'],
    [`$P${p + 1}E`, '0,0'],
    [`$P${p + 1}N`, name],
    [`$P${p + 1}R`, '262144'],
  ]);
  const keywords = {
    $BEGINANALYSIS: '0',
    $ENDANALYSIS: '0',
    $BEGINSTEXT: '0',
    $ENDSTEXT: '0',
    $NEXTDATA: '0',
    $MODE: 'L',
    $DATATYPE: 'F',
    $BYTEORD: '1,2,3,4',
    $BEGINDATA: 'BBBBBBBBBBBB',
    $ENDDATA: 'EEEEEEEEEEEE',
    $PAR: '3',
    $TOT: String(eventCount),
    ...Object.fromEntries(parameters),
  };
  const bytes = buildFcs({ keywords, data: new Uint8Array(data.buffer) });
  return recipe.damaged.includes(i) ? latin1('not a measurement') : bytes;
}

/** Numbers of 0…1 (a linear congruence of Lehmer, 1951): the same study for the same seed. */
function generator(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
