import type { z } from 'zod';
import type { BookAlignment, Point } from '../../gating/index.ts';
import type { MethodDescription, NamedUse, TemplateAlignment } from '../../template/index.ts';
import type { GateTube } from '../method.ts';
import type { Alignment } from './alignment.ts';

/** The line in one tube along which the parent's events are binned; in u. */
export interface Profile {
  readonly markers: readonly [string, string];
  /** Where it begins to count. */
  readonly origin: Point;
  /** Unit vector. */
  readonly direction: Point;
}

/** How tubes are brought to one stain: one file, one line in the registry. */
export interface AlignmentMethod extends MethodDescription {
  /**
   * Aligns the tubes of a study.
   * @param tubes the parent's sampled events, by sample_id
   * @returns undefined where no tube of the pool can be aligned
   */
  fit(alignment: TemplateAlignment, tubes: readonly GateTube[]): Alignment | undefined;
  /** The profile's line in a tube, from the book's entry; undefined where there is none. */
  profile(entry: BookAlignment, sampleId: string): Profile | undefined;
}

interface AlignmentMethodOf<S> {
  readonly name: string;
  readonly settings: z.ZodType<S>;
  /** Those it looks at, in the order of its dimensions. */
  markers(settings: S): readonly NamedUse[];
  fit(settings: S, alignment: TemplateAlignment, tubes: readonly GateTube[]): Alignment | undefined;
  /** Left out: it has no direction of its own. */
  profile?(entry: BookAlignment, sampleId: string): Profile | undefined;
}

/** Joins an alignment to the registry: settings are read by its own schema wherever they come in. */
export function alignmentMethod<S extends Record<string, unknown>>(method: AlignmentMethodOf<S>): AlignmentMethod {
  return {
    name: method.name,
    settings: method.settings,
    hasCoordinates: false,
    needsAlignment: false,
    markers: (settings) => method.markers(method.settings.parse(settings)),
    populations: () => [],
    fit: (alignment, tubes) => method.fit(method.settings.parse(alignment.settings), alignment, tubes),
    profile: (entry, sampleId) => method.profile?.(entry, sampleId),
  };
}
