import type { Endpoint } from '../analysis/index.ts';
import type { OtherCount } from '../gating/index.ts';
import type { Walked } from './walked.ts';
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

/**
 * Finds a tube's events in an endpoint's gate as it lies in other tubes. A share of the population itself has none: its
 * denominator would move with the gate.
 * @param denominators name -> full path
 */
export function crossedCounts({ tubes }: Walked, denominators: Readonly<Record<string, string>>) {
  const crossed = new Map(tubes.map((one) => [one.tube.sampleId, one.crossed]));
  return (sampleId: string, { population, denominator }: Endpoint): Readonly<Record<string, number>> => {
    if (denominators[denominator] === population) return {};
    const own = (crossed.get(sampleId) ?? []).filter((one) => one.population === population);
    return Object.fromEntries(own.flatMap(({ other, count }) => (count === null ? [] : [[other, count]])));
  };
}
