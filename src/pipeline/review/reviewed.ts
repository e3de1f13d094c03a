import type { Frequency } from '../../frequencies/index.ts';
import type { Problem } from '../../problems/index.ts';
import type { ReportMove } from '../../report/index.ts';
import { type AppliedOverrides, type MovedGate, movesFollowVisit, type TubeMove } from '../../review/index.ts';
import type { CsvColumn } from '../../tables/index.ts';
import type { DatedPatch } from './readPatches.ts';

/** A gate of one tube that a person moved or took out, and what became of its population. One row a patch of moves.csv. */
export interface MoveRow extends ReportMove {
  readonly action: 'shift' | 'geometry' | 'exclude';
}

const text = (['sample_id', 'subject', 'visit', 'population', 'action', 'axis'] as const).map((name) => ({
  name,
  kind: 'text' as const,
}));
const why = (['frame', 'scope', 'author', 'date', 'reason'] as const).map((name) => ({ name, kind: 'text' as const }));

/** The columns of moves.csv in their order. */
export const moveColumns: readonly CsvColumn<MoveRow>[] = [
  ...text,
  { name: 'by', kind: 'exact' },
  ...why,
  { name: 'after_lock', kind: 'logical' },
  { name: 'count_before', kind: 'count' },
  { name: 'count_after', kind: 'count' },
  { name: 'pct_parent_before', kind: 'exact' },
  { name: 'pct_parent_after', kind: 'exact' },
];

/** What persons did with the gates of a study, in numbers. */
export interface ReviewSummary {
  readonly rows: readonly MoveRow[];
  /** Gates of single tubes, combinations left out. */
  readonly gateCount: number;
  readonly movedCount: number;
  readonly lookedCount: number;
  readonly movers: readonly string[];
  readonly lookers: readonly string[];
  /** Patches that are not among those with which the study was locked. */
  readonly afterLockCount: number;
}

interface Shares {
  readonly before: readonly Frequency[];
  readonly after: readonly Frequency[];
}

/** What was moved and looked at, with the counts before and after. */
export function reviewSummary(
  applied: ReadonlyMap<string, AppliedOverrides>,
  patches: readonly DatedPatch[],
  shares: Shares,
): ReviewSummary {
  const all = [...applied.values()];
  const moved = all.flatMap((one) => one.moved);
  const rows = moved.flatMap((gate) => moveRows(gate, patches, shares));
  const looked = all.flatMap((one) => one.looked);
  const gates = all.flatMap(({ book }) => book.gates.flatMap(({ tubes }) => tubes));
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  return {
    rows,
    gateCount: gates.filter(({ geometry }) => geometry.kind !== 'boolean').length,
    movedCount: moved.length,
    lookedCount: new Set(looked.map(({ sampleId, population }) => `${sampleId}\n${population}`)).size,
    movers: unique(rows.map(({ author }) => author)),
    lookers: unique(looked.map(({ author }) => author)),
    afterLockCount: patches.filter(({ isAfterLock }) => isAfterLock === true).length,
  };
}

function moveRows(
  { sampleId, population, patches }: MovedGate,
  dated: readonly DatedPatch[],
  shares: Shares,
): MoveRow[] {
  const of = (rows: readonly Frequency[]) =>
    rows.find((row) => row.sampleId === sampleId && row.population === population);
  const [before, after] = [of(shares.before), of(shares.after)];
  return patches.map((patch) => ({
    sample_id: sampleId,
    subject: before?.subject ?? null,
    visit: before?.visit ?? null,
    population,
    action: patch.action,
    axis: patch.action === 'shift' ? patch.axis : null,
    by: patch.action === 'shift' ? patch.by : null,
    frame: patch.action === 'shift' ? patch.frame : null,
    scope: patch.scope,
    author: patch.author,
    date: patch.date,
    reason: patch.reason,
    after_lock: dated.find((one) => one.patch === patch)?.isAfterLock ?? null,
    count_before: before?.count ?? null,
    count_after: after?.count ?? null,
    pct_parent_before: before?.ofParent?.percent ?? null,
    pct_parent_after: after?.ofParent?.percent ?? null,
  }));
}

/** Whether the moves follow the visit, judged by what they did to the shares. */
export function visitProblems(
  { rows }: ReviewSummary,
  shares: Shares,
  comparisons: readonly { readonly from: string; readonly to: string }[],
): readonly Problem[] {
  const seen = new Set<string>();
  const moves = rows.flatMap(({ sample_id, subject, visit, population }): TubeMove[] => {
    const key = `${sample_id}\n${population}`;
    if (subject === null || visit === null || seen.has(key)) return [];
    seen.add(key);
    const of = (list: readonly Frequency[]) =>
      logShare(list.find((row) => row.sampleId === sample_id && row.population === population));
    const [before, after] = [of(shares.before), of(shares.after)];
    return before === undefined || after === undefined ? [] : [{ subject, visit, population, effect: after - before }];
  });
  return movesFollowVisit(moves, comparisons);
}

/** Half an event more of both, so that a share of none has a log too. */
function logShare(row: Frequency | undefined): number | undefined {
  if (row === undefined || row.count === null || row.parentCount === null) return undefined;
  return Math.log((row.count + 0.5) / (row.parentCount + 0.5));
}
