import { byText, type Problem } from '../problems/index.ts';
import type { TubeDecision } from '../tube/index.ts';
import type { ComparedTube, DecisionParts, Finding, LikenessRules } from './comparison.ts';
import { comparisons } from './registry.ts';
import { grouped } from './sisters.ts';

/** A finding with the name of its comparison. */
export type NamedFinding = Finding & { readonly comparison: string };

/** In what the tubes of a study are unlike, and what follows for each. */
export interface Likeness {
  readonly tubeCount: number;
  /** In the order of the comparisons; what is said alike of several tubes is one. */
  readonly findings: readonly NamedFinding[];
  /** sampleId -> what was decided; tubes that may not be used are not in it. */
  readonly decisions: ReadonlyMap<string, TubeDecision>;
  /** Each finding once for each of its tubes. */
  readonly problems: readonly Problem[];
}

const strict: LikenessRules = { sameEvents: 'refused', allowUnlikeMarkers: new Map() };

/** Asks every comparison of the registry. @param tubes in any order: the answer does not depend on it */
export function compareTubes(tubes: readonly ComparedTube[], rules: LikenessRules = strict): Likeness {
  const ordered = [...tubes].sort((a, b) => byText(a.sampleId, b.sampleId));
  const asked = comparisons.map(({ name, compare }) => ({ name, ...compare(ordered, rules) }));
  const named = asked.flatMap(({ name, findings: own }) => {
    const moot = new Set(asked.flatMap((other) => other.moot?.[name] ?? []));
    const meant = own.filter((one) => !one.sampleIds.every((id) => moot.has(id)));
    return meant.map((one) => ({ ...one, comparison: name }));
  });
  const excluded = new Set(ordered.filter((tube) => tube.excluded).map((tube) => tube.sampleId));
  const findings = joinFindings(named.flatMap((one) => ofExcluded(one, excluded)));
  const refused = new Set(findings.filter((one) => one.isRefused).flatMap((one) => one.sampleIds));
  const sound = ordered.filter((tube) => !refused.has(tube.sampleId));
  const parts = asked.map((one) => one.decisions);
  const decisions = new Map(sound.map((tube) => [tube.sampleId, decisionOf(tube, parts)]));
  return { tubeCount: tubes.length, findings, decisions, problems: problemsOf(findings, ordered) };
}

/** Of tubes that a person took out already, a finding is no more than a note. */
function ofExcluded(finding: NamedFinding, excluded: ReadonlySet<string>): readonly NamedFinding[] {
  const [out, within] = [true, false].map((isOut) => finding.sampleIds.filter((id) => excluded.has(id) === isOut));
  if (out === undefined || within === undefined || out.length === 0) return [finding];
  const note = { ...finding, sampleIds: out, problem: { ...finding.problem, severity: 'note' as const } };
  return within.length === 0 ? [note] : [{ ...finding, sampleIds: within }, note];
}

function joinFindings(findings: readonly NamedFinding[]): readonly NamedFinding[] {
  const alike = grouped(findings, ({ comparison, words, isRefused, problem: { severity, code, message } }) =>
    JSON.stringify([comparison, words, isRefused, severity, code, message]),
  );
  return [...alike.values()].map((group) => {
    const [first] = group;
    if (first === undefined) throw new Error('a group of findings is empty');
    return { ...first, sampleIds: [...new Set(group.flatMap((one) => one.sampleIds))].sort() };
  });
}

function problemsOf(findings: readonly NamedFinding[], tubes: readonly ComparedTube[]): readonly Problem[] {
  const files = new Map(tubes.map(({ sampleId, look }) => [sampleId, look.displayPath]));
  return findings.flatMap(({ sampleIds, problem }) =>
    sampleIds.map((sampleId) => {
      const { file, ...where } = problem.where;
      return { ...problem, where: { ...where, file: files.get(sampleId) ?? file ?? '', sampleId } };
    }),
  );
}

function decisionOf({ sampleId, look }: ComparedTube, parts: readonly DecisionParts[]): TubeDecision {
  const { sha256, matrix } = look;
  const decided = parts.flatMap((part) => part.get(sampleId) ?? []);
  const matrixOwn = { isApplied: matrix.kind === 'matrix', says: matrix.source };
  return {
    sha256,
    compensation: decided.findLast((part) => part.compensation)?.compensation ?? matrixOwn,
    values: decided.findLast((part) => part.values)?.values ?? { kind: 'linear' },
    unitFactors: Object.assign({}, ...decided.map((part) => part.unitFactors)),
    ranges: Object.assign({}, ...decided.map((part) => part.ranges)),
    unlikeMarkers: decided.flatMap((part) => part.unlikeMarkers ?? []),
    flags: [...new Set([...look.flags, ...decided.flatMap((part) => part.flags ?? [])])].sort(),
  };
}
