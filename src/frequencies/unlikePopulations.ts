import type { Template } from '../template/index.ts';

/**
 * The populations that are others where a marker is absent: those whose gate or alignment looks at it, those made of them,
 * and all below.
 * @returns full paths
 */
export function unlikePopulations(template: Template, markers: readonly string[]): ReadonlySet<string> {
  const unlike = new Set<string>();
  if (markers.length === 0) return unlike;
  const isNamed = (names: readonly string[]) => names.some((name) => markers.includes(name));
  const alignments = new Set(template.alignments.filter((one) => isNamed(one.markers)).map((one) => one.name));
  for (let before = -1; before < unlike.size; ) {
    before = unlike.size;
    // Again until nothing is added: a Boolean gate may name a population that comes later in the tree.
    for (const { path, parent, gate } of template.populations) {
      const isOwn = isNamed(gate.markers) || (gate.align !== undefined && alignments.has(gate.align));
      const isMadeOf = Object.values(gate.references).some((reference) => unlike.has(reference));
      if (isOwn || isMadeOf || unlike.has(parent)) unlike.add(path);
    }
  }
  return unlike;
}
