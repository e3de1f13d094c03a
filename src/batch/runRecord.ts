import { byText, type Problem, sortProblems } from '../problems/index.ts';

export type InputRole = 'study' | 'template' | 'sheet' | 'fcs' | 'spillover' | 'overrides' | 'frequencies';

/** A file that a run read. */
export interface RecordInput {
  readonly role: InputRole;
  /** With `/`, relative to the study's folder; never absolute. */
  readonly path: string;
  readonly sampleId: string | null;
  /** null where the file could not be read at all. */
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** A file that a run wrote. */
export interface RecordOutput {
  /** Relative to the output folder. */
  readonly path: string;
  readonly sha256: string;
}

export interface RecordTube {
  readonly sampleId: string;
  readonly status: 'ok' | 'failed' | 'excluded';
  readonly events: number | null;
  readonly cytometer: string;
  readonly flags: readonly string[];
  /** What was done to its values before gates saw them; left out where it failed. */
  readonly handling?: RecordHandling | undefined;
}

export interface RecordHandling {
  readonly isCompensated: boolean;
  /** Keyword or file of the matrix, or why there is none. */
  readonly compensation: string;
  /** A matrix that is not the file's own; null where it is. */
  readonly matrix: { readonly channels: readonly string[]; readonly values: readonly number[] } | null;
  /** On what scale the file keeps its values: `linear`, or what was undone. */
  readonly values: string;
  /** How stored numbers were made linear, as the template says. */
  readonly amplification: string;
  /** $PnN -> what its values were multiplied by, where that is not 1. */
  readonly unitFactors: Readonly<Record<string, number>>;
}

export interface RunFacts {
  readonly command: 'run' | 'gate' | 'analyze';
  readonly study: string;
  readonly exit: number;
  readonly inputs: readonly RecordInput[];
  readonly outputs: readonly RecordOutput[];
  readonly tubes: readonly RecordTube[];
  readonly problems: readonly Problem[];
  readonly seeds: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, string>>;
  /** Of the analysis plan, and what the results hold beside it; undefined where nothing is compared. */
  readonly plan: { readonly sha256: string | null; readonly notPlanned: readonly string[] } | undefined;
  /** Patches of gates as they were given, each with `after_lock`. */
  readonly overrides?: readonly object[];
  readonly threads: number;
  readonly started: Date;
  readonly finished: Date;
}

const inputRoles: readonly InputRole[] = ['study', 'template', 'sheet', 'fcs', 'spillover', 'overrides', 'frequencies'];

/**
 * The content of run.json, keys in their order. All but `environment` and `timing` is a function of the inputs; where the
 * sheet's rows are shuffled, lists keep their order, since none goes by row.
 */
export function runRecord(facts: RunFacts): object {
  const { command, study, exit, tubes, seeds, versions, threads, started, finished } = facts;
  const countOf = (status: RecordTube['status']) => tubes.filter((tube) => tube.status === status).length;
  return {
    format: 'cytopair/run/1',
    command,
    study,
    result: { exit, tubes: tubes.length, ok: countOf('ok'), failed: countOf('failed'), excluded: countOf('excluded') },
    inputs: sortInputs(facts.inputs).map(({ role, path, sampleId, bytes, sha256 }) => {
      return { role, path, sample_id: sampleId, bytes, sha256 };
    }),
    outputs: [...facts.outputs].sort((a, b) => byText(a.path, b.path)).map(({ path, sha256 }) => ({ path, sha256 })),
    tubes: [...tubes]
      .sort((a, b) => byText(a.sampleId, b.sampleId))
      .map(({ sampleId, status, events, cytometer, flags, handling }) => {
        return { sample_id: sampleId, status, events, cytometer, flags, handling: handlingOf(handling) };
      }),
    problems: withoutRowOrder(facts.problems).map(recordedProblem),
    overrides: facts.overrides ?? [],
    lock: null,
    seeds,
    versions,
    environment: { node: process.version, platform: `${process.platform}-${process.arch}`, threads },
    timing: {
      started: started.toISOString(),
      finished: finished.toISOString(),
      seconds: (finished.getTime() - started.getTime()) / 1000,
    },
    plan: facts.plan ? { sha256: facts.plan.sha256, not_planned: facts.plan.notPlanned } : null,
  };
}

function handlingOf(handling: RecordHandling | undefined): object | null {
  if (handling === undefined) return null;
  const {
    isCompensated: compensated,
    compensation,
    matrix,
    values,
    amplification,
    unitFactors: unit_factors,
  } = handling;
  return { compensated, compensation, matrix, values, amplification, unit_factors };
}

/** Files in the order of the record: by role, then path. */
export function sortInputs(inputs: readonly RecordInput[]): readonly RecordInput[] {
  const rank = (input: RecordInput) => inputRoles.indexOf(input.role);
  return [...inputs].sort((a, b) => rank(a) - rank(b) || byText(a.path, b.path));
}

/** A problem as run.json and `--json` hold it. */
export function recordedProblem({ severity, code, where, message, hint }: Problem): object {
  const { file = null, line = null, column = null, byte = null, sampleId = null } = where;
  return { severity, code, file, line, column, byte, sample_id: sampleId, message, hint };
}

// Sorted without lines first, so that the same findings stand in the same order however the sheet's rows are ordered.
function withoutRowOrder(problems: readonly Problem[]): readonly Problem[] {
  const inPlace = sortProblems(problems);
  const key = ({ where, code, message }: Problem) =>
    [where.file ?? '', String(where.byte ?? -1).padStart(16), where.sampleId ?? '', code, message].join('\0');
  return inPlace
    .map((found) => ({ found, key: key(found) }))
    .sort((a, b) => byText(a.key, b.key))
    .map(({ found }) => found);
}
