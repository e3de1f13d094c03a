import { andMore } from '../problems/index.ts';
import type { ComparedTube, Finding } from './comparison.ts';

/**
 * Tubes that must be alike to be compared: samples and bridging controls of one panel, each panel with two or more of them.
 * Single stains, FMO and unstained controls are run at settings of their own.
 */
export function sistersByPanel(tubes: readonly ComparedTube[]): readonly (readonly ComparedTube[])[] {
  const own = tubes.filter(({ role }) => role === 'sample' || role === 'bridge');
  return [...grouped(own, (tube) => tube.panel).values()].filter((panel) => panel.length > 1);
}

/** Things by what they have in common, in the order in which each kind first comes. */
export function grouped<T, K>(things: readonly T[], keyOf: (thing: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}

/** @returns the value that most have; of several that are as frequent the first in ascending order; undefined of none */
export function mostCommon<T extends string | number>(values: readonly T[]): T | undefined {
  const counts = [...grouped(values, (value) => value)].map(([value, those]) => ({ value, count: those.length }));
  counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return counts[0]?.value;
}

/** $PnN of the channels that a tube's template or matrix uses. */
export function usedChannels({ look }: ComparedTube): ReadonlySet<string> {
  return new Set([...Object.values(look.markers), ...look.matrix.channels]);
}

/** Ids of tubes for a finding, ascending. */
export function idsOf(tubes: readonly ComparedTube[]): readonly string[] {
  return tubes.map((tube) => tube.sampleId).sort();
}

/** A finding of which the tubes do take part, each with a flag that sends the reader to the comparison. */
export function flagged(findings: readonly Finding[]): readonly (readonly [string, { flags: readonly string[] }])[] {
  const doubtful = findings.filter((one) => !one.isRefused && one.problem.severity === 'warning');
  const ids = new Set(doubtful.flatMap((one) => one.sampleIds));
  return [...ids].map((id) => [id, { flags: ['unlike'] }] as const);
}

/** `the other 6 tubes of its panel`, `most tubes of its panel (41 of 43)`: whom a tube was held against. */
export function othersWords(unlike: number, all: number): string {
  const others = all - unlike;
  if (others > unlike) return `most tubes of the panel (${others} of ${all})`;
  return others === 1 ? 'the other tube of the panel' : `the other ${others} tubes of the panel`;
}

/** Where unlike tubes are just those of one visit or of one batch: a difference that no test tells from an effect. */
export function confoundedWords(unlike: readonly ComparedTube[], all: readonly ComparedTube[]): string {
  const visits = new Set(unlike.map((tube) => tube.visit));
  const [visit] = visits;
  if (visits.size !== 1 || visit === null || visit === undefined) return '';
  const atVisit = all.filter((tube) => tube.visit === visit);
  if (atVisit.length !== unlike.length || atVisit.length === all.length || atVisit.length === 1) return '';
  return `; these are all tubes of ${visit}, so that any difference to another visit may come from this`;
}

/** `a, b and c`; of many `a, b and 3 more`. */
export function someOf(names: readonly string[], most = 4): string {
  if (names.length <= most)
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return andMore(names, most);
}
