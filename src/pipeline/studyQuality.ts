import type { Analysis, ResolvedPlan } from '../analysis/index.ts';
import type { BatchStain } from '../placement/index.ts';
import { assessQuality, bookTraits, type EndpointMove, type Quality, type QualityTube } from '../quality/index.ts';
import type { Study } from '../study/index.ts';
import type { Walked, WalkedTube } from './walked.ts';

/** What the tubes of a study together show, now that all are placed and counted. */
export function studyQuality(study: Study, plan: ResolvedPlan, walked: Walked, pairsMade: Analysis['pairs']): Quality {
  const expected = changing(plan);
  const tubes = walked.tubes.flatMap((one) => (one.tube.excluded ? [] : (qualityTube(one, walked, expected) ?? [])));
  const pairs = plan.families.flatMap(visitPairs);
  const comparisons = pairs.filter(
    ({ from, to }, i) => i === pairs.findIndex((one) => one.from === from && one.to === to),
  );
  const moves = endpointMoves(plan, walked, pairsMade);
  return assessQuality({ tubes, comparisons, bridge: study.bridge, stains: stainsOf(walked), moves });
}

/** Every two visits that a family sets against each other: a return is looked for from both. */
function visitPairs({ comparison: { from, to }, returnTo }: ResolvedPlan['families'][number]) {
  const back = returnTo?.visit;
  if (back === undefined) return [{ from, to }];
  return [
    { from, to },
    { from, to: back },
    { from: to, to: back },
  ];
}

/** Changes of the endpoints whose gate stands on an alignment, where each tube was also counted with the other's gate. */
function endpointMoves(
  { families }: ResolvedPlan,
  { panels }: Walked,
  pairsMade: Analysis['pairs'],
): readonly EndpointMove[] {
  const alignments = new Map(
    panels.flatMap(({ template }) =>
      template.populations.flatMap(({ path, gate }) => (gate.align === undefined ? [] : [[path, gate.align] as const])),
    ),
  );
  const populations = new Map(families.flatMap(({ endpoints }) => endpoints.map((one) => [one.key, one.population])));
  return pairsMade.flatMap(({ endpoint, visit_from: from, visit_to: to, cells_moved: cells, gate_moved: gate }) => {
    const population = populations.get(endpoint ?? '') ?? '';
    const alignment = alignments.get(population);
    if (alignment === undefined || from === null || to === null || cells === null || gate === null) return [];
    return [{ from, to, alignment, endpoint: population.split('/').at(-1) ?? population, cells, gate }];
  });
}

/** Of all panels; a marker of several panels is told apart by the panel's name. */
function stainsOf({ panels }: Walked): readonly BatchStain[] {
  return panels.flatMap(({ panel, stains }) =>
    stains.map((stain) => (panel === '' ? stain : { ...stain, marker: `${panel} ${stain.marker}` })),
  );
}

/** Populations that are expected to change are no fingerprint; without a plan nothing is expected. */
function changing({ planned, families }: ResolvedPlan): ReadonlySet<string> {
  const asked = planned ? families.filter((family) => family.question !== 'equivalence') : [];
  return new Set(asked.flatMap((family) => family.endpoints.map((endpoint) => endpoint.population)));
}

function qualityTube(
  { tube, counts }: WalkedTube,
  { panels }: Walked,
  expected: ReadonlySet<string>,
): QualityTube | undefined {
  const book = panels.find((one) => one.panel === tube.panel)?.book;
  if (counts === undefined || book === undefined) return undefined;
  const { sampleId, subject, visit, role, batch } = tube;
  const shares = counts.populations.flatMap(({ population, count, parentCount }) =>
    count === null || parentCount === null || expected.has(population)
      ? []
      : [[population, { count, parentCount }] as const],
  );
  return {
    sampleId,
    subject,
    visit,
    role,
    batch,
    ...bookTraits(book, sampleId),
    counts: Object.fromEntries(shares),
  };
}
