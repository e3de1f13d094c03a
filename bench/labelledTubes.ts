import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tubeBook } from '../src/gating/index.ts';
import { placementRegistry, placeStudy } from '../src/placement/tools.ts';
import { printProblem } from '../src/problems/index.ts';
import { readTemplateFile } from '../src/study/index.ts';
import { runTubeTask } from '../src/tube/index.ts';
import { decidedTube } from './decidedTube.ts';
import { isMet, table } from './tables.ts';

/** Populations of the blood of donor D1: the labels that make each, and the F1 it has to reach. */
const blood = [
  { name: 'T', labels: ['CD4+ T cells', 'CD8+ T cells'], atLeast: 0.97 },
  { name: 'CD4', labels: ['CD4+ T cells'], atLeast: 0.97 },
  { name: 'CD8', labels: ['CD8+ T cells'], atLeast: 0.97 },
  { name: 'NK', labels: ['NK'], atLeast: 0.97 },
  { name: 'Monocytes', labels: ['monocytes'], atLeast: 0.97 },
  { name: 'Neutrophils', labels: ['neutrophils'], atLeast: 0.95 },
  { name: 'B', labels: ['B cells'], atLeast: 0.93 },
] as const;

const dc = [
  { template: 'monocytes', name: 'CD14+', stored: 'CD14+' },
  { template: 'nk', name: 'NK', stored: 'CD56+' },
] as const;

/** Real tubes that other people labelled or counted, each gated by a template of its own that extends a shipped one. */
export function labelledTubes(root: string, truthRoot: string | undefined): string {
  const head = '## 7 Real labels\n';
  if (truthRoot === undefined || !existsSync(join(truthRoot, 'blood'))) {
    return `${head}\nNot measured: set CYTOPAIR_TRUTH to the folder of real data.\n`;
  }
  const templates = join(root, 'tests', 'agreement');
  const labels = linesOf(join(truthRoot, 'truth', 'blood_D1_labels.csv.gz')).slice(1);
  const inBlood = membership(join(templates, 'blood', 'template.yaml'), join(truthRoot, 'blood', 'blood_D1.fcs'));
  const rows = blood.map(({ name, labels: own, atLeast }) => {
    const f1 = f1Of(inBlood(name), (event) => own.some((label) => label === labels[event]));
    return ['donor D1', name, `F1 ≥ ${atLeast}`, f1.toFixed(3), isMet(f1 >= atLeast)];
  });
  const counts = readFileSync(join(truthRoot, 'truth', 'dc_mono_nk_1_counts.csv'), 'utf8')
    .trim()
    .split('\n');
  const storedOf = new Map(counts.map((line) => line.split(',')).map(([name = '', , count]) => [name, Number(count)]));
  for (const { template, name, stored } of dc) {
    const tube = join(truthRoot, 'dc_mono_nk', 'dc_mono_nk_1.fcs');
    const found = membership(join(templates, 'dcMonoNk', `${template}.yaml`), tube)(name);
    const [count, theirs] = [found.reduce((sum, one) => sum + one, 0), storedOf.get(stored) ?? Number.NaN];
    const isNear = Math.abs(count / theirs - 1) <= 0.1;
    rows.push(['DC, monocyte, NK', stored, `${theirs} ± 10 %`, String(count), isMet(isNear)]);
  }
  return `${head}
Blood of donor D1 (one manual label an event, no CD14, granulocytes present) and a tube that openCyto counted. Their templates extend shipped ones and were written with these tubes in sight, so these are fits and no evidence
for other donors; what was chosen that way stands in the templates. The other populations of the second tube, beside theirs and with the reason of each difference: \`tests/agreement/dcMonoNk\`.

${table(['tube', 'population', 'bar', 'here', 'met'], rows)}`;
}

/** @returns name -> 0 or 1 an event, in file order */
function membership(templatePath: string, path: string): (name: string) => Uint8Array {
  const reading = readTemplateFile(templatePath, placementRegistry);
  if (!reading.value) throw new Error(reading.problems.map(printProblem).join('\n'));
  const { template } = reading.value;
  const file = { sampleId: 'tube', path, displayPath: 'tube.fcs', reading: {} };
  const { decision } = decidedTube(file, template);
  const surveyed = runTubeTask({ kind: 'survey', tube: file, template, decision });
  if (surveyed.status !== 'ok' || surveyed.kind !== 'survey')
    throw new Error(surveyed.problems.map(printProblem).join());
  const tube = { sampleId: 'tube', isInPool: true, role: 'sample', batch: '', subjectKey: 'tube' };
  const { book } = placeStudy(template, '', [surveyed.survey], [tube]);
  const own = tubeBook(book, 'tube');
  const counted = runTubeTask({ kind: 'count', tube: file, template, decision, book: own, membership: true });
  if (counted.status !== 'ok' || counted.kind !== 'count') throw new Error(counted.problems.map(printProblem).join());
  return (name) => {
    const found = counted.counts.membership?.[book.gates.findIndex((gate) => gate.population.endsWith(`/${name}`))];
    if (!found) throw new Error(`"${name}" has no place in ${path}`);
    return found;
  };
}

function linesOf(path: string): readonly string[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8').trim();
  return text.split('\n').map((line) => line.replaceAll('"', '').trim());
}

function f1Of(ours: Uint8Array, isTrue: (eventIndex: number) => boolean): number {
  const truth = Uint8Array.from(ours, (_, event) => Number(isTrue(event)));
  const sum = (values: Uint8Array) => values.reduce((all, one) => all + one, 0);
  return (2 * sum(ours.map((one, event) => one & truth[event]!))) / (sum(ours) + sum(truth));
}
