import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ExportedRun, type ExportOutput, tableNames, typedTable } from '../../exports/index.ts';
import { openFile, sha256Of } from '../../fcs/index.ts';
import type { PlacementBook } from '../../gating/index.ts';
import { hasErrors, type Problem, problem, type Reading } from '../../problems/index.ts';
import type { Study } from '../../study/index.ts';
import { jsonValue, sha256 } from '../../tables/index.ts';
import { parseRunRecord, type RunRecord } from './runRecord.ts';

/** A run's folder, every file that an export takes checked against its hash. */
export interface RunFolderFiles {
  readonly record: RunRecord;
  /** Ready but for the tubes and the study, which lie elsewhere. */
  readonly run: Omit<ExportedRun, 'withTube' | 'planned'>;
}

/** @param path absolute */
export function readRunFolder(path: string, shown: string): Reading<RunFolderFiles> {
  const text = read(path, 'run.json');
  if (text === undefined) {
    const found = problem('error', 'output.no-run', 'the folder holds no run.json', { file: shown });
    return { value: undefined, problems: [found] };
  }
  const { value: record, problems } = parseRunRecord(text);
  if (record === undefined) return { value: undefined, problems };
  const found = record.outputs.map(({ path: name, sha256: written }) => outputOf(path, name, written));
  const changed = found.filter((one) => 'code' in one);
  if (hasErrors(changed)) return { value: undefined, problems: changed };
  const outputs = found.filter((one) => 'bytes' in one);
  const own = { path: 'run.json', sha256: sha256(text), bytes: Buffer.byteLength(text) };
  return { value: { record, run: exported(path, record, [...outputs, own]) }, problems: [] };
}

function outputOf(folder: string, name: string, written: string): ExportOutput | Problem {
  const path = join(folder, name);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return problem('error', 'output.changed', `"${name}" is not there any more`, { file: name });
  }
  // Membership of many tubes is large: hashed piece by piece, and held nowhere.
  const source = openFile(path);
  try {
    if (sha256Of(source) === written) return { path: name, sha256: written, bytes: source.sizeBytes };
  } finally {
    source.close();
  }
  return problem('error', 'output.changed', `"${name}" was changed since the run wrote it`, { file: name });
}

function exported(folder: string, record: RunRecord, outputs: readonly ExportOutput[]): RunFolderFiles['run'] {
  const named = outputs.map(({ path }) => path);
  const textOf = (name: string): string => read(folder, name) ?? '';
  return {
    ...factsOf(record),
    outputs,
    tableNames: tableNames.filter((name) => named.includes(`${name}.csv`)),
    text: textOf,
    table: (name) => typedTable(name, textOf(`${name}.csv`)),
    // What its hash shows to be written by us needs no second look.
    books: named.filter(isBook).map((name) => jsonValue(textOf(name)) as PlacementBook),
    methods: textOf('methods.txt'),
  };
}

const isBook = (name: string): boolean => /^placements(?:-.*)?\.json$/.test(name);

function factsOf(record: RunRecord) {
  const { command, study, versions, timing, environment, plan, inputs, tubes, problems } = record;
  return {
    command,
    study,
    version: versions.cytopair,
    started: timing.started,
    finished: timing.finished,
    environment: { node: environment.node, platform: environment.platform },
    planSha256: plan?.sha256 ?? null,
    inputs: inputs.map(({ sample_id: sampleId, ...input }) => ({ ...input, sampleId })),
    tubes: tubes.map(({ sample_id: sampleId, handling, ...tube }) => {
      return { ...tube, sampleId, compensation: handling?.compensation ?? null };
    }),
    problems: problems.map(({ sample_id: sampleId, hint, ...found }) => ({ ...found, sampleId, hint: hint ?? null })),
  };
}

function read(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}

/** Whether study, sheet and templates are those that the run read; what is not is named. */
export function changedSince(record: RunRecord, study: Pick<Study, 'inputs'>): Problem[] {
  const now = new Set(study.inputs.map(({ bytes }) => sha256(bytes)));
  return record.inputs
    .filter(({ role, sha256: was }) => ['study', 'sheet', 'template'].includes(role) && was !== null && !now.has(was))
    .map(({ role, path }) =>
      problem('error', 'output.changed', `the ${role} "${path}" was changed since the run`, { file: path }),
    );
}
