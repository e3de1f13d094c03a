import type { CompensationState } from '../../compensation/index.ts';
import type { ComparedTube } from '../comparison.ts';

/** How a tube's values stand to its matrix, and from how many tubes that is known. */
export interface JudgedTube {
  readonly tube: ComparedTube;
  readonly state: CompensationState;
  /**
   * `alone`: from this tube; `pooled`: from the pairs of tubes that tell nothing alone; `sisters`: from those that do;
   * `beside`: from raw ones with the same matrix, whose spillover this one lacks.
   */
  readonly from: 'alone' | 'pooled' | 'sisters' | 'beside';
}

/** Whether the author leaves it to the values; a matrix that was named is applied unless they are asked. */
export function isAsked({ apply, from }: ComparedTube['look']['matrix']): boolean {
  return apply === 'detect' || (apply === 'default' && from === 'file');
}
