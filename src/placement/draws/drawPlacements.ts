import type { BookScale, Geometry } from '../../gating/index.ts';
import type { Template, TemplatePopulation } from '../../template/index.ts';
import { drawingOf } from '../registry.ts';
import type { SurveyedTube } from '../study/sampledStudy.ts';
import type { StudyPlacement } from '../study/studyPlacement.ts';
import { studyDraws } from './studyDraws.ts';

export interface DrawRequest {
  /** Populations of which plausible placements are wanted, as full paths; those whose gate is not drawn have none. */
  readonly populations: readonly string[];
  readonly count: number;
  readonly seed: number;
}

/** Plausible places of one gate: draw i moved it in every tube of the study. */
export interface DrawnPopulation {
  readonly population: string;
  readonly parent: string;
  /** sampleId -> one geometry a draw. */
  readonly tubes: ReadonlyMap<string, readonly Geometry[]>;
}

/**
 * Where gates might as well have come to lie: alignments and pooled cuts are found anew on tubes drawn with replacement,
 * each tube's landmark and own cuts displaced by an error, borders and cuts moved within stated bounds. Parents stay as
 * placed; a cut that several gates share moves alike in all, and a combination goes with its operands. Seeds come from the
 * study's seed and the names of alignments, populations, cuts and tubes, so that no order reaches a draw.
 */
export function drawPlacements(
  template: Template,
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  scales: readonly BookScale[],
  request: DrawRequest,
): readonly DrawnPopulation[] {
  const drawn = template.populations
    .filter(({ path }) => request.populations.includes(path))
    .filter((population) => isDrawable(population, template) && hasPlace(population, study))
    .map(({ path, parent }) => {
      return { path, parent, tubes: new Map(surveyed.map(({ tube }) => [tube.sampleId, [] as Geometry[]])) };
    });
  if (drawn.length === 0) return [];
  const draws = studyDraws(template, surveyed, study, scales, request);
  for (let i = 1; i <= request.count; i++) {
    const draw = draws(i);
    for (const { path, tubes } of drawn) {
      const geometries = draw.geometriesOf(path);
      for (const [t, { tube }] of surveyed.entries()) tubes.get(tube.sampleId)?.push(geometries[t] as Geometry);
    }
  }
  return drawn.map(({ path, parent, tubes }) => ({ population: path, parent, tubes }));
}

/** Whether a gate can be drawn; a combination can where one of its operands can. */
export function isDrawable({ gate }: TemplatePopulation, template: Template): boolean {
  const drawing = drawingOf(gate);
  if (drawing !== 'operands') return drawing !== 'none';
  const operands = Object.values(gate.references);
  return template.populations.some((other) => operands.includes(other.path) && isDrawable(other, template));
}

function hasPlace({ path }: TemplatePopulation, study: StudyPlacement): boolean {
  return study.placementsOf(path).some(({ geometry }) => geometry.kind !== 'none');
}
