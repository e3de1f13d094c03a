import type { ForeignAxis, ForeignBounds, ForeignGate } from '../model.ts';
import { attribute, childrenOf, numberAttribute, numberOf, type XmlElement } from '../xml/element.ts';
import { type Definitions, readAxis } from './readAxis.ts';

interface Quadrant {
  readonly id: string;
  /** The fault in words where it cannot be read. */
  readonly gate: ForeignGate | string;
  readonly at: { readonly line: number; readonly column: number };
}

interface Divider {
  readonly axis: ForeignAxis;
  /** Ascending. */
  readonly values: readonly number[];
}

/** Every quadrant as a box between neighbouring values of its dividers; a value on a divider is above it. */
export function readQuadrants(element: XmlElement, definitions: Definitions): readonly Quadrant[] {
  const dividers = new Map<string, Divider | string>();
  for (const divider of childrenOf(element, 'divider')) {
    const id = attribute(divider, 'id') ?? '';
    dividers.set(id, dividers.has(id) ? `two dividers have the id "${id}"` : readDivider(divider, definitions));
  }
  return childrenOf(element, 'Quadrant').map((quadrant) => {
    const { line, column } = quadrant;
    const id = attribute(quadrant, 'id');
    const gate = id === undefined ? 'a quadrant has no id' : readBox(quadrant, dividers);
    return { id: id ?? `${attribute(element, 'id') ?? ''} line ${line}`, gate, at: { line, column } };
  });
}

function readDivider(element: XmlElement, definitions: Definitions): Divider | string {
  const axis = readAxis(element, definitions);
  if (typeof axis === 'string') return axis;
  const values = childrenOf(element, 'value').map(({ text }) => numberOf(text));
  if (values.length === 0 || values.some(Number.isNaN)) return 'a divider has no value, or one that is no number';
  return { axis, values: [...values].sort((a, b) => a - b) };
}

function readBox(quadrant: XmlElement, dividers: ReadonlyMap<string, Divider | string>): ForeignGate | string {
  const dims = childrenOf(quadrant, 'position').map((position): ForeignBounds | string => {
    const ref = attribute(position, 'divider_ref') ?? '';
    const divider = dividers.get(ref);
    if (divider === undefined) return `it names the divider "${ref}", which is not there`;
    if (typeof divider === 'string') return divider;
    const location = numberAttribute(position, 'location') ?? Number.NaN;
    if (Number.isNaN(location)) return 'a location is no number';
    const above = divider.values.filter((value) => value <= location);
    return { axis: divider.axis, min: above.at(-1) ?? null, max: divider.values[above.length] ?? null };
  });
  const fault = dims.find((dim) => typeof dim === 'string');
  if (fault !== undefined) return fault;
  if (dims.length === 0) return 'a quadrant has no position';
  return { kind: 'rectangle', dims: dims.filter((dim) => typeof dim !== 'string') };
}
