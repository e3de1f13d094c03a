import { didYouMean, nearestName, type Problem, problem, type Reading } from '../../problems/index.ts';
import { type AppliedOverrides, applyOverrides, type ReviewTube, reviewCodes } from '../../review/index.ts';
import { placementTube } from '../placementTube.ts';
import type { Walked } from '../walked.ts';
import type { DatedPatch } from './readPatches.ts';

/** A tube as the review knows it, and its panel. */
export interface PanelTube extends ReviewTube {
  readonly panel: string;
}

/** The tubes that were placed, with their codes; nothing in them says of which visit they are. */
export function reviewTubes({ tubes, basis }: Walked): readonly PanelTube[] {
  const placed = new Set(basis.tubes.map(({ file }) => file.sampleId));
  const present = tubes.filter(({ tube }) => placed.has(tube.sampleId));
  const codes = reviewCodes(new Map(present.map(({ tube, look }) => [tube.sampleId, look?.sha256 ?? ''])));
  return present
    .map(({ tube }) => {
      const { sampleId, batch, subjectKey } = placementTube(tube);
      return { sampleId, batch, subjectKey, panel: tube.panel, code: codes.get(sampleId) ?? '' };
    })
    .sort((a, b) => (a.sampleId < b.sampleId ? -1 : 1));
}

/** Each patch on the book of its tube's panel; every refusal of every panel at once. */
export function applyToPanels(
  walked: Walked,
  patches: readonly DatedPatch[],
): Reading<ReadonlyMap<string, AppliedOverrides>> {
  const tubes = reviewTubes(walked);
  const panelOf = (name: string) => tubes.find(({ sampleId, code }) => sampleId === name || code === name)?.panel;
  const problems: Problem[] = patches
    .filter(({ patch }) => panelOf(patch.tube) === undefined)
    .map(({ patch, where }) => {
      const near = nearestName(
        patch.tube,
        tubes.flatMap(({ sampleId, code }) => [sampleId, code]),
      );
      const message = `no tube of this study that could be placed is called "${patch.tube}"`;
      return problem('error', 'review.unknown-tube', message, where, didYouMean(near));
    });
  const applied = new Map<string, AppliedOverrides>();
  for (const { panel, book } of walked.panels) {
    const own = patches.filter(({ patch }) => panelOf(patch.tube) === panel);
    const read = applyOverrides(
      book,
      own,
      tubes.filter((tube) => tube.panel === panel),
    );
    problems.push(...read.problems);
    if (read.value !== undefined) applied.set(panel, read.value);
  }
  return problems.length > 0 ? { value: undefined, problems } : { value: applied, problems };
}
