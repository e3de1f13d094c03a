import type { Geometry } from '../gating/index.ts';
import type { Template, TemplatePopulation } from '../template/index.ts';
import { ridge } from './methods/ridge.ts';
import { seededDraw } from './seededDraw.ts';
import type { StudyPlacement, SurveyedTube } from './studyPlacement.ts';

export interface DrawRequest {
  /** Populations of which plausible placements are wanted, as full paths; those that stand on no ridge have none. */
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
 * Where the gates on a ridge might as well have come to lie: the alignment is fitted anew on tubes drawn with replacement,
 * each tube's landmark displaced by its own error, border and cuts moved within stated bounds. Parents stay as placed.
 * Seeds come from the study's seed and the alignment's and the tubes' names, so that no order reaches a draw.
 */
export function drawPlacements(
  template: Template,
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  request: DrawRequest,
): readonly DrawnPopulation[] {
  const drawn = template.populations.filter(
    ({ path, gate }) => gate.method === ridge.name && gate.align !== undefined && request.populations.includes(path),
  );
  const alignments = [...new Set(drawn.flatMap(({ gate }) => gate.align ?? []))];
  return alignments.flatMap((name) => {
    const populations = drawn.filter(({ gate }) => gate.align === name);
    return drawAlignment(name, populations, surveyed, study, request);
  });
}

function drawAlignment(
  name: string,
  populations: readonly TemplatePopulation[],
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  { count, seed }: DrawRequest,
): readonly DrawnPopulation[] {
  const fitted = study.alignment(name);
  if (fitted === undefined) return [];
  const refit = fitted.redrawn();
  const aligned = new Set(fitted.book.tubes.map((tube) => tube.sample_id));
  const pool = surveyed.map(({ tube }) => tube).filter((tube) => tube.isInPool && aligned.has(tube.sampleId));
  const poolIds = pool.map((tube) => tube.sampleId);
  const drawn = populations.map((population) => {
    const tubes = new Map(surveyed.map(({ tube }) => [tube.sampleId, [] as Geometry[]]));
    return { population, tubes, place: study.replaced(population.path) };
  });
  for (let i = 1; i <= count; i++) {
    const draw = seededDraw(`${seed}\n${name}\n${i}`, poolIds);
    const fit = refit(draw.ridge);
    for (const { population, tubes, place } of drawn) {
      const placements = place(draw.settings(population.gate.settings), fit);
      for (const [t, { tube }] of surveyed.entries()) tubes.get(tube.sampleId)?.push(placements[t]!.geometry);
    }
  }
  return drawn.map(({ population: { path, parent }, tubes }) => ({ population: path, parent, tubes }));
}
