import { type Evaluation, evaluate } from './evaluate.ts';
import type { CompletePair } from './pairing.ts';
import { type Setup, withScale } from './setup.ts';

/** One later visit against one of the other two, in the patients who have all three. */
export interface ReturnPart {
  readonly visit: string;
  /** Against which of the compared visits. */
  readonly against: 'from' | 'to';
  readonly evaluation: Evaluation;
  /** Whether it is one of the two parts of the claim; else it is described. */
  readonly isTested: boolean;
}

/**
 * What is known of a return: the later visit against the visit of the rise, and against baseline. By fall the first is
 * tested (one-sided exact signed-rank), by equivalence the second (within the margins); the other one is described.
 */
export function returnParts(pairs: readonly CompletePair[], setup: Setup): readonly ReturnPart[] {
  const { returnTo, margins } = setup;
  if (returnTo === undefined) return [];
  const { visit, by } = returnTo;
  const isFall = by === 'fall';
  const against = (side: 'from' | 'to') =>
    pairs.flatMap(({ subject, later, ...both }): CompletePair[] =>
      later === undefined ? [] : [{ subject, from: both[side], to: later, later: undefined }],
    );
  const change: Setup = { ...setup, question: 'change', test: 'signed_rank', returnTo: undefined, margins: undefined };
  const within: Setup | undefined =
    isFall || !margins
      ? undefined
      : {
          ...setup,
          question: 'equivalence',
          test: 'tost_t',
          rule: withScale(setup.rule, margins.scale, setup.endpointZeroRule),
          returnTo: undefined,
        };
  const fall = evaluate(against('to'), { ...change, alternative: isFall ? 'less' : 'two-sided' });
  const level = evaluate(against('from'), within ?? { ...change, alternative: 'two-sided' });
  return [
    { visit, against: 'to', evaluation: fall, isTested: isFall },
    { visit, against: 'from', evaluation: level, isTested: within !== undefined },
  ];
}
