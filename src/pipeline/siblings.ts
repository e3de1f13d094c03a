import type { OtherCount } from '../gating/index.ts';
import type { WalkTube } from './walkTube.ts';

/**
 * The other sample tubes of a tube's subject and panel, ascending by sample_id.
 * @returns none for tubes of no subject
 */
export function siblingsOf(sampleId: string, tubes: readonly WalkTube[]): readonly string[] {
  const own = tubes.find((tube) => tube.file.sampleId === sampleId);
  if (own === undefined || own.placement.role !== 'sample' || own.placement.subjectKey === '') return [];
  return tubes
    .filter(({ file, panel, placement }) => {
      const isOther = file.sampleId !== sampleId && panel === own.panel && placement.role === 'sample';
      return isOther && placement.subjectKey === own.placement.subjectKey;
    })
    .map((tube) => tube.file.sampleId)
    .sort();
}

/** Counts under other tubes' gates, by the sample_id that counting did not know. */
export function bySibling(
  sampleId: string,
  tubes: readonly WalkTube[],
  others: readonly OtherCount[],
): readonly OtherCount[] {
  const siblings = siblingsOf(sampleId, tubes);
  return others.flatMap((one) => {
    const other = siblings[Number(one.other) - 1];
    return other === undefined ? [] : [{ ...one, other }];
  });
}
