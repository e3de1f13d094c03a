import type { Problem } from '../problems/index.ts';
import type { TubeDecision } from '../tube/index.ts';
import type { ComparedTube, DecisionParts, Finding } from './comparison.ts';
import { comparisons } from './registry.ts';

/** In what the tubes of a study are unlike, and what follows for each. */
export interface Likeness {
  readonly tubeCount: number;
  /** In the order of the comparisons. */
  readonly findings: readonly (Finding & { readonly comparison: string })[];
  /** sampleId -> what was decided; tubes that may not be used are not in it. */
  readonly decisions: ReadonlyMap<string, TubeDecision>;
  readonly problems: readonly Problem[];
}

/** Asks every comparison of the registry. @param tubes in any order: the answer does not depend on it */
export function compareTubes(tubes: readonly ComparedTube[]): Likeness {
  const ordered = [...tubes].sort((a, b) => (a.sampleId < b.sampleId ? -1 : 1));
  const asked = comparisons.map(({ name, compare }) => ({ name, ...compare(ordered) }));
  const findings = asked.flatMap(({ name, findings: found }) => {
    const moot = new Set(asked.flatMap((other) => other.moot?.[name] ?? []));
    const meant = found.filter((one) => !one.sampleIds.every((id) => moot.has(id)));
    return meant.map((one) => ({ ...one, comparison: name }));
  });
  const refused = new Set(findings.filter((one) => one.isRefused).flatMap((one) => one.sampleIds));
  const sound = ordered.filter((tube) => !refused.has(tube.sampleId));
  const parts = asked.map((one) => one.decisions);
  const decisions = new Map(sound.map((tube) => [tube.sampleId, decisionOf(tube, parts)]));
  return { tubeCount: tubes.length, findings, decisions, problems: findings.map((one) => one.problem) };
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
    flags: [...new Set([...look.flags, ...decided.flatMap((part) => part.flags ?? [])])].sort(),
  };
}
