import { checkRunFolder } from '../../batch/index.ts';
import { type ForeignGating, type ForeignSample, importText, matrixCsv, toTemplates } from '../../foreign/index.ts';
import {
  type GatesFile,
  type Outcome,
  type OutFolder,
  outFolder,
  readGates,
  refused,
  warningsOf,
} from '../../pipeline/index.ts';
import { andMore, counted, type Problem, problem } from '../../problems/index.ts';
import { importOpenCyto } from './importOpenCyto.ts';
import { importSheet } from './importSheet.ts';
import type { SampleTemplate } from './sampleTemplate.ts';
import { type Written, writeImport } from './writeImport.ts';

/** What a person named, and what it is. */
export interface ImportFile {
  readonly path: string;
  readonly format: GatesFile['format'] | 'opencyto';
}

/**
 * Gates of another program as templates of ours, with a draft of the sheet and import.md, which says what did not come
 * along. Samples whose gates are the same share a template; one that was changed for itself has its own.
 */
export function importGates({ path, format }: ImportFile, options: { readonly out: string }): Outcome {
  const out = outFolder(options.out, 'import');
  const refusal = checkRunFolder(out.path, out.shown);
  if (refusal !== undefined) return refused([refusal]);
  return format === 'opencyto' ? importOpenCyto(path, out) : importDrawn({ path, format }, out);
}

function importDrawn(gates: GatesFile, out: OutFolder): Outcome {
  const { value: read, problems } = readGates(gates);
  if (read === undefined) return refused(problems);
  const { gating } = read;
  const templates = templatesOf(gating);
  const found = [...problems, ...templates.flatMap((template) => notCarried(template, gates.path))];
  const files: readonly Written[] = [
    ...templates.flatMap(filesOf),
    ...(gating.format === 'flowjo'
      ? [{ name: 'sheet.csv', text: importSheet(templates.filter(({ isFirst }) => isFirst)) }]
      : []),
    { name: 'import.md', text: importText(gating, problems, templates.flatMap(templateNotes)) },
  ];
  writeImport(out, files);
  const populations = gating.samples.reduce((sum, sample) => sum + sample.populations.length, 0);
  const words = `${counted(populations, 'population')} of ${counted(gating.samples.length, 'sample')}`;
  const closing = `cytopair: ${words}, ${counted(templates.length, 'template')}, ${warningsOf(found)} -> ${out.shown}`;
  return { exit: 0, problems: found, text: '', closing };
}

/** One warning a reason; import.md names every population. */
function notCarried({ name, left }: SampleTemplate, path: string): readonly Problem[] {
  const file = path.split(/[/\\]/).at(-1) ?? '';
  const reasons = [...new Set(left.map(({ why }) => reasonOf(why)))];
  return reasons.map((reason) => {
    const own = left.filter(({ why }) => reasonOf(why) === reason).map((one) => `"${one.path}"`);
    const message = `${name}.yaml is without ${andMore(own, 3)}: ${reason}`;
    return problem('warning', 'import.not-carried', message, { file });
  });
}

/** Without the name of the one population that is in the way. */
function reasonOf(why: string): string {
  return why.replace(/^it stands on ".*", which is left out$/, 'they stand on populations that are left out');
}

function filesOf({ name, text, matrix }: SampleTemplate): readonly Written[] {
  const template = { name: `${name}.yaml`, text };
  return matrix === undefined ? [template] : [template, { name: `${name}-matrix.csv`, text: matrix }];
}

function templateNotes({ name, samples, left, isFirst }: SampleTemplate): readonly string[] {
  const names = samples.map((sample) => (sample.name === '' ? 'any file' : sample.name));
  const lost = left.map(({ path, why }) => `- not in ${name}.yaml: ${path}: ${why}`);
  const held = isFirst
    ? `${name}.yaml holds the gates of ${names.join(', ')}.`
    : `${name}.yaml holds those of ${names.join(', ')} that stand on another compensation, or a channel on another scale.`;
  return lost.length === 0 ? [held] : [held, lost.join('\n')];
}

/**
 * The most common gates first, as template.yaml; others, which were changed for some samples, after it. Gates that stand on
 * another compensation or scale than the rest have templates of their own, told apart by a letter.
 */
function templatesOf(gating: ForeignGating): readonly SampleTemplate[] {
  const groups = new Map<string, ForeignSample[]>();
  for (const sample of gating.samples.filter(({ populations }) => populations.length > 0)) {
    const made = toTemplates(gating, { ...sample, name: '' }, () => ({ template: 'x', matrixFile: 'x.csv' }));
    const key = made.map(({ text, matrix }) => `${text}\n${matrix === undefined ? '' : matrixCsv(matrix)}`).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  const common = [...groups.values()].sort((a, b) => b.length - a.length);
  return common.flatMap((samples, i) => {
    const group = i === 0 ? 'template' : `template-${i + 1}`;
    const nameOf = (n: number) => (n === 1 ? group : `${group}-${String.fromCharCode(96 + n)}`);
    const named = (n: number) => ({ template: nameOf(n), matrixFile: `${nameOf(n)}-matrix.csv` });
    return toTemplates(gating, samples[0]!, named).map((made, k): SampleTemplate => {
      const matrix = made.matrix === undefined ? undefined : matrixCsv(made.matrix);
      return { name: nameOf(k + 1), isFirst: k === 0, samples, text: made.text, matrix, left: made.left };
    });
  });
}
