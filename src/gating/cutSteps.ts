import { type Geometry, kindOf } from './geometries/registry.ts';

/**
 * A gate as the plots that a person would draw one after the other: each looks at one marker or two, and all together they
 * are the gate. Cuts on single markers go in pairs, in their order; a cut joins the plot that shows its marker already.
 * @returns in the order of the strategy; empty for a gate that looks at no marker
 */
export function cutSteps(geometry: Geometry): readonly Geometry[] {
  const steps: Geometry[][] = [];
  for (const part of partsOf(geometry)) {
    const own = markersOf([part]);
    const place = steps.find((step) => joins(step, own));
    if (place === undefined) steps.push([part]);
    else place.push(part);
  }
  return steps.map((of) => (of.length === 1 ? of[0]! : { kind: 'all', of }));
}

/** The parts that may be looked at apart: all of them must hold. */
function partsOf(geometry: Geometry): readonly Geometry[] {
  if (geometry.kind === 'all') return geometry.of.flatMap(partsOf);
  if (geometry.kind === 'rectangle') return geometry.dims.map((dim) => ({ kind: 'interval', dims: [dim] }));
  return markersOf([geometry]).length === 0 ? [] : [geometry];
}

/** A marker alone finds room where only one is shown; a plot of two takes what looks at no other. */
function joins(step: readonly Geometry[], own: readonly string[]): boolean {
  const shown = markersOf(step);
  const isFree = step.every((part) => markersOf([part]).length === 1) && own.length === 1;
  const both = new Set([...shown, ...own]);
  return both.size === shown.length || (isFree && both.size <= 2);
}

function markersOf(parts: readonly Geometry[]): readonly string[] {
  return [
    ...new Set(
      parts.flatMap((part) =>
        kindOf(part)
          .axes(part)
          .map((axis) => axis.marker),
      ),
    ),
  ];
}
