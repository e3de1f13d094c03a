import type { ScaleSpec } from '../scale/index.ts';

/** How a channel is compensated: not at all, by the file's own matrix, or by one that the document holds. */
export type CompensationRef =
  | { readonly kind: 'none' }
  | { readonly kind: 'file' }
  | { readonly kind: 'matrix'; readonly id: string };

/** What a dimension looks at: one channel, or A·(x₁ − B)/(x₂ − C) of two. */
export type ForeignSource =
  | { readonly kind: 'channel'; readonly name: string }
  | {
      readonly kind: 'ratio';
      readonly of: readonly [string, string];
      readonly A: number;
      readonly B: number;
      readonly C: number;
      /** Where the ratio itself is held, before a scale sees it. */
      readonly boundMin: number | null;
      readonly boundMax: number | null;
    };

/** A scale with the limits at which its coordinates are held; null = none. */
export interface ForeignScale {
  readonly spec: ScaleSpec;
  readonly boundMin: number | null;
  readonly boundMax: number | null;
}

/** One axis of a gate; its coordinates are those of the scale, linear where there is none. */
export interface ForeignAxis {
  readonly source: ForeignSource;
  readonly compensation: CompensationRef;
  readonly scale: ForeignScale | null;
  /** Linear values are multiplied by this before the scale sees them (FlowJo's gain of Time and linear axes). */
  readonly gain: number;
  /** How FlowJo shows the axis, by which it tells who is inside a polygon; absent where that is not known. */
  readonly display?: ForeignDisplay | undefined;
}

/** Axes of FlowJo whose channels are known exactly. */
export type ForeignDisplay =
  | { readonly kind: 'linear'; readonly min: number; readonly max: number }
  | { readonly kind: 'log'; readonly offset: number; readonly decades: number }
  | { readonly kind: 'biex'; readonly spec: ScaleSpec };

/** FlowJo's grid: an event is where its channel is, and so is a vertex. */
export interface ForeignGrid {
  readonly rule: 'flowjo 11' | 'flowjo 10' | 'flowjo 7.2';
  /** Channels along an axis. */
  readonly bins: number;
  /** The vertices in linear units, as they are written; of FlowJo 11 in channels. */
  readonly vertices: readonly ForeignPoint[];
  /** Where a vertex at or below 0 lies on a logarithmic axis: in channel 0, or far below it. */
  readonly lowVertex: 'channel 0' | 'below';
}

/** min ≤ coordinate < max; null = open. */
export interface ForeignBounds {
  readonly axis: ForeignAxis;
  readonly min: number | null;
  readonly max: number | null;
}

/** On which side of an edge the other program counts what lies on it; FlowJo 7: min < coordinate ≤ max. */
export type EdgeRule = 'lower' | 'upper';

export type ForeignPoint = readonly [number, number];

/** Where a gate lies, in the coordinates of its axes; a point on the edge of a polygon or an ellipse is inside. */
export type ForeignGate =
  | { readonly kind: 'rectangle'; readonly dims: readonly ForeignBounds[]; readonly edges?: EdgeRule }
  | {
      readonly kind: 'polygon';
      readonly axes: readonly [ForeignAxis, ForeignAxis];
      readonly vertices: readonly ForeignPoint[];
      /** The grid on which the other program tells who is inside; null where it tells exactly, or by a rule unknown. */
      readonly grid: ForeignGrid | null;
    }
  | {
      readonly kind: 'ellipsoid';
      readonly axes: readonly ForeignAxis[];
      readonly mean: readonly number[];
      readonly covariance: readonly (readonly number[])[];
      readonly distanceSquare: number;
    }
  | ForeignBoolean;

export interface ForeignBoolean {
  readonly kind: 'boolean';
  readonly op: 'and' | 'or';
  readonly of: readonly ForeignOperand[];
}

/** A population of the same sample, or a combination in brackets. */
export type ForeignOperand = { readonly isComplement: boolean } & (
  | { readonly id: string }
  | { readonly inner: ForeignBoolean }
);

/** Ids of all populations that a gate names. */
export function operandIds(gate: ForeignGate): readonly string[] {
  if (gate.kind !== 'boolean') return [];
  return gate.of.flatMap((operand) => ('id' in operand ? [operand.id] : operandIds(operand.inner)));
}

export interface ForeignPopulation {
  /** Unique in its sample. */
  readonly id: string;
  /** As the other program shows it. */
  readonly name: string;
  /** Id of the population above; null = all events. */
  readonly parent: string | null;
  readonly gate: ForeignGate;
  /** True: the events of the parent that are not inside. */
  readonly isComplement: boolean;
  /** The other program's own count; null where it has none. */
  readonly storedCount: number | null;
  /** What a person wrote beside it; absent where nothing. */
  readonly note?: string | undefined;
}

/** n fluorochromes of m detectors. */
export interface ForeignMatrix {
  readonly id: string;
  readonly name: string;
  readonly fluorochromes: readonly string[];
  readonly detectors: readonly string[];
  /** n × m, row = fluorochrome; inverted: m × n, row = detector, as it is to be applied. */
  readonly rows: readonly (readonly number[])[];
  readonly isInverted: boolean;
}

export interface ForeignSample {
  /** As the other program calls it; empty where its gates are for any file. */
  readonly name: string;
  /** Names under which its file may be known, the surest first. */
  readonly fileNames: readonly string[];
  readonly eventCount: number | null;
  /** Names in upper case. */
  readonly keywords: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
  readonly matrices: readonly ForeignMatrix[];
  /** Parents before children, else in the order of the document. */
  readonly populations: readonly ForeignPopulation[];
}

/** How stored values become those that gates look at: gain and $TIMESTEP as Gating-ML says, or as read. */
export type ForeignValues = 'gating-ml' | 'linear';

/** What another program knew of gates, whatever its format. */
export interface ForeignGating {
  readonly format: 'gatingml' | 'flowjo';
  /** With its version. */
  readonly program: string;
  readonly values: ForeignValues;
  readonly samples: readonly ForeignSample[];
  /** What stands in the document and does not come along, in words. */
  readonly leftOut: readonly string[];
}
