import type { Analysis, Denominator, Observation } from '../analysis/index.ts';
import type { RecordHandling, RecordInput, RecordTube } from '../batch/index.ts';
import { type OpenSource, openFile, sha256Of } from '../fcs/index.ts';
import type { Frequency, SiblingRow } from '../frequencies/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Quality } from '../quality/index.ts';
import type { StudyEvent, Visit } from '../study/index.ts';
import type { TubeDecision, TubeLook } from '../tube/index.ts';
import type { PlanRecord } from './planRecord.ts';
import type { DatedPatch } from './review/readPatches.ts';
import type { ReviewSummary } from './review/reviewed.ts';
import type { Walked } from './walked.ts';

/** What became of the tubes, and the shares that follow. */
export interface Gated {
  /** Tubes in sheet order. */
  readonly walked: Walked;
  readonly frequencies: readonly Frequency[];
  /** Names in the order of their columns. */
  readonly denominators: readonly string[];
  /** Denominators that the study adds to those of its templates, by name. */
  readonly addedDenominators: Readonly<Record<string, Denominator>>;
}

/** What the plan asked, and the answers. */
export interface Compared {
  /** True where study.yaml names families. */
  readonly isPlanned: boolean;
  readonly plan: PlanRecord;
  readonly analysis: Analysis;
  /** The values that it rests on, of all visits. */
  readonly observations: readonly Observation[];
  /** What else moved beside the primary endpoints; empty where a table took the place of tubes. */
  readonly siblings: readonly SiblingRow[];
}

interface Found {
  readonly study: {
    readonly name: string;
    readonly title: string;
    readonly seed: number;
    readonly visits: readonly Visit[];
    readonly events: readonly StudyEvent[];
  };
  readonly problems: readonly Problem[];
  /** Files that were read, without the tubes' own. */
  readonly inputs: readonly RecordInput[];
}

interface RunFound {
  readonly command: 'run';
  readonly gated: Gated;
  readonly compared: Compared;
  readonly quality: Quality;
  /** Where persons moved gates: what they did, and the results with every gate where it was placed. */
  readonly reviewed?: Reviewed;
}

export interface Reviewed {
  readonly planned: RunResults;
  readonly summary: ReviewSummary;
  readonly patches: readonly DatedPatch[];
}

export type RunResults = Found & RunFound;

/** All that a command found, before any of it is written; `quality`: what several tubes together show. */
export type Results = Found &
  (
    | RunFound
    | { readonly command: 'gate'; readonly gated: Gated; readonly compared?: undefined; readonly quality?: undefined }
    | {
        readonly command: 'analyze';
        readonly gated?: undefined;
        readonly compared: Compared;
        readonly quality?: undefined;
      }
  );

/** What became of each tube, in sheet order. A person's exclusion is named first, whatever else befell the file. */
export function tubeRecords({ gated }: Results): readonly RecordTube[] {
  const amplification = new Map(gated?.walked.panels.map(({ panel, template }) => [panel, template.amplification]));
  return (gated?.walked.tubes ?? []).map(({ tube, look, decision, counts, flags }) => ({
    sampleId: tube.sampleId,
    status: tube.excluded ? 'excluded' : counts === undefined ? 'failed' : 'ok',
    events: look?.eventCount ?? null,
    cytometer: look?.cytometer ?? '',
    flags,
    handling:
      look === undefined || decision === undefined
        ? undefined
        : handlingOf(look, decision, amplification.get(tube.panel) ?? 'linear'),
  }));
}

/** What was done to a tube's values, so that its gates can be given to another program. */
function handlingOf(
  { matrix }: TubeLook,
  { compensation, values, unitFactors }: TubeDecision,
  amplification: string,
): RecordHandling {
  const { isApplied, says } = compensation;
  const isOther = isApplied && matrix.from === 'csv';
  const changed = Object.entries(unitFactors).filter(([, factor]) => factor !== 1);
  return {
    isCompensated: isApplied,
    compensation: says,
    matrix: isOther ? { channels: matrix.channels, values: matrix.matrix } : null,
    values: values.kind === 'linear' ? 'linear' : values.word,
    amplification,
    unitFactors: Object.fromEntries(changed),
  };
}

/** The FCS files with their hashes; of files that could not be used, what the disk holds. */
export function tubeInputs({ gated }: Results): readonly RecordInput[] {
  return (gated?.walked.tubes ?? []).map(({ tube: { sampleId, displayPath, path }, look }) => {
    const facts = look ?? hashFile(path);
    return { role: 'fcs', path: displayPath, sampleId, bytes: facts?.bytes ?? null, sha256: facts?.sha256 ?? null };
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
