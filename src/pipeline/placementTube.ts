import type { PlacementTube } from '../placement/index.ts';
import type { Tube } from '../study/index.ts';
import { sha256 } from '../tables/index.ts';

/**
 * What placing may know of a tube: its id, its role, its batch, and a key that says which tubes share a subject. Never
 * visit, arm, date or a covariate: nothing by which a cut could come to depend on what is to be shown.
 */
export function placementTube(tube: Tube): PlacementTube {
  const { sampleId, role, batch, subject, excluded } = tube;
  const subjectKey = subject === null ? '' : sha256(`subject\0${subject}`).slice(0, 16);
  return { sampleId, isInPool: role === 'sample' && !excluded, role, batch, subjectKey, isExcluded: excluded };
}
