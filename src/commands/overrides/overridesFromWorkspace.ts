import { basename, dirname, join, resolve } from 'node:path';
import { type ForeignSample, gateEdits, readFlowjo } from '../../foreign/index.ts';
import { type PlacementBook, tubeBook } from '../../gating/index.ts';
import { type Outcome, refused } from '../../pipeline/index.ts';
import { andMore, counted, hasErrors, type Problem, problem } from '../../problems/index.ts';
import { type Patch, writeOverrides } from '../../review/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { writeFileAtomically } from '../../tables/index.ts';
import { type ExportRecord, readExportRecord } from '../exportGates/exportRecord.ts';
import { readRun } from '../exportGates/readRun.ts';
import { patchAxes } from './patchAxes.ts';
import { type TubePatches, tubePatches } from './tubePatches.ts';

export interface OverridesOptions {
  /** Folder of the run from which the gates were exported. */
  readonly run: string;
  /** Folder of what export-gates wrote for its owner; undefined: where it usually is. */
  readonly record: string | undefined;
  /** Initials of who worked on the workspace. */
  readonly author: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly reason: string | undefined;
  /** File of the patches; undefined: stdout. */
  readonly out: string | undefined;
}

/**
 * What a person changed in an exported workspace, as patches against the run that was exported; gates that stayed and were
 * opened are accepted. Nothing is written where anything cannot be said: half of an edit is another edit.
 */
export function overridesFromWorkspace(path: string, options: OverridesOptions): Outcome {
  const file = basename(path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, path, { file }, problems);
  if (!isDate(options.date)) problems.push(problem('error', 'cli.usage', `"${options.date}" is no date`, {}, DATE));
  const kept = recordBeside(path, options);
  const run = readRun(resolve(options.run));
  problems.push(...run.problems);
  if (kept === undefined)
    problems.push(problem('error', 'import.no-record', 'there is no record of the export', { file }));
  if (bytes === undefined || kept === undefined || run.value === undefined || hasErrors(problems))
    return refused(problems);
  const { placements, books } = run.value;
  if (JSON.stringify(placements) !== JSON.stringify(kept.record.placements)) {
    const message = 'the gates of the run are not those that were exported: it was made anew, or it is another one';
    return refused([...problems, problem('error', 'import.other-run', message, { file })]);
  }
  const [before, after] = [readFlowjo(kept.workspace, 'exported.wsp'), readFlowjo(bytes, file)];
  problems.push(...before.problems, ...after.problems.map((one) => asError(one)));
  if (before.value === undefined || after.value === undefined || hasErrors(problems)) return refused(problems);
  const found = kept.record.tubes.map((tube) =>
    editsOfTube(tube, { before: before.value!.samples, after: after.value!.samples, books, options }),
  );
  problems.push(...told(found, file));
  if (hasErrors(problems)) return refused(problems);
  const patches = found.flatMap(({ made }) => made?.patches ?? []);
  const text = writeOverrides(patches);
  if (options.out !== undefined) writeFileAtomically(resolve(options.out), text);
  const words = countsOf(patches);
  const shown = options.out === undefined ? '' : ` -> ${basename(options.out)}`;
  return { exit: 0, problems, text: options.out === undefined ? text : '', closing: `cytopair: ${words}${shown}` };
}

const DATE = 'write it as 2026-11-29';

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** A gate that cannot be read is not one that was taken out. */
function asError(found: Problem): Problem {
  const isGate = ['import.unreadable-gate', 'import.unreadable-matrix', 'import.not-carried'].includes(found.code);
  return isGate ? { ...found, severity: 'error' } : found;
}

/** Beside the workspace, where export-gates puts it. */
function recordBeside(path: string, { record, run }: OverridesOptions) {
  const folder = dirname(resolve(path));
  const usual = [
    `${folder}-private`,
    join(folder, 'record'),
    join(resolve(run), 'blind-private'),
    join(resolve(run), 'exports', 'record'),
  ];
  for (const place of record === undefined ? usual : [resolve(record)]) {
    const found = readExportRecord(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Edited {
  readonly tube: ExportRecord['tubes'][number];
  readonly made: TubePatches | undefined;
  /** Why there is none. */
  readonly fault: string | undefined;
}

interface Workspaces {
  readonly before: readonly ForeignSample[];
  readonly after: readonly ForeignSample[];
  readonly books: readonly PlacementBook[];
  readonly options: OverridesOptions;
}

function editsOfTube(tube: ExportRecord['tubes'][number], { before, after, books, options }: Workspaces): Edited {
  const refuse = (fault: string): Edited => ({ tube, made: undefined, fault });
  const of = (samples: readonly ForeignSample[]) =>
    samples.filter(({ name, fileNames }) => name === tube.file || fileNames.includes(tube.file));
  const [old, [saved, ...more]] = [of(before)[0], of(after)];
  const book = books.find(({ gates }) =>
    gates.some(({ tubes }) => tubes.some((one) => one.sample_id === tube.sample_id)),
  );
  if (old === undefined || book === undefined) throw new Error(`the record holds no gates of "${tube.tube}"`);
  if (saved === undefined) return refuse('the workspace does not hold it any more');
  if (more.length > 0) return refuse(`the workspace holds it ${more.length + 1} times`);
  if (!isSameMatrix(old, saved))
    return refuse('its compensation was changed in FlowJo, so that its gates mean other cells');
  const axes = patchAxes(tubeBook(book, tube.sample_id), tube.unit_factors, old.matrices[0]?.detectors ?? []);
  const { author, date, reason } = options;
  const made = tubePatches(gateEdits(old, saved), book, tube.sample_id, axes, {
    tube: tube.tube,
    author,
    date,
    reason,
  });
  return { tube, made, fault: undefined };
}

/** As FlowJo rewrites it, to six digits. */
function isSameMatrix({ matrices: [a] }: ForeignSample, { matrices: [b] }: ForeignSample): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 1e-5;
  return (
    JSON.stringify(a.detectors) === JSON.stringify(b.detectors) &&
    a.rows.every((row, i) => row.every((value, j) => isNear(value, b.rows[i]?.[j] ?? Number.NaN)))
  );
}

/** One problem a reason, naming the gates. */
function told(found: readonly Edited[], file: string): readonly Problem[] {
  const where = { file };
  const problems = found.flatMap(({ tube, fault }): readonly Problem[] =>
    fault === undefined ? [] : [problem('error', 'import.not-a-patch', `tube "${tube.tube}": ${fault}`, where)],
  );
  const faults = found.flatMap(({ tube, made }) => (made?.faults ?? []).map((one) => ({ ...one, tube: tube.tube })));
  for (const says of new Set(faults.map((one) => one.says))) {
    const own = faults.filter((one) => one.says === says);
    const names = andMore(
      own.map(({ tube, population }) => `"${population}" of "${tube}"`),
      3,
    );
    const code = own[0]!.isReason ? 'import.no-reason' : 'import.not-a-patch';
    problems.push(problem('error', code, `${names}: ${says}`, where));
  }
  const added = found.flatMap(({ tube, made }) => (made?.added ?? []).map((path) => `"${path}" of "${tube.tube}"`));
  if (added.length > 0) {
    const message = `${andMore(added, 3)}: drawn in FlowJo and in no template; not taken`;
    problems.push(problem('warning', 'import.not-carried', message, where, 'add the population to the template'));
  }
  return problems;
}

function countsOf(patches: readonly Patch[]): string {
  const gates = (own: readonly Patch[]) => new Set(own.map(({ tube, population }) => `${tube}\n${population}`)).size;
  const of = (...actions: readonly Patch['action'][]) =>
    gates(patches.filter(({ action }) => actions.includes(action)));
  const parts = [
    `${counted(of('shift', 'geometry'), 'gate')} moved`,
    `${of('exclude')} taken out`,
    `${of('accept')} accepted`,
  ];
  return parts.join(', ');
}
