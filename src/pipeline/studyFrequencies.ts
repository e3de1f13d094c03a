import { type Denominator, hasDenominator } from '../analysis/index.ts';
import {
  type AbsoluteRule,
  assertionProblems,
  type EvaluabilityRules,
  expectedRangeProblems,
  type Frequency,
  flagUnexpected,
  frequenciesOf,
  tubesOutsideWindow,
  unlikePopulations,
} from '../frequencies/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Visit } from '../study/index.ts';
import type { Template } from '../template/index.ts';
import type { Walked } from './walked.ts';
import type { WalkPanel } from './walkTube.ts';

/** How a study makes shares of counts. */
export interface ShareSettings {
  readonly visits: readonly Visit[];
  /** Added to those of the templates: by name. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  readonly rules: EvaluabilityRules;
  readonly level: number;
  readonly absolute: AbsoluteRule | undefined;
}

/** The tidy table of a whole study: rows of every tube, in sheet order, each tube by the tree of its panel. */
export function studyFrequencies({ tubes, panels }: Walked, settings: ShareSettings): readonly Frequency[] {
  const outside = tubesOutsideWindow(
    tubes.map(({ tube }) => tube),
    settings.visits,
  );
  const templates = new Map(panels.map((one) => [one.panel, one.template]));
  return tubes.flatMap(({ tube, look, decision, counts, flags: ofTube }) => {
    const template = templates.get(tube.panel);
    if (template === undefined) throw new Error(`tube ${tube.sampleId} is of no panel of this study`);
    const flags = outside.has(tube.sampleId) ? [...ofTube, 'visit_window'] : ofTube;
    const { rules, level, absolute } = settings;
    const volumeNl = look?.volumeNl ?? null;
    // `gate` compares nothing: what its tubes lack, their flags say.
    const isCompared = settings.visits.length > 0;
    const unlikeMarkers = decision?.unlikeMarkers ?? [];
    const unlike = unlikePopulations(template, isCompared ? unlikeMarkers : []);
    const rows = frequenciesOf({ ...tube, flags, volumeNl, unlike }, counts, {
      populations: template.populations,
      denominators: denominatorsIn(template, settings.denominators),
      rules,
      level,
      absolute,
    });
    return flagUnexpected(rows, template.expectedRanges);
  });
}

/** The tubes that do not hold what their template asserts of them. */
export function brokenAssertions(rows: readonly Frequency[], panels: readonly WalkPanel[]): readonly Problem[] {
  return panels.flatMap(({ panel, template }) => {
    const own = rows.filter((row) => row.panel === panel);
    return [...assertionProblems(own, template.assertions), ...expectedRangeProblems(own, template.expectedRanges)];
  });
}

/** Names in the order of the columns: those of the templates, then those that the study adds. */
export function denominatorNames(
  panels: readonly WalkPanel[],
  added: Readonly<Record<string, Denominator>>,
): readonly string[] {
  const own = panels.flatMap(({ template }) => Object.keys(template.denominators));
  return [...new Set([...own, ...Object.keys(added)])];
}

/** The denominators of one template, those that the study adds among them where the tree has their path. */
export function denominatorsIn(
  template: Template,
  added: Readonly<Record<string, Denominator>>,
): Readonly<Record<string, Denominator>> {
  const paths = new Set(template.populations.map((one) => one.path));
  const fitting = Object.entries(added).filter(([, one]) => hasDenominator(paths, one));
  return { ...template.denominators, ...Object.fromEntries(fitting) };
}
