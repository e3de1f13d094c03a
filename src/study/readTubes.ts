import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Problem, problem, withoutFolder } from '../problems/index.ts';
import { type Located, onDisk } from '../tables/index.ts';
import type { Template } from '../template/index.ts';
import { identifyingNames } from './identifyingNames.ts';
import { readingWishes } from './readingWishes.ts';
import { readRows } from './readRows.ts';
import type { SheetTube } from './sheetRow.ts';
import type { StudyInput, Tube } from './study.ts';
import type { StudyDraft } from './studyFile.ts';
import { tubeCompensations } from './tubeCompensations.ts';
import { displayPath, findTubeFiles } from './tubeFiles.ts';

interface TubeWishes {
  readonly files: 'needed' | 'planned';
  readonly problems: Problem[];
  readonly templates: ReadonlyMap<string, Template>;
}

/** The tubes of the sheet with their files, and what study.yaml says of each. */
export function readTubes(
  draft: StudyDraft,
  folder: string,
  inputs: StudyInput[],
  { files, problems, templates }: TubeWishes,
): Tube[] {
  const rows = readRows(draft, folder, inputs, problems);
  const root = dataRoot(draft.data, folder, { files, problems });
  const isHidden = draft.names === 'hidden';
  const named = rows.map(({ tube, where }) => {
    const { file, sampleId, row } = tube;
    return { file, shown: isHidden ? `<${sampleId}>` : file, row: row.row, where, tube };
  });
  if (!isHidden) problems.push(...personsIn(rows));
  const paths = root === undefined ? [] : findTubeFiles(root, named, draft.allowSameFile ? 'all' : 'panels', problems);
  const wishes = readingWishes(draft, new Set(rows.map(({ tube }) => tube.sampleId)), problems);
  const panels = new Map(rows.map(({ tube }) => [tube.sampleId, tube.panel]));
  const compensation = tubeCompensations({ draft, folder, templates, inputs, panels }, problems);
  return rows.map(({ tube: { row, file, ...tube } }, index) => {
    const path = paths[index] ?? file;
    return {
      ...tube,
      path,
      displayPath: isHidden ? `<${tube.sampleId}>` : displayPath(folder, path),
      ...(wishes.get(tube.sampleId) ?? { reading: {} }),
      compensation: compensation.get(tube.sampleId),
      sheetRow: row.row,
    };
  });
}

function personsIn(rows: readonly { readonly tube: SheetTube; readonly where: Problem['where'] }[]): Problem[] {
  const tubes = rows.map(({ tube: { file, sampleId, subject, visit, batch, panel, arm } }) => {
    return { file, sampleId, subject, known: [visit ?? '', batch, panel, arm] };
  });
  const [first] = rows;
  const found = identifyingNames(tubes, first?.where.file === undefined ? {} : { file: first.where.file });
  return found === undefined ? [] : [found];
}

function dataRoot(
  part: Located<string> | undefined,
  folder: string,
  { files, problems }: { readonly files: 'needed' | 'planned'; readonly problems: Problem[] },
): string | undefined {
  if (part === undefined) return undefined;
  const root = onDisk(resolve(folder, part.value)).path;
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return root;
  const where = part.source.at(part.path);
  const message = `there is no folder "${withoutFolder(part.value)}"`;
  problems.push(problem(files === 'planned' ? 'note' : 'error', 'input.not-found', message, where));
  return undefined;
}
