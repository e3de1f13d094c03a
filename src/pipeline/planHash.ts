import type { ResolvedPlan } from '../analysis/index.ts';
import type { Visit } from '../study/index.ts';
import { canonicalJson, sha256 } from '../tables/index.ts';

/**
 * SHA-256 of everything that was planned: families with full paths, level, rules, and visits with their windows, as
 * canonical JSON. Equal plans give equal hashes however their YAML is written; null where nothing was planned.
 */
export function planHash(plan: ResolvedPlan, visits: readonly Visit[]): string | null {
  if (!plan.planned) return null;
  const windows = visits.map(({ id, day, window }) => ({ id, day, window }));
  // Through JSON, so that a setting that is absent and one that is undefined are the same.
  return sha256(canonicalJson(JSON.parse(JSON.stringify({ plan, visits: windows }))));
}
