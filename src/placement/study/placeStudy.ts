import { type BookGate, type BookScale, type Geometry, type PlacementBook, uScale } from '../../gating/index.ts';
import { andMore, byText, type Problem, problem } from '../../problems/index.ts';
import { makeScale, type Scale } from '../../scale/index.ts';
import type { Pool, Template, TemplateGate, TemplatePopulation } from '../../template/index.ts';
import { type DrawnPopulation, type DrawRequest, drawPlacements, isDrawable } from '../draws/drawPlacements.ts';
import { DIAL, type EdgeSensitivity, edgeSensitivity } from '../draws/edgeSensitivity.ts';
import type { GatePlacement } from '../method.ts';
import { drawingOf, placementMethods } from '../registry.ts';
import { batchStains, isCarrying } from '../stain/batchStains.ts';
import { pooledMarkers } from '../stain/pooledMarkers.ts';
import type { BatchStain } from '../stain/stain.ts';
import { frozenScales } from './frozenScales.ts';
import type { SurveyedTube } from './sampledStudy.ts';
import { type Disagreements, secondOpinion } from './secondOpinion.ts';
import { type StudyPlacement, studyPlacement } from './studyPlacement.ts';
import type { PlacementTube, TubeSurvey } from './tubeSurvey.ts';

/** Named tubes in one message; the rest are counted. */
const NAMED = 5;

export interface PlacedStudy {
  readonly book: PlacementBook;
  /** Plausible places of the gates that were asked for; no part of the book. */
  readonly draws: readonly DrawnPopulation[];
  /** What bridging controls say of each batch; no part of the book, which holds what was carried by it. */
  readonly stains: readonly BatchStain[];
  readonly problems: readonly Problem[];
}

/** What is wanted of a placing beside the book. */
export interface PlaceWishes {
  /** Of which gates plausible places are wanted; of none where left out. */
  readonly draws?: DrawRequest | undefined;
  /** What bridging controls are used for: to tell how batches differ, to carry cuts as well, or nothing. */
  readonly bridge?: 'report' | 'align' | 'off';
}

/**
 * Places every gate of every tube once for the study: freezes scales, aligns, pools, and writes the book. The only step in
 * which tubes meet; it knows neither visit nor arm.
 * @param surveys one a tube; @param tubes the same tubes; the order of neither matters
 */
export function placeStudy(
  template: Template,
  templateSha256: string,
  surveys: readonly TubeSurvey[],
  tubes: readonly PlacementTube[],
  { draws, bridge = 'off' }: PlaceWishes = {},
): PlacedStudy {
  const surveyed = joinSurveys(surveys, tubes);
  const poolIds = new Set(tubes.filter((tube) => tube.isInPool).map((tube) => tube.sampleId));
  const frozen = frozenScales(
    template,
    surveyed.map(({ survey }) => survey),
    poolIds,
  );
  const stains = bridge === 'off' ? [] : batchStains(surveyed, frozen.scales, pooledMarkers(template));
  const carrying = bridge === 'align' ? stains.flatMap((one) => (isCarrying(one) ? [one] : [])) : [];
  const study = studyPlacement(template, surveyed, frozen.scales, carrying);
  const differing = secondOpinion(template, surveyed, frozen.scales, study);
  const gates = template.populations.map((population) => ({
    ...bookGate(population, surveyed, study, differing.get(population.path) ?? []),
    sensitivity: sensitivityOf(population.path, surveyed, study, frozen.scales),
  }));
  const alignments = template.alignments.flatMap((node) => study.alignment(node.name)?.book ?? []);
  return {
    book: {
      format: 'cytopair/placements/1',
      template: { name: template.name, sha256: templateSha256 },
      scales: frozen.scales,
      alignments,
      gates,
    },
    draws: draws === undefined ? [] : drawPlacements(template, surveyed, study, frozen.scales, draws),
    stains,
    problems: [
      ...frozen.problems,
      ...alignmentProblems(template, study),
      ...gates.flatMap(notPlacedProblem),
      ...opinionProblems(differing),
      ...gates.flatMap(dialProblem),
      ...notDrawnProblems(template, draws),
    ],
  };
}

/** Tubes with their surveys, by sample_id, so that no order of rows or files can reach a pool. */
function joinSurveys(surveys: readonly TubeSurvey[], tubes: readonly PlacementTube[]): readonly SurveyedTube[] {
  const byId = new Map(surveys.map((survey) => [survey.sampleId, survey]));
  return tubes
    .flatMap((tube) => {
      const survey = byId.get(tube.sampleId);
      return survey ? [{ tube, survey }] : [];
    })
    .sort((a, b) => byText(a.tube.sampleId, b.tube.sampleId));
}

function bookGate(
  population: TemplatePopulation,
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  differing: readonly string[],
): BookGate {
  const { gate } = population;
  const placements = study.placementsOf(population.path);
  return {
    population: population.path,
    parent: population.parent,
    method: gate.method,
    parameters: gate.settings,
    pool: poolOf(gate),
    align: gate.align ?? null,
    tubes: surveyed.map(({ tube, survey }, t) => {
      const placement = placements[t]!;
      const stale = isStale(population.path, placement, survey) ? ['survey_stale'] : [];
      const doubted = differing.includes(tube.sampleId) ? ['second_opinion_differs'] : [];
      return {
        sample_id: tube.sampleId,
        geometry: placement.geometry,
        landmarks: placement.landmarks,
        modes: placement.modes,
        rule: placement.rule,
        fallback: placement.fallback,
        override: null,
        flags: [...placement.flags, ...stale, ...doubted].sort(),
      };
    }),
  };
}

function sensitivityOf(
  path: string,
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  scales: readonly BookScale[],
): readonly EdgeSensitivity[] {
  const placements = study.placementsOf(path);
  const pool = surveyed.flatMap(({ tube }, t) => (tube.isInPool ? [t] : []));
  return edgeSensitivity(
    pool.map((t) => placements[t]!.geometry),
    (index, geometry) => study.countIn(path, pool[index]!, geometry),
    (marker, u) => makeScale(uScale(scales.find((scale) => scale.marker === marker)!.u_cofactor)).inverse(u),
  ).map(({ edge, percent }) => ({ edge, percent: Number(percent.toPrecision(10)) }));
}

/** A border on a continuum: its count says as much of the border as of the patient. */
function dialProblem(gate: BookGate): Problem[] {
  const steep = (gate.sensitivity ?? []).filter(({ percent }) => percent > DIAL);
  if (steep.length === 0) return [];
  const edges = steep.map(({ edge, percent }) => `${edge} ${percent.toFixed(0)} %`).join(', ');
  const message = `"${gate.population}" is a dial, not a gate: moving its edge by 0.1 u changes its count by more than ${DIAL} % (${edges})`;
  return [problem('note', 'gate.dial', message, { gate: gate.population })];
}

/** Over which tubes the position was found; null where the template gives it. */
function poolOf(gate: TemplateGate): Pool | null {
  const method = placementMethods.get(gate.method);
  if (!method?.needsSurvey || method.hasCoordinates(gate.settings)) return null;
  return gate.pool ?? method.usualPool;
}

/** A stratum whose edge lies inside the gate that was placed from it has missed cells of that gate. */
function isStale(path: string, placement: GatePlacement, survey: TubeSurvey): boolean {
  const stratum = survey.reservoirs.find((reservoir) => reservoir.for === path);
  if (!stratum) return false;
  return boundsOf(placement.geometry).some(({ marker, min_raw, max_raw }) => {
    const above = stratum.above[marker];
    const below = stratum.below[marker];
    if (above !== undefined && (min_raw === null || min_raw < above)) return true;
    return below !== undefined && (max_raw === null || max_raw > below);
  });
}

function boundsOf(geometry: Geometry) {
  return geometry.kind === 'interval' || geometry.kind === 'rectangle' ? geometry.dims : [];
}

function alignmentProblems(template: Template, study: StudyPlacement): Problem[] {
  return template.alignments.flatMap((node) => {
    const fit = study.alignment(node.name);
    if (!fit) {
      return [problem('warning', 'gate.not-aligned', `no tube could be aligned by "${node.name}"`, node.where)];
    }
    return fit.problems;
  });
}

function opinionProblems(differing: Disagreements): Problem[] {
  return [...differing].map(([population, sampleIds]) => {
    const names = sampleIds.map((sampleId) => `"${sampleId}"`);
    const message = `clusters over the whole panel see other events as "${population}" in ${andMore(names, NAMED)}`;
    return problem('warning', 'quality.second-opinion-differs', message, { gate: population });
  });
}

function notDrawnProblems(template: Template, draws: DrawRequest | undefined): Problem[] {
  if (draws === undefined || draws.count === 0) return [];
  return template.populations.flatMap((population) => {
    const { path, gate } = population;
    if (!draws.populations.includes(path) || isDrawable(population, template)) return [];
    const why =
      drawingOf(gate) === 'operands'
        ? 'none of the populations that it combines is drawn'
        : `a gate by "${gate.method}" is not drawn`;
    const message = `the endpoint "${path}" has no plausible placements: ${why}`;
    return [problem('note', 'gate.not-drawn', message, { gate: path })];
  });
}

function notPlacedProblem(gate: BookGate): Problem[] {
  const without = gate.tubes.filter((tube) => tube.geometry.kind === 'none');
  if (without.length === 0) return [];
  const reasons = [...new Set(without.flatMap((tube) => tube.flags))].sort().join(', ');
  const names = without.map((tube) => `"${tube.sample_id}"`);
  const message = `"${gate.population}" has no place in ${andMore(names, NAMED)}: ${reasons}`;
  return [problem('warning', 'gate.not-placed', message, { gate: gate.population })];
}

/**
 * Where one tube alone would cut the markers of a population: for the strata that its survey keeps.
 * @returns undefined where one of the cuts cannot be found
 */
export function ownCuts(
  template: Template,
  survey: TubeSurvey,
  path: string,
  markers: readonly string[],
): ReadonlyMap<string, { readonly at: number; readonly scale: Scale }> | undefined {
  const tube = { sampleId: survey.sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: '' };
  const { scales } = frozenScales(template, [survey], new Set([survey.sampleId]));
  const withoutStrata = { ...template, reservoirs: [] };
  const study = studyPlacement(withoutStrata, [{ tube, survey }], scales);
  const cuts = new Map<string, { at: number; scale: Scale }>();
  for (const marker of markers) {
    const entry = scales.find((scale) => scale.marker === marker);
    const at = entry === undefined ? undefined : study.cutsOf(path, marker)[0]?.at;
    if (at === undefined || entry === undefined) return undefined;
    cuts.set(marker, { at, scale: makeScale(uScale(entry.u_cofactor)) });
  }
  return cuts;
}
