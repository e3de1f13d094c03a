import type { z } from 'zod';
import type { ControlRole, EndpointSchema } from './planParts.ts';

/** What an endpoint is where it is no share of events and no count: a value of its own for each tube. */
export type EndpointValue =
  /** Median staining of a marker in the population, compensated linear units. */
  | { readonly kind: 'median'; readonly marker: string }
  /** Events of the population ÷ events of another one, half an event added to both. */
  | { readonly kind: 'ratio'; readonly to: string }
  /** A share against that in a control tube of the same subject, visit and panel. */
  | {
      readonly kind: 'control';
      readonly role: ControlRole;
      readonly background: 'difference' | 'ratio';
      /** The measure of the share: `pct_parent` or `pct_of_D`. */
      readonly share: string;
    };

/** What a measure's numbers are, for words: the value of one tube, and whether a difference of two has a unit. */
const units: readonly (readonly [RegExp, string])[] = [
  [/^cells_per_ul$/, 'cells/µL'],
  [/^median_of_/, 'units of staining'],
  [/_minus_/, 'percentage points'],
  [/^ratio_to_|_over_/, 'in the ratio'],
];

/** The unit of a difference by a measure: percentage points of a share, else the measure's own. */
export function unitOf(measure: string): string {
  return units.find(([pattern]) => pattern.test(measure))?.[1] ?? 'percentage points';
}

/** True where a tube's number by a measure is a value of its own and no share of a denominator. */
export function isValueMeasure(measure: string): boolean {
  return units.some(([pattern]) => pattern.test(measure));
}

type Source = z.infer<typeof EndpointSchema>;

/**
 * The value that an endpoint asks for, and what its measure is called in tables: `median_of_CD38`, `ratio_to_CD8`,
 * `pct_parent_minus_unstimulated`.
 * @param to the full path of the other population of a ratio
 */
export function endpointValue(source: Source, to: string | undefined): { measure: string; value?: EndpointValue } {
  const { measure, control, background } = source;
  const marker = /^median_of[ _](.+)$/.exec(measure)?.[1];
  if (marker !== undefined) {
    return { measure: `median_of_${marker.replaceAll(' ', '_')}`, value: { kind: 'median', marker } };
  }
  if (measure === 'ratio') {
    const name = (to ?? '').slice((to ?? '').lastIndexOf('/') + 1).replaceAll(' ', '_');
    return { measure: `ratio_to_${name}`, value: { kind: 'ratio', to: to ?? '' } };
  }
  if (control === undefined || background === undefined) return { measure };
  const word = background === 'difference' ? 'minus' : 'over';
  return {
    measure: `${measure}_${word}_${control}`,
    value: { kind: 'control', role: control, background, share: measure },
  };
}
