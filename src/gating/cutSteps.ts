import { type Geometry, kindOf } from './geometries/registry.ts';

/**
 * A gate as the plots that a person would draw one after the other: each looks at one marker or two, and all together they
 * are the gate. Cuts on single markers go in pairs, in their order; a cut joins the plot that shows its marker already.
 * @returns in the order of the strategy; empty for a gate that looks at no marker
 */
export function cutSteps(geometry: Geometry): readonly Geometry[] {
  const parts = partsOf(geometry);
  const joint = parts.filter((part) => markersOf([part]).length > 1);
  const steps: Geometry[][] = [];
  for (const part of parts) {
    const own = markersOf([part]);
    const host = joint.find((one) => own.every((marker) => markersOf([one]).includes(marker)));
    const place = steps.find((step) => (host === undefined ? hasRoom(step, own, joint) : isBeside(step, host)));
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

/** A marker alone finds room where only single cuts stand, and not more than one other marker. */
function hasRoom(step: readonly Geometry[], own: readonly string[], joint: readonly Geometry[]): boolean {
  const isOfPlane = joint.some((one) => isBeside(step, one));
  return !isOfPlane && own.length === 1 && new Set([...markersOf(step), ...own]).size <= 2;
}

/** All that a step looks at is on the plane of the gate that looks at two markers together. */
function isBeside(step: readonly Geometry[], host: Geometry): boolean {
  return markersOf(step).every((marker) => markersOf([host]).includes(marker));
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
