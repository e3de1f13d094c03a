import type { ResolvedPlan } from '../analysis/index.ts';
import type { BatchStain } from '../placement/index.ts';
import { assessQuality, bookTraits, type Quality, type QualityTube } from '../quality/index.ts';
import type { Study } from '../study/index.ts';
import type { Walked, WalkedTube } from './walked.ts';

/** What the tubes of a study together show, now that all are placed and counted. */
export function studyQuality(study: Study, plan: ResolvedPlan, walked: Walked): Quality {
  const expected = changing(plan);
  const tubes = walked.tubes.flatMap((one) => (one.tube.excluded ? [] : (qualityTube(one, walked, expected) ?? [])));
  const pairs = plan.families.map(({ comparison: { from, to } }) => ({ from, to }));
  const comparisons = pairs.filter(
    ({ from, to }, i) => i === pairs.findIndex((one) => one.from === from && one.to === to),
  );
  return assessQuality({ tubes, comparisons, bridge: study.bridge, stains: stainsOf(walked) });
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
