import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { group } from 'd3-array';
import * as z from 'zod';
import type { ExportedRun, ExportFormat } from '../../exports/index.ts';
import { type Outcome, refused } from '../../pipeline/index.ts';
import { counted, hasErrors, type Problem, problem, withoutFolder } from '../../problems/index.ts';
import { jsonText, jsonValue, sha256, writeFileAtomically } from '../../tables/index.ts';
import { openExportedRun } from './openExportedRun.ts';

export interface ExportRunOptions {
  readonly formats: readonly ExportFormat[];
  /** Folder of the FCS files, where they are not where the run found them. */
  readonly fcs: string | undefined;
  /** study.yaml, where it does not lie where its record and the working directory put it. */
  readonly study: string | undefined;
}

/** A path below the folder of the run. */
const Inside = z.string().refine((path) => !path.split('/').includes('..') && !path.startsWith('/'));
const List = z.looseObject({
  files: z.array(z.looseObject({ format: z.string(), path: Inside, sha256: z.string() })),
});

/** A file of an export. */
interface Written {
  readonly format: string;
  readonly path: string;
  readonly sha256: string;
}

const LIST = 'exports/exports.json';

/**
 * A finished run in the forms of other programs, into `exports/` of its own folder, so that they go and come with it: a
 * later run in the folder takes them away. Whatever can be checked is checked before anything is written.
 */
export async function exportRun(folder: string, options: ExportRunOptions): Promise<Outcome> {
  const path = resolve(folder);
  const shown = withoutFolder(folder);
  const opened = openExportedRun(path, shown, options);
  if (opened.value === undefined) return refused(opened.problems);
  const problems: Problem[] = [...opened.problems];
  const listed = writtenBefore(path);
  for (const format of options.formats) {
    const { files, found } = await writeFormat(format, opened.value, { path, own: listed });
    removeUnwritten(path, listed.get(format.name) ?? [], files);
    listed.set(format.name, files);
    problems.push(...found);
    writeFileAtomically(
      join(path, LIST),
      jsonText({ format: 'cytopair/exports/1', files: [...listed.values()].flat() }),
    );
  }
  const written = options.formats.map(({ name }) => ({ name, files: listed.get(name) ?? [] }));
  const lines = written.map(({ name, files }) => summaryLine(name, files));
  const exit = hasErrors(problems) ? 3 : 0;
  const count = written.flatMap(({ files }) => files).length;
  const closing = `cytopair: ${counted(count, 'file')} in ${counted(written.length, 'format')} -> ${shown}/exports`;
  return { exit, problems, text: `${lines.join('\n')}\n`, closing };
}

interface Target {
  /** Of the run, absolute. */
  readonly path: string;
  /** Files of former exports, which may be replaced. */
  readonly own: ReadonlyMap<string, readonly Written[]>;
}

async function writeFormat(format: ExportFormat, run: ExportedRun, { path, own }: Target) {
  const ours = new Set([...own.values()].flat().map((one) => one.path));
  const files: Written[] = [];
  const found: Problem[] = [];
  for await (const piece of format.pieces(run)) {
    if (piece.kind === 'problem') {
      found.push(piece.problem);
      continue;
    }
    const name = piece.place === 'root' ? piece.path : `exports/${piece.path}`;
    if (!ours.has(name) && statSync(join(path, name), { throwIfNoEntry: false }) !== undefined) {
      found.push(
        problem('error', 'output.exists', `"${name}" exists already and is of no export of ours`, { file: name }),
      );
      continue;
    }
    writeFileAtomically(join(path, name), piece.bytes);
    files.push({ format: format.name, path: name, sha256: sha256(piece.bytes) });
  }
  return { files, found };
}

/** What a former export of the format left and this one did not write: a tube that is no more, say. */
function removeUnwritten(path: string, former: readonly Written[], files: readonly Written[]): void {
  const now = new Set(files.map((one) => one.path));
  for (const one of former) if (!now.has(one.path)) rmSync(join(path, one.path), { force: true });
}

/** Format -> its files, as the list of a former export names them. */
function writtenBefore(path: string): Map<string, readonly Written[]> {
  const list = join(path, LIST);
  const text = statSync(list, { throwIfNoEntry: false })?.isFile() ? readFileSync(list, 'utf8') : '';
  const { data } = List.safeParse(jsonValue(text));
  return group(data?.files ?? [], (one) => one.format);
}

function summaryLine(name: string, files: readonly Written[]): string {
  const [first] = files;
  if (first === undefined) return `${name}: nothing`;
  return files.length === 1 ? `${name}: ${first.path}` : `${name}: ${first.path} and ${files.length - 1} more`;
}
