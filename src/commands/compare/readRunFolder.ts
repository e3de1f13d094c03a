import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { PlacementBook } from '../../gating/index.ts';
import { type Problem, problem, type Reading } from '../../problems/index.ts';
import type { RunConclusion, RunContents, RunCount } from '../../runs/index.ts';
import { jsonValue, readCsvText, sha256 } from '../../tables/index.ts';

const Text = z.string().nullable();
const Run = z.looseObject({
  format: z.literal('cytopair/run/1'),
  command: z.string(),
  study: z.string(),
  inputs: z.array(z.looseObject({ role: z.string(), path: z.string(), sample_id: Text, sha256: Text })),
  outputs: z.array(z.looseObject({ path: z.string(), sha256: z.string() })),
  tubes: z.array(z.looseObject({ sample_id: z.string(), status: z.string() })),
  overrides: z.array(z.unknown()),
  versions: z.record(z.string(), z.string()),
  plan: z.looseObject({ sha256: Text }).nullable(),
});

/**
 * The record, the books and the tables of a run. A file that is not as the run wrote it is named and taken as it is; a
 * changed book is refused, since its shape is known only from who wrote it.
 * @param shown how the folder is called in messages
 */
export function readRunFolder(folder: string, shown: string): Reading<RunContents> {
  const problems: Problem[] = [];
  const refuse = (message: string): Reading<RunContents> => ({
    value: undefined,
    problems: [...problems, problem('error', 'import.no-run', message, { file: shown })],
  });
  const record = textOf(folder, 'run.json');
  if (record === undefined) return refuse('the folder holds no run.json: it is no run of cytopair');
  const run = Run.safeParse(jsonValue(record));
  if (!run.success) return refuse('run.json is no record of a run of this version');
  const { command, study, versions, plan, overrides, inputs, outputs, tubes } = run.data;
  const written = new Map(outputs.map(({ path, sha256: hash }) => [path, hash]));
  const texts = new Map([...written.keys()].filter((path) => isRead(path)).map((path) => [path, textOf(folder, path)]));
  const books = new Map<string, PlacementBook>();
  for (const [path, text] of texts) {
    const isAsWritten = text !== undefined && sha256(text) === written.get(path);
    if (path.endsWith('.json') && !isAsWritten) return refuse(`"${path}" is not as the run wrote it`);
    if (!isAsWritten) {
      const message =
        text === undefined ? `"${path}" is not there any more` : `"${path}" was changed after the run wrote it`;
      problems.push(problem('warning', 'compare.changed-file', message, { file: `${shown}/${path}` }));
    }
    // What its hash shows to be written by us needs no second look.
    if (path.endsWith('.json')) books.set(path, jsonValue(text ?? '') as PlacementBook);
  }
  const value = {
    command,
    study,
    versions,
    planSha256: plan?.sha256 ?? null,
    overrideCount: overrides.length,
    inputs: inputs.map(({ role, path, sample_id, sha256: hash }) => ({
      role,
      path,
      sampleId: sample_id,
      sha256: hash,
    })),
    outputs: written,
    tubes: new Map(tubes.map(({ sample_id, status }) => [sample_id, status])),
    books,
    counts: countsOf(texts.get('frequencies.csv')),
    conclusions: conclusionsOf(texts.get('comparisons.csv')),
  };
  return { value, problems };
}

function isRead(path: string): boolean {
  return path === 'frequencies.csv' || path === 'comparisons.csv' || /^placements(?:-.*)?\.json$/.test(path);
}

function textOf(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}

function countsOf(text: string | undefined): RunCount[] {
  return rowsOf(text, ['sample_id', 'population', 'count', 'pct_parent', 'status']).map((cell) => ({
    sampleId: cell('sample_id'),
    population: cell('population'),
    count: numberOf(cell('count')),
    percentOfParent: numberOf(cell('pct_parent')),
    status: cell('status'),
  }));
}

function conclusionsOf(text: string | undefined): RunConclusion[] {
  const columns = [
    'family',
    'endpoint',
    'visit_from',
    'visit_to',
    'arm',
    'analysis',
    'estimate',
    'p',
    'p_adj',
    'reject',
  ];
  return rowsOf(text, [...columns, 'equivalent', 'status', 'sentence', 'panel']).map((cell) => {
    const visits = `${cell('visit_from')} to ${cell('visit_to')}`;
    const asked = ['family', 'endpoint', 'arm', 'analysis', 'panel'].map(cell);
    return {
      key: [...asked, visits].join('\n'),
      family: cell('family'),
      endpoint: cell('endpoint'),
      visits,
      analysis: cell('analysis'),
      estimate: cell('estimate'),
      p: cell('p'),
      pAdjusted: cell('p_adj'),
      verdict: cell('reject') === '' ? cell('equivalent') : cell('reject'),
      status: cell('status'),
      sentence: cell('sentence'),
    };
  });
}

function rowsOf(text: string | undefined, columns: readonly string[]): ((name: string) => string)[] {
  if (text === undefined) return [];
  const { value: table } = readCsvText(new TextEncoder().encode(text), 'table', columns);
  const at = new Map(table?.header.map((name, i) => [name, i]));
  return (table?.rows ?? []).map(
    ({ cells }) =>
      (name: string) =>
        cells[at.get(name) ?? -1] ?? '',
  );
}

function numberOf(cell: string): number | null {
  return cell === '' ? null : Number(cell);
}
