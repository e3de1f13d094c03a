import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ExportedRun, type ExportFormat, rowsOf } from '../../exports/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { hasErrors, type Problem, problem, type Reading, withoutFolder } from '../../problems/index.ts';
import { readStudy, type Study, type Tube } from '../../study/index.ts';
import { changedSince, type RunFolderFiles, readRunFolder } from './readRunFolder.ts';
import type { RunRecord } from './runRecord.ts';
import { candidatesOf, type RunTube, withRunTube } from './runTubes.ts';

interface Places {
  readonly formats: readonly Pick<ExportFormat, 'name' | 'needs'>[];
  readonly fcs: string | undefined;
  readonly study: string | undefined;
}

/** A finished run, ready for every form that is wanted of it; or all that is in the way. */
export function openExportedRun(path: string, shown: string, places: Places): Reading<ExportedRun> {
  const files = readRunFolder(path, shown);
  if (files.value === undefined) return { value: undefined, problems: files.problems };
  const { record, run } = files.value;
  const study = studyOf(path, record, places);
  if (hasErrors(study.problems)) return { value: undefined, problems: study.problems };
  const tubes = new Map(record.tubes.map((tube) => [tube.sample_id, tube]));
  const counts = countsBySample(run);
  const planned = new Map(study.value?.tubes.map((tube) => [tube.sampleId, tube]));
  return {
    value: {
      ...run,
      planned: study.value,
      withTube(sampleId, use) {
        const tube = tubes.get(sampleId);
        if (tube === undefined) throw new Error(`the run has no tube "${sampleId}"`);
        const input = record.inputs.find((one) => one.role === 'fcs' && one.sample_id === sampleId);
        const own = planned.get(sampleId);
        const found: RunTube = {
          sampleId,
          shown: input?.path ?? sampleId,
          sha256: input?.sha256 ?? null,
          reading: own?.reading ?? {},
          candidates: placesOf(path, input?.path ?? sampleId, own, places.fcs),
          handling: tube.handling ?? undefined,
          book: run.books.find((book) =>
            book.gates.some((gate) => gate.tubes.some((one) => one.sample_id === sampleId)),
          ),
          counts: counts.get(sampleId) ?? new Map(),
        };
        return withRunTube(found, use);
      },
    },
    problems: study.problems,
  };
}

function placesOf(folder: string, path: string, tube: Tube | undefined, fcs: string | undefined): string[] {
  const places = candidatesOf(folder, path, fcs);
  return tube === undefined ? places : [tube.path, ...places];
}

/** The study as the run read it: needed for some forms, taken for the others where it is there. */
function studyOf(folder: string, record: RunRecord, { formats, study }: Places): Reading<Study> {
  const asking = formats.filter(({ needs }) => needs === 'study').map(({ name }) => name);
  const refuse = (message: string): Reading<Study> => {
    if (asking.length === 0 && study === undefined) return { value: undefined, problems: [] };
    return { value: undefined, problems: [problem('error', 'output.no-study', message, {})] };
  };
  const input = record.inputs.find(({ role }) => role === 'study');
  if (record.command !== 'run' || input === undefined) {
    return refuse(`${asking.join(', ')}: the folder is of \`${record.command}\`, which knows no patients of a study`);
  }
  const candidates = study === undefined ? candidatesOf(folder, input.path, undefined) : [resolve(study)];
  const path = candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) {
    const where =
      study === undefined ? `"${input.path}" was not found from here` : `there is no file "${withoutFolder(study)}"`;
    return refuse(`${asking.join(', ')}: ${where}`);
  }
  const read = readStudy(path, placementRegistry, { files: 'planned' });
  const changed: Problem[] = read.value === undefined ? [...read.problems] : changedSince(record, read.value);
  // A study of the same name that lies here by chance is not asked.
  if (changed.length > 0 && asking.length === 0 && study === undefined) return { value: undefined, problems: [] };
  return changed.length > 0 ? { value: undefined, problems: changed } : { value: read.value, problems: [] };
}

function countsBySample(run: RunFolderFiles['run']): ReadonlyMap<string, ReadonlyMap<string, number | null>> {
  const counts = new Map<string, Map<string, number | null>>();
  if (!run.tableNames.includes('frequencies')) return counts;
  for (const { sample_id: id, population, count } of rowsOf(run.table('frequencies'))) {
    const own = counts.get(String(id)) ?? new Map<string, number | null>();
    own.set(String(population), typeof count === 'number' ? count : null);
    counts.set(String(id), own);
  }
  return counts;
}
