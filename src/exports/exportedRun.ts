import type { FcsParameter } from '../fcs/index.ts';
import type { PlacementBook } from '../gating/index.ts';
import type { Reading } from '../problems/index.ts';
import type { Study } from '../study/index.ts';
import type { TypedTable } from './typedTable.ts';

/** A file that the run read, as run.json names it. */
export interface ExportInput {
  readonly role: string;
  readonly path: string;
  readonly sampleId: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** A file of the run's folder, its hash as it lies there. */
export interface ExportOutput {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A tube as the record has it. */
export interface ExportTubeRecord {
  readonly sampleId: string;
  readonly status: 'ok' | 'failed' | 'excluded';
  readonly events: number | null;
  readonly cytometer: string;
  readonly flags: readonly string[];
  /** In words: the matrix that was applied, or why none; null where the tube failed. */
  readonly compensation: string | null;
}

/** What was found wrong, as the record has it. */
export interface ExportFinding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly sampleId: string | null;
  readonly file: string | null;
  readonly message: string;
  readonly hint: string | null;
}

/** What the file of a tube says, and its events where they are asked for. */
export interface ExportTube {
  readonly fileName: string;
  readonly version: string;
  readonly eventCount: number;
  readonly parameters: readonly FcsParameter[];
  /** Upper-case keyword -> value. */
  readonly keywords: ReadonlyMap<string, string>;
  /** Compensated linear values in the unit of the study, and the populations, all as the run had them. */
  events(): Reading<ExportEvents>;
}

export interface ExportEvents {
  /** By $PnN, in the order of the file; as many values as the tube has events. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Population -> one 0/1 an event, in tree order, without root. */
  readonly membership: ReadonlyMap<string, Uint8Array>;
}

/** A finished run as its folder holds it, each file checked against its hash. */
export interface ExportedRun {
  readonly command: 'run' | 'gate' | 'analyze';
  readonly study: string;
  readonly version: string;
  readonly started: string;
  readonly finished: string;
  readonly environment: { readonly node: string; readonly platform: string };
  readonly planSha256: string | null;
  readonly inputs: readonly ExportInput[];
  /** run.json is the last. */
  readonly outputs: readonly ExportOutput[];
  /** Ascending by sample_id. */
  readonly tubes: readonly ExportTubeRecord[];
  readonly problems: readonly ExportFinding[];
  /** File names without `.csv` of the tables that it wrote, in the order of docs/output.md. */
  readonly tableNames: readonly string[];
  /** Read when it is asked for: a table of draws is large. @throws where it is not among `tableNames` */
  table(name: string): TypedTable;
  /** The text of one of `outputs`. */
  text(path: string): string;
  readonly books: readonly PlacementBook[];
  /** The paragraph of methods.txt; empty where nothing was compared. */
  readonly methods: string;
  /** undefined for `gate`, and where study.yaml was not asked for. */
  readonly planned: Study | undefined;
  /** Finds the file of a tube by its hash, and hands it over while `use` runs. */
  withTube<T>(sampleId: string, use: (tube: ExportTube) => Reading<T>): Reading<T>;
}
