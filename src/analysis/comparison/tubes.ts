import { type Problem, problem } from '../../problems/index.ts';
import type { Share, ZeroRule } from '../../statistics/index.ts';
import { type AnalysisInput, type Endpoint, endpointId, type Observation, plannedEndpoints } from '../analysisInput.ts';
import { isValueMeasure } from '../plan/endpointValue.ts';
import type { Rules } from '../plan/plan.ts';

/** What one subject's tube at one visit says about one endpoint; `reason` is empty where it can be used. */
export interface Tube extends Share {
  readonly sampleId: string;
  readonly reason: string;
  readonly flags: readonly string[];
  readonly date: string | null;
  /** sampleId of another tube of the subject -> events of this tube in that one's gate. */
  readonly crossed: Readonly<Record<string, number>>;
}

/** All tubes of one endpoint: subject, then visit. */
export type EndpointTubes = ReadonlyMap<string, ReadonlyMap<string, Tube>>;

/**
 * Observations by endpoint, subject and visit. Two usable values of one subject, visit and endpoint are a problem and
 * none is used; a value beside excluded or failed ones is the value.
 */
export function tubesByEndpoint(input: AnalysisInput, problems: Problem[]): ReadonlyMap<string, EndpointTubes> {
  const subjects = new Set(input.subjects);
  const visits = new Set(input.visits.map((visit) => visit.id));
  const wanted = new Map(plannedEndpoints(input.plan).map((endpoint) => [endpointId(endpoint), endpoint]));
  const groups = new Map<string, Map<string, Map<string, Observation[]>>>();
  const strangers = new Set<string>();
  for (const one of input.observations) {
    if (!wanted.has(one.endpointKey)) continue;
    if (!subjects.has(one.subject)) strangers.add(`subject "${one.subject}"`);
    else if (!visits.has(one.visit)) strangers.add(`visit "${one.visit}"`);
    else {
      const bySubject = ensure(groups, one.endpointKey, () => new Map<string, Map<string, Observation[]>>());
      const byVisit = ensure(bySubject, one.subject, () => new Map<string, Observation[]>());
      ensure(byVisit, one.visit, (): Observation[] => []).push(one);
    }
  }
  for (const name of [...strangers].sort(byCodeUnit)) {
    problems.push(problem('error', 'stats.unknown-key', `${name} has values and is not part of the study`, {}));
  }
  const result = new Map<string, EndpointTubes>();
  for (const key of [...groups.keys()].sort(byCodeUnit)) {
    const endpoint = wanted.get(key)!;
    const bySubject = new Map<string, Map<string, Tube>>();
    for (const subject of [...groups.get(key)!.keys()].sort(byCodeUnit)) {
      const byVisit = new Map<string, Tube>();
      for (const [visit, found] of groups.get(key)!.get(subject)!)
        byVisit.set(visit, oneTube(found, endpoint, problems));
      bySubject.set(subject, byVisit);
    }
    result.set(key, bySubject);
  }
  return result;
}

/** Ascending by UTF-16 code units, never by locale. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The zero rule that holds for a whole endpoint: the half event needs counts in every usable tube, since a rule for
 * some tubes only would shift these against the others.
 */
export function zeroRuleOf(endpoint: Endpoint, tubes: EndpointTubes, rules: Rules): ZeroRule {
  // A ratio of two populations has its half events already.
  if (endpoint.value?.kind === 'ratio') return 'half_event';
  if (isValueMeasure(endpoint.measure)) return 'none';
  if (rules.zero_rule !== 'half_event') return rules.zero_rule;
  const usable = [...tubes.values()].flatMap((visits) => [...visits.values()]).filter((tube) => tube.reason === '');
  return usable.every((tube) => tube.count !== null && tube.parentCount !== null) ? 'half_event' : 'none';
}

function oneTube(found: readonly Observation[], endpoint: Endpoint, problems: Problem[]): Tube {
  const sorted = [...found].sort((a, b) => byCodeUnit(a.sampleId, b.sampleId));
  const usable = sorted.filter((one) => one.status === 'ok');
  const chosen = usable[0] ?? sorted[0]!;
  if (usable.length > 1) {
    const samples = usable.map((one) => `"${one.sampleId}"`).join(', ');
    const message = `subject "${chosen.subject}" has ${usable.length} values at visit "${chosen.visit}" (${samples}), endpoint "${endpoint.key}"`;
    problems.push(problem('error', 'stats.duplicate-observation', message, { sampleId: chosen.sampleId }));
    return { ...tubeOf(chosen, endpoint), reason: 'duplicate' };
  }
  return tubeOf(chosen, endpoint);
}

function tubeOf(one: Observation, { measure }: Endpoint): Tube {
  const isAbsolute = isValueMeasure(measure);
  // A tube that is not evaluable keeps its counts and has no percentage.
  const counted = one.status === 'ok' && one.count !== null && one.parentCount !== null && one.parentCount > 0;
  const percent = one.percent ?? (counted ? (100 * one.count) / one.parentCount : null);
  const absolute = one.absolute ?? null;
  const hasValue = (isAbsolute ? absolute : percent) !== null;
  const valueReason = hasValue ? '' : 'no_value';
  return {
    sampleId: one.sampleId,
    count: one.count,
    parentCount: one.parentCount,
    percent,
    absolute,
    reason: one.status === 'ok' ? valueReason : one.reason || one.status,
    flags: [...new Set(one.flags)].sort(byCodeUnit),
    date: one.date ?? null,
    crossed: one.crossed ?? {},
  };
}

function ensure<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
