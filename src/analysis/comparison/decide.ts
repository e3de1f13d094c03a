import {
  type Differences,
  defaultTests,
  median,
  pairedTests,
  type ReturnQuestion,
  type TestFacts,
  type TestOutcome,
  transient,
  transientTest,
} from '../../statistics/index.ts';
import { type CompletePair, scalePairs } from './pairing.ts';
import { type Setup, withScale } from './setup.ts';

export type Decision =
  | (TestOutcome & { readonly test: string; readonly words: string })
  | { readonly status: 'not_estimable'; readonly reason: string; readonly test: string; readonly words: string };

/** The one p that answers the question of the family, from the pairs that take part. */
export function decide(pairs: readonly CompletePair[], setup: Setup): Decision {
  if (setup.question === 'transient') return decideTransient(pairs, setup);
  const { test, words } = nameOf(setup);
  const refuse = (reason: string) => ({ status: 'not_estimable', reason, test, words }) as const;
  if (setup.rule.isAbsolute && setup.rule.scale === 'logit') return refuse('not_applicable');
  if (pairs.length === 0) return refuse('no_pairs');
  const scaled = scalePairs(pairs, setup.rule);
  if (!scaled.isOnScale) return refuse('infinite_on_scale');
  const differences = asDifferences(scaled, setup);
  const planned = pairedTests[setup.test];
  if (planned.question !== setup.question) return refuse('not_applicable');
  if (planned.question === 'change') return { ...planned.run(differences), test, words };
  if (!setup.margins) return refuse('no_margins');
  if (isRatioAboveHalf(pairs, setup)) return refuse('ratio_margin_above_half');
  return { ...planned.run(differences, setup.margins), test, words };
}

/** The test that answers a setup: of rise and return the intersection–union, else the one that is named. */
export function testOf(setup: Setup): TestFacts {
  return setup.question === 'transient' ? transient : pairedTests[setup.test];
}

/** A ratio hides large changes of a share above one half: 0.80–1.25 of 70 % would pass 56–87.5 %. */
export function isRatioAboveHalf(pairs: readonly CompletePair[], setup: Setup): boolean {
  if (setup.margins?.kind !== 'ratio' || setup.rule.isAbsolute) return false;
  const percents = (side: 'from' | 'to' | 'later') => pairs.flatMap((pair) => pair[side]?.percent ?? []);
  return (['from', 'to', 'later'] as const).some((side) => (median(percents(side)) ?? 0) > 50);
}

export function asDifferences(
  scaled: { readonly differences: readonly number[]; readonly tolerance: number },
  setup: Setup,
): Differences {
  const { alternative, zeroHandling } = setup;
  return { values: scaled.differences, tolerance: scaled.tolerance, alternative, zeroHandling };
}

function nameOf(setup: Setup): { test: string; words: string } {
  return { test: setup.question === 'transient' ? transient.name : setup.test, words: testOf(setup).words };
}

function decideTransient(pairs: readonly CompletePair[], setup: Setup): Decision {
  const { test, words } = nameOf(setup);
  const refuse = (reason: string) => ({ status: 'not_estimable', reason, test, words }) as const;
  if (setup.test !== defaultTests.transient) return refuse('not_applicable');
  if (pairs.length === 0) return refuse('no_pairs');
  const rise = scalePairs(pairs, setup.rule);
  const back = returnQuestion(pairs, setup);
  if (!rise.isOnScale || back === 'infinite_on_scale') return refuse('infinite_on_scale');
  if (back === 'no_margins') return refuse(back);
  if (isRatioAboveHalf(pairs, setup)) return refuse('ratio_margin_above_half');
  return { ...transientTest(asDifferences(rise, setup), back), test, words };
}

function returnQuestion(
  pairs: readonly CompletePair[],
  setup: Setup,
): ReturnQuestion | 'infinite_on_scale' | 'no_margins' {
  const isFall = setup.returnTo?.by !== 'equivalence';
  if (!isFall && !setup.margins) return 'no_margins';
  const rule =
    isFall || !setup.margins ? setup.rule : withScale(setup.rule, setup.margins.scale, setup.endpointZeroRule);
  const sides = pairs.flatMap((pair) => (pair.later ? [{ from: isFall ? pair.to : pair.from, to: pair.later }] : []));
  const scaled = scalePairs(sides, rule);
  if (!scaled.isOnScale) return 'infinite_on_scale';
  const differences = asDifferences(scaled, setup);
  if (isFall || !setup.margins) return { by: 'fall', differences };
  return { by: 'equivalence', differences, margins: setup.margins };
}
