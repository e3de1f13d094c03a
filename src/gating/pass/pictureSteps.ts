import type { TubeBook } from '../book.ts';
import { cutSteps } from '../cutSteps.ts';
import type { Geometry } from '../geometries/registry.ts';

/** One plot of a gate: which events it looks at, and which of them it keeps. */
export interface PictureStep {
  readonly population: string;
  readonly parent: string;
  readonly geometry: Geometry;
  /** Paths of what it looks at and of what it keeps: populations of the book, or steps between them. */
  readonly before: string;
  readonly after: string;
}

/** All plots of a tube's gates, in the order of the book. */
export function pictureSteps({ gates }: TubeBook): readonly PictureStep[] {
  return gates.flatMap(({ population, parent, geometry }) => {
    const steps = cutSteps(geometry);
    // Of a gate of parts some may look at no marker: its one plot may keep more than the gate.
    const isGate = steps.length === 1 && geometry.kind !== 'all';
    const between = (k: number): string => `${population}\n${k}`;
    return steps.map((step, k) => ({
      population,
      parent,
      geometry: step,
      before: k === 0 ? parent : between(k - 1),
      after: isGate ? population : between(k),
    }));
  });
}
