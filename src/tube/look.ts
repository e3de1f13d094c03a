import type { Evidence, PairSlopes } from '../compensation/index.ts';
import type { Apply, StoredValues, ValuesRule } from '../template/index.ts';
import type { ValuesShape } from './valuesShape.ts';

/** One channel of a tube, as its file describes it, and what a sample of its events shows. */
export interface ChannelLook {
  /** $PnN, made unique. */
  readonly name: string;
  /** $PnS; empty where absent. */
  readonly stain: string;
  /** $PnR; null where it is no positive number. */
  readonly range: number | null;
  /** $PnV as written; null where absent. */
  readonly voltage: string | null;
  /** $PnG; null where absent. */
  readonly gain: number | null;
  readonly isTime: boolean;
  /** Linear values before compensation at `LOOK_QUANTILES`, of the finite ones; null where there is none. */
  readonly quantiles: readonly number[] | null;
}

/** Which quantiles a look keeps of each channel. */
export const LOOK_QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** The matrix that a tube would be compensated with, and what its values and names show of having been so already. */
export interface MatrixLook {
  /** `unwanted`: the template wants none; `none`: the file holds none; `identity`: the file's own is the identity. */
  readonly kind: 'matrix' | 'identity' | 'none' | 'unwanted';
  /** Where it was read; without one why nothing is applied. */
  readonly source: string;
  /** $PnN in the order of the matrix; empty without one. */
  readonly channels: readonly string[];
  /** Row by row, row = fluorochrome; as long as channels squared. */
  readonly matrix: readonly number[];
  readonly from: 'file' | 'csv';
  readonly apply: Apply;
  /** How bright events read in the other detectors; tubes of one panel are judged together. */
  readonly pairs: readonly PairSlopes[];
  /** What names and keywords say. */
  readonly signs: readonly Evidence[];
}

/** On what scale the numbers of a file stand: what the author says of it, and how they lie. */
export interface ValuesLook {
  /** Of study.yaml for this tube, else of the template. A display scale is undone in all else that a look holds. */
  readonly rule: ValuesRule;
  /** Of the stored numbers; every channel but time. */
  readonly shapes: readonly ValuesShape[];
  /** $PnN -> what the file writes at the top of the display that the author named; null: it has no top. */
  readonly tops: Readonly<Record<string, number | null>>;
}

/** What one tube's file is, before anything is decided of it: bounded, no verdict over other tubes. */
export interface TubeLook {
  readonly sampleId: string;
  readonly displayPath: string;
  readonly bytes: number;
  /** Of the whole file. */
  readonly sha256: string;
  /** Of the first and of the last stored events, with their number: equal in two tubes that hold the same events. */
  readonly eventMarks: readonly string[];
  /** The lowest hashes of all events, ascending: by all values, and by scatter alone; empty where they would not tell. */
  readonly eventSketches: readonly (readonly number[])[];
  readonly eventCount: number;
  readonly version: string;
  readonly cytometer: string;
  /** $CYTSN; empty where absent. */
  readonly cytometerSerial: string;
  /** $DATE or $BEGINDATETIME as YYYY-MM-DD; null where absent or in no known form. */
  readonly date: string | null;
  /** $VOL, what was drawn, in nL (FCS 3.1, 3.2.20); null where it is absent or no number above 0. */
  readonly volumeNl: number | null;
  /** All parameters of the file. */
  readonly channels: readonly ChannelLook[];
  /** Marker -> $PnN, of the markers that the template names. */
  readonly markers: Readonly<Record<string, string>>;
  /** Optional markers that this tube does not have. */
  readonly absent: readonly string[];
  readonly matrix: MatrixLook;
  readonly values: ValuesLook;
  readonly flags: readonly string[];
}

/** What was decided of a tube before its events are used, from itself and from the tubes beside it. */
export interface TubeDecision {
  /** Of the file as it was looked at: seeds the survey's sample, and shows whether the file is still the same. */
  readonly sha256: string;
  /** Whether the matrix is applied; in words for the record: the matrix and its source, or why there is none. */
  readonly compensation: { readonly isApplied: boolean; readonly says: string };
  /** On what scale the file keeps its values: they are made linear before all else. */
  readonly values: StoredValues;
  /** $PnN -> what its values are multiplied by, so that all tubes have one unit; channels that are left out: 1. */
  readonly unitFactors: Readonly<Record<string, number>>;
  /** $PnN -> range of the channel in the study's unit, where the file's own $PnR is not taken. */
  readonly ranges: Readonly<Record<string, number>>;
  /** Markers that this tube has and most of its panel do not, or the other way round: their populations are others. */
  readonly unlikeMarkers: readonly string[];
  readonly flags: readonly string[];
}
