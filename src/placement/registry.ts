import type { TemplateGate, TemplateRegistry } from '../template/index.ts';
import { alignmentMethods } from './alignments/registry.ts';
import type { Drawing, PlacementMethod } from './method.ts';
import { boolean } from './methods/boolean.ts';
import { boundary } from './methods/boundary.ts';
import { carried } from './methods/carried.ts';
import { contour } from './methods/contour.ts';
import { ellipse } from './methods/ellipse.ts';
import { interval } from './methods/interval.ts';
import { kmeans } from './methods/kmeans.ts';
import { levels } from './methods/levels.ts';
import { mixture } from './methods/mixture.ts';
import { polygon } from './methods/polygon.ts';
import { quadrant } from './methods/quadrant.ts';
import { quantile } from './methods/quantile.ts';
import { rectangle } from './methods/rectangle.ts';
import { reference } from './methods/reference.ts';
import { ridge } from './methods/ridge.ts';
import { singlets } from './methods/singlets.ts';
import { tail } from './methods/tail.ts';
import { time } from './methods/time.ts';
import { valley } from './methods/valley.ts';
import { viability } from './methods/viability.ts';

/** Every gate method, in the order of the reference page; a new one is a file and a line here. */
const methods: readonly PlacementMethod[] = [
  interval,
  rectangle,
  polygon,
  ellipse,
  carried,
  quadrant,
  boolean,
  singlets,
  valley,
  viability,
  tail,
  quantile,
  kmeans,
  mixture,
  contour,
  boundary,
  levels,
  reference,
  ridge,
  time,
];

export const placementMethods: ReadonlyMap<string, PlacementMethod> = new Map(methods.map((m) => [m.name, m]));

/** How a gate's plausible places come about. */
export function drawingOf({ method, settings }: TemplateGate): Drawing {
  return placementMethods.get(method)?.drawing(settings) ?? 'none';
}

/** What a template is checked against. */
export const placementRegistry: TemplateRegistry = {
  gates: placementMethods,
  alignments: alignmentMethods,
};
