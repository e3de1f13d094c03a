import type { z } from 'zod';
import type { Axis, Geometry, Landmark } from '../gating/index.ts';
import type { Scale } from '../scale/index.ts';
import type { CombinationUse, ControlUse, MethodDescription, NamedUse, Pool, TemplateGate } from '../template/index.ts';
import type { Alignment } from './alignments/alignment.ts';
import type { Cut } from './cuts/cut.ts';
import type { PoolFrame } from './cuts/poolFrame.ts';
import type { CutRedrawer } from './cuts/redrawCuts.ts';
import type { MeasuredStain } from './stain/stain.ts';

/** A gate's parent in one tube, as far as the survey's sample shows it. */
export interface GateTube {
  readonly sampleId: string;
  readonly isInPool: boolean;
  readonly role: string;
  readonly batch: string;
  readonly subjectKey: string;
  /** Events of the parent in the whole tube, estimated from the sample. */
  readonly parentCount: number;
  has(marker: string): boolean;
  /** u of the sampled parent events, in seeded order: any prefix is a uniform sample. */
  u(marker: string): Float64Array;
  /** Linear, compensated values of the same events. */
  linear(marker: string): Float64Array;
}

/** Everything a method may know when it places one gate in all tubes of a study. */
export interface GateRequest {
  readonly population: string;
  readonly gate: TemplateGate;
  readonly pool: Pool;
  /** By sample_id. */
  readonly tubes: readonly GateTube[];
  /** The fit that the gate's `align` names. */
  readonly alignment: Alignment | undefined;
  /** How bridging controls let a batch's cuts on a marker be carried; undefined where they do not. */
  stain(batch: string, marker: string): MeasuredStain | undefined;
  axis(marker: string, sampleId: string, frame: Axis['frame']): Axis;
  /** u of a marker, the same for all tubes. */
  uScale(marker: string): Scale;
  /** The marker's own scale, in which the template writes coordinates. */
  ownScale(marker: string): Scale;
  /** Where another population's gate cuts a marker, a cut for each tube of this request. */
  cutsOf(population: string, marker: string): readonly Cut[];
  /** Sampled members of another population in the tubes of this request. */
  tubesOf(population: string): readonly GateTube[];
  /** What several gates of one parent need of its tubes, made once. @param key tells it apart from all else that is shared */
  shared<T>(key: string, make: () => T): T;
  /** Where the gate is drawn, not placed: its cuts as they might have come out. */
  readonly redraw?: GateRedraw;
}

export interface GateRedraw {
  /** The request by which the gate was placed: a cut is drawn on the events that its gate's earlier cuts keep as placed. */
  readonly placed: GateRequest;
  /**
   * @param name tells the cuts of a gate apart
   * @param frame how the tubes lie in their pool in this draw
   * @param make what all draws of this cut share; asked for once
   */
  cuts(name: string, frame: PoolFrame, make: () => CutRedrawer): readonly Cut[];
}

/** How a gate's plausible places come about: placed anew, moved as an outline, as its operands have theirs, or not at all. */
export type Drawing = 'anew' | 'moved' | 'operands' | 'none';

/** Where a gate lies in one tube, and why there. */
export interface GatePlacement {
  readonly geometry: Geometry;
  readonly landmarks: readonly Landmark[];
  readonly modes: readonly { readonly marker: string; readonly at: readonly number[] }[];
  readonly rule: string;
  readonly fallback: string | null;
  readonly flags: readonly string[];
}

/** A gate method: one file, one line in the registry; the reference page is made from it. */
export interface PlacementMethod extends MethodDescription {
  readonly summary: string;
  /** Paper, standard or book in which the method is described. */
  readonly source: string;
  /** Flags that it may raise, each in words. */
  readonly flags: Readonly<Record<string, string>>;
  /** True where its position needs events of the study, so that tubes must be surveyed. */
  readonly needsSurvey: boolean;
  /** Whether the template gives its position, with these settings. */
  readonly hasCoordinates: (settings: Record<string, unknown>) => boolean;
  /** Over which tubes it looks where the template does not say. */
  readonly usualPool: Pool;
  readonly drawing: (settings: Record<string, unknown>) => Drawing;
  /** The markers without which the gate has no place in a tube, unless the template's `if_absent` says otherwise. */
  needs(settings: Record<string, unknown>, has: (marker: string) => boolean): readonly string[];
  /** One placement a tube, in the order of the request. */
  place(settings: Record<string, unknown>, request: GateRequest): readonly GatePlacement[];
  /** Where this gate cuts a marker; undefined where it holds no cut on it. */
  cuts(settings: Record<string, unknown>, marker: string, request: GateRequest): readonly Cut[] | undefined;
  /** Where a gate cuts the profile of its alignment, in u, from what a book holds of both; undefined where it does not. */
  borderOnProfile(parameters: BookEntry, fit: BookEntry): number | undefined;
}

/** Numbers of a gate or of a fit as they stand in a placement book, perhaps of another version. */
type BookEntry = Readonly<Record<string, unknown>>;

interface MethodOf<S> {
  readonly name: string;
  readonly settings: z.ZodType<S>;
  readonly summary: string;
  readonly source: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly hasCoordinates?: boolean | ((settings: S) => boolean);
  readonly needsAlignment?: boolean;
  readonly needsSurvey: boolean;
  readonly usualPool?: Pool;
  /** Left out: written coordinates are moved, a gate that holds cuts is placed anew, others are not drawn. */
  readonly drawing?: (settings: S) => Drawing;
  markers(settings: S): readonly NamedUse[];
  /** Where a marker is used only in some tubes; all of them where left out. */
  needs?(settings: S, has: (marker: string) => boolean): readonly string[];
  populations?(settings: S): readonly NamedUse[];
  combination?(settings: S): CombinationUse;
  controls?(settings: S): readonly ControlUse[];
  place(settings: S, request: GateRequest): readonly GatePlacement[];
  cuts?(settings: S, marker: string, request: GateRequest): readonly Cut[] | undefined;
  borderOnProfile?(parameters: BookEntry, fit: BookEntry): number | undefined;
}

/** Joins a method to the registry: settings are read by its own schema wherever they come in. */
export function gateMethod<S extends Record<string, unknown>>(method: MethodOf<S>): PlacementMethod {
  const read = (settings: Record<string, unknown>): S => method.settings.parse(settings);
  const hasCoordinates = (settings: S): boolean =>
    typeof method.hasCoordinates === 'function' ? method.hasCoordinates(settings) : (method.hasCoordinates ?? false);
  const usualDrawing = (settings: S): Drawing => {
    if (hasCoordinates(settings)) return 'moved';
    return method.cuts ? 'anew' : 'none';
  };
  return {
    name: method.name,
    settings: method.settings,
    summary: method.summary,
    source: method.source,
    flags: method.flags ?? {},
    hasCoordinates: (settings) => hasCoordinates(read(settings)),
    drawing: (settings) => (method.drawing ?? usualDrawing)(read(settings)),
    needsAlignment: method.needsAlignment ?? false,
    needsSurvey: method.needsSurvey,
    usualPool: method.usualPool ?? 'study',
    markers: (settings) => method.markers(read(settings)),
    populations: (settings) => method.populations?.(read(settings)) ?? [],
    combination: (settings) => method.combination?.(read(settings)),
    controls: (settings) => method.controls?.(read(settings)) ?? [],
    needs: (settings, has) =>
      method.needs?.(read(settings), has) ?? method.markers(read(settings)).map(({ name }) => name),
    place: (settings, request) => method.place(read(settings), request),
    cuts: (settings, marker, request) => method.cuts?.(read(settings), marker, request),
    borderOnProfile: (parameters, fit) => method.borderOnProfile?.(parameters, fit),
  };
}

/** A placement that needed no thought: coordinates, or a rule that holds by itself. */
export function plainPlacement(geometry: Geometry, rule: string, flags: readonly string[] = []): GatePlacement {
  return { geometry, landmarks: [], modes: [], rule, fallback: null, flags };
}

/** The gate could not be placed; never the whole parent, never nobody. */
export function notPlaced(flags: readonly string[]): GatePlacement {
  return plainPlacement({ kind: 'none' }, 'none', flags);
}
