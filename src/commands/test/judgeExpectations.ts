import { quantile } from '../../statistics/index.ts';
import type { Expectation } from './expectations.ts';
import type { DrawnTube } from './gateDrawn.ts';

/** How an expectation came out. */
export interface Judged {
  readonly expectation: Expectation;
  readonly isMet: boolean;
  /** Of the median tube, or of the worst; undefined where no tube has a value. */
  readonly seen: number | undefined;
  /** Tube that is farthest off. */
  readonly worst: string;
}

/** Holds every expectation against the gated tubes. A tube without a value fails what is expected of every tube. */
export function judgeExpectations(expect: readonly Expectation[], tubes: readonly DrawnTube[]): readonly Judged[] {
  return expect.map((expectation) => {
    const values = tubes.map((tube) => ({ sampleId: tube.sampleId, value: measureOf(expectation, tube) }));
    const known = values.flatMap(({ value }) => (value === undefined ? [] : [value]));
    const order = [...values].sort((a, b) => goodness(expectation, a.value) - goodness(expectation, b.value));
    const worst = order[0]!;
    const seen = expectation.in === 'every' ? worst.value : quantile(known, 0.5);
    // A median over less than half of the tubes is that of the easy ones.
    const isKnown = seen !== undefined && (expectation.in === 'every' || 2 * known.length > tubes.length);
    return { expectation, isMet: isKnown && goodness(expectation, seen) >= 0, seen, worst: worst.sampleId };
  });
}

/** F1, a share in percent, or by how many percent a share is off the true one; undefined where there is none. */
function measureOf(expectation: Expectation, tube: DrawnTube): number | undefined {
  const ours = tube.members.get(expectation.population);
  if (ours === undefined) return undefined;
  switch (expectation.kind) {
    case 'f1':
      return f1Of(ours, tube.truth.get(expectation.truth)!);
    case 'between':
      return shareOf(ours, memberOf(tube.members, expectation.of, ours.length));
    case 'within': {
      const share = shareOf(ours, memberOf(tube.members, expectation.of, ours.length));
      const known = shareOf(tube.truth.get(expectation.truth)!, memberOf(tube.truth, expectation.truthOf, ours.length));
      return share === undefined || !known ? undefined : 100 * (share / known - 1);
    }
    default:
      return expectation satisfies never;
  }
}

function memberOf(members: ReadonlyMap<string, Uint8Array>, path: string, eventCount: number): Uint8Array | undefined {
  return path === 'root' ? new Uint8Array(eventCount).fill(1) : members.get(path);
}

/** 0 and more: met; less: not met, the less the worse. */
function goodness(expectation: Expectation, value: number | undefined): number {
  if (value === undefined) return Number.NEGATIVE_INFINITY;
  switch (expectation.kind) {
    case 'f1':
      return value - expectation.f1;
    case 'between':
      return Math.min(value - expectation.between[0], expectation.between[1] - value);
    case 'within':
      return expectation.within - Math.abs(value);
    default:
      return expectation satisfies never;
  }
}

/** Harmonic mean of precision and recall; undefined where neither side has a member. */
export function f1Of(ours: Uint8Array, truth: Uint8Array): number | undefined {
  let [both, either] = [0, 0];
  for (let i = 0; i < ours.length; i++) {
    both += ours[i]! & truth[i]!;
    either += ours[i]! + truth[i]!;
  }
  return either === 0 ? undefined : (2 * both) / either;
}

function shareOf(part: Uint8Array, whole: Uint8Array | undefined): number | undefined {
  if (whole === undefined) return undefined;
  const of = sum(whole);
  return of === 0 ? undefined : (100 * sum(part)) / of;
}

function sum(column: Uint8Array): number {
  return column.reduce((total, one) => total + one, 0);
}
