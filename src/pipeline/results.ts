import type { Analysis } from '../analysis/index.ts';
import type { RecordInput, RecordTube } from '../batch/index.ts';
import { type OpenSource, openFile, sha256Of } from '../fcs/index.ts';
import type { Frequency, SiblingRow } from '../frequencies/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Quality } from '../quality/index.ts';
import type { Tube, Visit } from '../study/index.ts';
import type { PlanRecord } from './planRecord.ts';
import type { Walked } from './walk.ts';
import type { WalkPanel } from './walkTube.ts';

/** All that a command found, before any of it is written. Lists are empty where a command has nothing of the kind. */
export interface Results {
  readonly command: 'run' | 'gate' | 'analyze';
  readonly study: {
    readonly name: string;
    readonly title: string;
    readonly seed: number;
    readonly visits: readonly Visit[];
  };
  /** In sheet order. */
  readonly tubes: readonly Tube[];
  readonly panels: readonly WalkPanel[];
  readonly walked: Walked | undefined;
  /** Names in the order of their columns. */
  readonly denominators: readonly string[];
  /** Denominators that the study adds to those of its templates: name -> full path. */
  readonly addedDenominators: Readonly<Record<string, string>>;
  readonly frequencies: readonly Frequency[];
  /** What else moved beside the primary endpoints; empty where a table took the place of tubes. */
  readonly siblings: readonly SiblingRow[];
  /** True where study.yaml names families. */
  readonly isPlanned: boolean;
  /** undefined where nothing is compared. */
  readonly plan: PlanRecord | undefined;
  readonly analysis: Analysis | undefined;
  /** What several tubes together show; undefined where no visits are known. */
  readonly quality: Quality | undefined;
  readonly problems: readonly Problem[];
  /** Files that were read, without the tubes' own. */
  readonly inputs: readonly RecordInput[];
}

/** What became of each tube, in sheet order. A person's exclusion is named first, whatever else befell the file. */
export function tubeRecords(tubes: readonly Tube[], walked: Walked): readonly RecordTube[] {
  return tubes.map(({ sampleId, excluded }) => {
    const look = walked.looks.get(sampleId);
    const isSound = walked.counts.has(sampleId);
    return {
      sampleId,
      status: excluded ? 'excluded' : isSound ? 'ok' : 'failed',
      events: look?.eventCount ?? null,
      cytometer: look?.cytometer ?? '',
      flags: walked.flags.get(sampleId) ?? [],
    };
  });
}

/** The FCS files with their hashes; of files that could not be used, what the disk holds. */
export function tubeInputs(tubes: readonly Tube[], walked: Walked): readonly RecordInput[] {
  return tubes.map(({ sampleId, displayPath: path, path: absolutePath }) => {
    const facts = walked.looks.get(sampleId) ?? hashFile(absolutePath);
    return { role: 'fcs', path, sampleId, bytes: facts?.bytes ?? null, sha256: facts?.sha256 ?? null };
  });
}

/** Undefined where the disk gives nothing to hash. */
function hashFile(path: string): { bytes: number; sha256: string } | undefined {
  let source: OpenSource | undefined;
  try {
    source = openFile(path);
    return { bytes: source.sizeBytes, sha256: sha256Of(source) };
  } catch (error) {
    // Gone, a folder, or not readable: its problem is reported already, and the record holds null.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  } finally {
    source?.close();
  }
}
