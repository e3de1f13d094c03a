import type { CompensationRef, ForeignAxis, ForeignMatrix } from '../model.ts';
import { attribute, childOf, type XmlElement } from '../xml/element.ts';
import type { Transformation } from './readTransformation.ts';

/** What gates may name. */
export interface Definitions {
  readonly transformations: Map<string, Transformation>;
  readonly matrices: Map<string, ForeignMatrix>;
  /** Ids of what cannot be used; why was said where they stand. */
  readonly lost: Set<string>;
}

/** A dimension or divider. @returns the fault in words where it cannot be used */
export function readAxis(element: XmlElement, definitions: Definitions): ForeignAxis | string {
  const compensation = compensationOf(element, definitions);
  if (typeof compensation === 'string') return compensation;
  const ref = attribute(element, 'transformation-ref');
  const outer = ref === undefined ? undefined : transformation(ref, definitions);
  if (typeof outer === 'string') return outer;
  if (outer?.kind === 'ratio') return `"${ref}" is a ratio and no scale of a dimension`;
  const scale = outer?.scale ?? null;
  const channel = childOf(element, 'fcs-dimension');
  if (channel !== undefined) {
    const name = attribute(channel, 'name');
    if (name === undefined) return 'a dimension names no channel';
    return { source: { kind: 'channel', name }, compensation, scale, gain: 1 };
  }
  const derived = childOf(element, 'new-dimension');
  const ratioRef = derived && attribute(derived, 'transformation-ref');
  if (ratioRef === undefined) return 'a dimension names neither a channel nor a ratio';
  const ratio = transformation(ratioRef, definitions);
  if (typeof ratio === 'string') return ratio;
  if (ratio.kind !== 'ratio') return `"${ratioRef}" is no ratio, but stands where a dimension is made of two`;
  return { source: ratio.source, compensation, scale, gain: 1 };
}

function transformation(ref: string, { transformations, lost }: Definitions): Transformation | string {
  const found = transformations.get(ref);
  if (found !== undefined) return found;
  return lost.has(ref)
    ? `its scale "${ref}" cannot be used`
    : `it names the transformation "${ref}", which is not there`;
}

function compensationOf(element: XmlElement, { matrices, lost }: Definitions): CompensationRef | string {
  const ref = attribute(element, 'compensation-ref');
  if (ref === undefined) return 'a dimension does not say how it is compensated';
  if (ref === 'uncompensated') return { kind: 'none' };
  if (ref === 'FCS') return { kind: 'file' };
  if (matrices.has(ref)) return { kind: 'matrix', id: ref };
  return lost.has(ref) ? `its matrix "${ref}" cannot be used` : `it names the matrix "${ref}", which is not there`;
}
