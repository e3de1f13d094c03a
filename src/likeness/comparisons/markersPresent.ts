import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding, LikenessRules } from '../comparison.ts';
import { confoundedWords, flagged, grouped, idsOf, mostCommon, othersWords, sistersByPanel } from '../sisters.ts';
import { channelOf } from '../valueRatio.ts';

/** Whether all tubes have the optional markers that some have. */
export const markersPresent: Comparison = {
  name: 'markers present',
  summary:
    'optional markers that only some tubes have: their gates are left out where they are absent, and the population is ' +
    'then another one, which is compared with no other',
  compare(tubes, rules): Compared {
    const findings: Finding[] = [];
    const unlike = new Map<string, string[]>();
    for (const panel of sistersByPanel(tubes)) {
      for (const { marker, tubes: few, isAbsent } of unlikeMarkers(panel)) {
        const isAllowed = isAllowedIn(panel, marker, rules);
        findings.push(findingOf(panel, few, { marker, isAbsent, isAllowed }));
        if (isAllowed) continue;
        for (const { sampleId } of few) unlike.set(sampleId, [...(unlike.get(sampleId) ?? []), marker]);
      }
    }
    const flags = new Map(flagged(findings));
    const parts = [...flags].map(([id, part]) => [id, { ...part, unlikeMarkers: unlike.get(id) ?? [] }] as const);
    return { findings, decisions: new Map(parts) };
  },
};

function isAllowedIn([first]: readonly ComparedTube[], marker: string, rules: LikenessRules): boolean {
  return rules.allowUnlikeMarkers.get(first?.panel ?? '')?.has(marker) === true;
}

interface UnlikeMarker {
  readonly marker: string;
  /** The fewer; of halves those that lack it. */
  readonly tubes: readonly ComparedTube[];
  readonly isAbsent: boolean;
}

function unlikeMarkers(panel: readonly ComparedTube[]): readonly UnlikeMarker[] {
  const absent = new Set(panel.flatMap((tube) => tube.look.absent));
  return [...absent].sort().flatMap((marker): UnlikeMarker[] => {
    const [lacking, having] = [true, false].map((isAbsent) =>
      panel.filter((tube) => tube.look.absent.includes(marker) === isAbsent),
    );
    if (lacking === undefined || having === undefined || having.length === 0) return [];
    const isAbsent = lacking.length <= having.length;
    return [{ marker, tubes: isAbsent ? lacking : having, isAbsent }];
  });
}

function findingOf(
  panel: readonly ComparedTube[],
  tubes: readonly ComparedTube[],
  { marker, isAbsent, isAllowed }: { readonly marker: string; readonly isAbsent: boolean; readonly isAllowed: boolean },
): Finding {
  const others = othersWords(tubes.length, panel.length);
  const named = isAbsent ? otherNames(panel, tubes, marker) : '';
  const state = isAbsent
    ? `no channel is named "${marker}", as in ${others}${named}`
    : `"${marker}" is there, and not in ${others}`;
  const follows = isAllowed
    ? 'the template lets them be compared'
    : 'populations whose gates look at it, and those below, are not compared';
  const message = `${state}; ${follows}${confoundedWords(tubes, panel)}`;
  const found = problem(isAllowed ? 'note' : 'warning', 'study.unlike-markers', message, {});
  const words = isAbsent ? `no ${marker}${named}` : `${marker} only here`;
  return { sampleIds: idsOf(tubes), words, problem: found, isRefused: false };
}

/** What stands on the channel that the others have the marker on: perhaps its name was written otherwise. */
function otherNames(panel: readonly ComparedTube[], tubes: readonly ComparedTube[], marker: string): string {
  const channel = mostCommon(panel.flatMap((tube) => tube.look.markers[marker] ?? []));
  if (channel === undefined) return '';
  const found = tubes.map((tube) => channelOf(tube, channel));
  if (found.every((one) => one === undefined)) return `; there is no ${channel}`;
  const stains = [
    ...grouped(
      found.flatMap((one) => one?.stain ?? []),
      (stain) => stain,
    ).keys(),
  ];
  const [stain] = stains;
  if (stains.length !== 1 || stain === undefined) return '';
  return stain === '' ? `; ${channel} has no name` : `; ${channel} is named "${stain}"`;
}
