import type { ScaleSpec } from '../scale/index.ts';
import type { Geometry } from './geometries/registry.ts';

/** The scales of one marker, frozen over the study. */
export type BookScale = ScaleSpec & {
  readonly marker: string;
  readonly channel: string;
  /** Cofactor of u = arcsinh(x / cofactor), the frame of placement: 150 · range / 262144. */
  readonly u_cofactor: number;
};

export interface BookAlignmentTube {
  readonly sample_id: string;
  /** Marker -> distance in u of the tube's landmark from the study's. */
  readonly offset: Readonly<Record<string, number>>;
  /** Marker -> log of the staining gain against the study, and its standard error. */
  readonly log_gain: Readonly<Record<string, number>>;
  readonly log_gain_se: Readonly<Record<string, number>>;
  /** Share of the aligned cells that lie well above the landmark; null where it was not estimated. */
  readonly fill: number | null;
  readonly flags: readonly string[];
}

export interface BookAlignment {
  readonly name: string;
  readonly parent: string;
  readonly method: string;
  readonly markers: readonly string[];
  /** Numbers of the study's fit, by the method's own names. */
  readonly fit: Readonly<Record<string, number | string | readonly number[] | null>>;
  readonly flags: readonly string[];
  readonly tubes: readonly BookAlignmentTube[];
}

export interface Landmark {
  readonly marker: string;
  readonly at: number;
  readonly shift: number;
}

/** A change that a person made of a gate in one tube: who, when, why. */
export interface BookOverride {
  readonly action: 'shift' | 'geometry' | 'exclude';
  /** Of a shift: which handle, how far, in which unit. */
  readonly axis?: string;
  readonly by?: number;
  readonly frame?: 'u' | 'raw';
  /** For which tubes it was meant, seen from the named one. */
  readonly scope: 'tube' | 'subject' | 'batch' | 'all';
  /** Whether it names this tube; else the scope brought it here. */
  readonly named: boolean;
  readonly author: string;
  readonly date: string;
  readonly reason: string;
  /** sha-256 of the named tube's entry as placed. */
  readonly replaces: string;
}

export interface BookTubeGate {
  readonly sample_id: string;
  readonly geometry: Geometry;
  readonly landmarks: readonly Landmark[];
  readonly modes: readonly { readonly marker: string; readonly at: readonly number[] }[];
  /** How the position came about: `fixed`, `own`, `pooled`, `shrunk`, `reference` … */
  readonly rule: string;
  readonly fallback: string | null;
  /** What persons changed of it, in order; null where it lies as it was placed. */
  readonly override: readonly BookOverride[] | null;
  readonly flags: readonly string[];
}

export interface BookGate {
  readonly population: string;
  readonly parent: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly pool: string | null;
  readonly align: string | null;
  readonly tubes: readonly BookTubeGate[];
  /** Percent by which the count of the pool's tubes changes as an edge of the gate moves by .1 u. */
  readonly sensitivity?: readonly { readonly edge: string; readonly percent: number }[];
}

/** Every gate's position in every tube of a study, found without knowing visit or arm. */
export interface PlacementBook {
  readonly format: 'cytopair/placements/1';
  readonly template: { readonly name: string; readonly sha256: string };
  readonly scales: readonly BookScale[];
  readonly alignments: readonly BookAlignment[];
  /** In tree order; tubes by sample_id. */
  readonly gates: readonly BookGate[];
}

/** What counting one tube may know of the book: its own entries, parents before children. */
export interface TubeBook {
  readonly sampleId: string;
  readonly scales: readonly BookScale[];
  readonly gates: readonly {
    readonly population: string;
    readonly parent: string;
    readonly geometry: Geometry;
    readonly flags: readonly string[];
  }[];
}
