import { byText } from '../problems/index.ts';
import type { Patch } from './patch.ts';

/** What two persons decided of one gate of one tube. */
export interface DifferingGate {
  readonly tube: string;
  readonly population: string;
  /** In words: `accepted`, `CD56 min -1.60 u`, `taken out`. */
  readonly first: string;
  readonly second: string;
}

/** One handle that at least one of two persons moved, of a gate that both looked at. */
export interface ReviewedHandle {
  readonly tube: string;
  readonly population: string;
  readonly axis: string;
  readonly first: number;
  readonly second: number;
}

/** How two persons agree who looked at the same gates without knowing of each other. */
export interface ReviewAgreement {
  readonly authors: { readonly first: readonly string[]; readonly second: readonly string[] };
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothAccepted: number;
  readonly bothChanged: number;
  readonly firstChanged: number;
  readonly secondChanged: number;
  /** Cohen's kappa (1960) of changed or not; null where one of them never, or always, changed a gate. */
  readonly kappa: number | null;
  readonly handles: readonly ReviewedHandle[];
  /** Median of the absolute difference in u over the handles; null without any. */
  readonly medianDifference: number | null;
  /** Gates of which one says changed and the other not, or that they changed by more than {@link ALIKE}. */
  readonly differing: readonly DifferingGate[];
}

/** In u: a change of a tenth is what every edge's sensitivity is reckoned by. */
const ALIKE = 0.1;

/** Compares two lists of patches, gate by gate of the tubes that they name. */
export function compareReviewers(first: readonly Patch[], second: readonly Patch[]): ReviewAgreement {
  const [a, b] = [decisionsOf(first), decisionsOf(second)];
  const shared = [...a.keys()].filter((key) => b.has(key)).sort(byText);
  const pairs = shared.map((key) => ({ first: a.get(key)!, second: b.get(key)! }));
  const isChanged = (decision: Decision) => decision.some(({ action }) => action !== 'accept');
  const countOf = (one: boolean, other: boolean) =>
    pairs.filter((pair) => isChanged(pair.first) === one && isChanged(pair.second) === other).length;
  const handles = pairs.flatMap((pair) => handlesOf(pair.first, pair.second));
  const distances = handles.map((one) => Math.abs(one.first - one.second)).sort((x, y) => x - y);
  const table = {
    both: countOf(true, true),
    first: countOf(true, false),
    second: countOf(false, true),
    none: countOf(false, false),
  };
  return {
    authors: { first: authorsOf(first), second: authorsOf(second) },
    both: pairs.length,
    onlyFirst: a.size - pairs.length,
    onlySecond: b.size - pairs.length,
    bothAccepted: table.none,
    bothChanged: table.both,
    firstChanged: table.first,
    secondChanged: table.second,
    kappa: kappaOf(table),
    handles,
    medianDifference: medianOf(distances),
    differing: pairs.flatMap((pair) => differing(pair.first, pair.second)),
  };
}

/** All patches of one gate of one tube. */
type Decision = readonly Patch[];

function decisionsOf(patches: readonly Patch[]): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Patch[]>();
  for (const patch of patches) {
    const key = `${patch.tube}\n${patch.population}`;
    decisions.set(key, [...(decisions.get(key) ?? []), patch]);
  }
  return decisions;
}

function authorsOf(patches: readonly Patch[]): readonly string[] {
  return [...new Set(patches.map(({ author }) => author))].sort();
}

function handlesOf(first: Decision, second: Decision): ReviewedHandle[] {
  // Where one of them took the gate out or drew it anew, there is no distance.
  if ([...first, ...second].some(({ action }) => action === 'exclude' || action === 'geometry')) return [];
  const [shifted, other] = [shiftsOf(first), shiftsOf(second)];
  const axes = [...new Set([...shifted.keys(), ...other.keys()])].sort();
  const [{ tube, population }] = first as readonly [Patch];
  return axes.map((axis) => ({ tube, population, axis, first: shifted.get(axis) ?? 0, second: other.get(axis) ?? 0 }));
}

/** Of linear units nothing is known here of their distance in u: they are left out. */
function shiftsOf(decision: Decision): ReadonlyMap<string, number> {
  return new Map(
    decision.flatMap((patch) =>
      patch.action === 'shift' && patch.frame === 'u' ? [[patch.axis, patch.by] as const] : [],
    ),
  );
}

function differing(first: Decision, second: Decision): DifferingGate[] {
  const [one, other] = [wordsOf(first), wordsOf(second)];
  const distances = handlesOf(first, second).map((handle) => Math.abs(handle.first - handle.second));
  const isAlike = one === other || (distances.length > 0 && Math.max(...distances) <= ALIKE + 1e-9);
  const [{ tube, population }] = first as readonly [Patch];
  return isAlike ? [] : [{ tube, population, first: one, second: other }];
}

function wordsOf(decision: Decision): string {
  return decision
    .map((patch) => {
      if (patch.action === 'shift')
        return `${patch.axis} ${patch.by > 0 ? '+' : ''}${patch.by.toFixed(2)} ${patch.frame}`;
      return { accept: 'accepted', exclude: 'taken out', geometry: 'drawn anew' }[patch.action];
    })
    .sort()
    .join(', ');
}

function kappaOf({ both, first, second, none }: Record<'both' | 'first' | 'second' | 'none', number>): number | null {
  const n = both + first + second + none;
  if (n === 0) return null;
  const [byFirst, bySecond] = [(both + first) / n, (both + second) / n];
  const expected = byFirst * bySecond + (1 - byFirst) * (1 - bySecond);
  return expected === 1 ? null : ((both + none) / n - expected) / (1 - expected);
}

function medianOf(sorted: readonly number[]): number | null {
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
