import { type Problem, problem } from '../problems/index.ts';
import { signFlipTest } from '../statistics/index.ts';

/** By how much a person's moves changed the share of a population in one tube. */
export interface TubeMove {
  readonly subject: string;
  readonly visit: string;
  readonly population: string;
  /** Log of the share after ÷ the share before. */
  readonly effect: number;
}

/**
 * From here on the moves are said to follow the visit. Five patients all moved the same way reach 2/32 = 0.0625, the
 * smallest study in which it could be more than chance; at 0.05 they would pass in silence.
 */
const FOLLOWS = 0.1;
/** Of a log share: less than any count can show. */
const NOTHING = 1e-9;

/**
 * Whether gates were moved otherwise at one visit than at the other: then the moves themselves may have made, or hidden,
 * the change that is to be shown. A sign-flip test over patients for each population and pair of visits, exact up to 25
 * patients; patients in whom nothing was moved take no part. To be judged only when the review is closed.
 */
export function movesFollowVisit(
  moves: readonly TubeMove[],
  comparisons: readonly { readonly from: string; readonly to: string }[],
): readonly Problem[] {
  const populations = [...new Set(moves.map(({ population }) => population))];
  return populations.flatMap((population) => {
    const own = moves.filter((move) => move.population === population);
    return comparisons.flatMap(({ from, to }) => {
      const differences = differencesOf(own, from, to);
      const outcome = signFlipTest({
        values: differences,
        tolerance: NOTHING,
        alternative: 'two-sided',
        zeroHandling: 'wilcoxon',
      });
      if (outcome.status === 'not_estimable' || outcome.p > FOLLOWS) return [];
      const up = differences.filter((one) => one > NOTHING).length;
      const down = differences.filter((one) => one < -NOTHING).length;
      const message =
        `moves of the gate of "${population}" follow the visit: from ${from} to ${to} they raise it in ${up} and lower it in ` +
        `${down} of the patients (sign-flip p ${outcome.p.toFixed(4)})`;
      return [problem('warning', 'review.moves-follow-visit', message, { gate: population })];
    });
  });
}

function differencesOf(moves: readonly TubeMove[], from: string, to: string): number[] {
  const subjects = [...new Set(moves.map(({ subject }) => subject))].sort();
  const sum = (subject: string, visit: string) =>
    moves
      .filter((move) => move.subject === subject && move.visit === visit)
      .reduce((total, { effect }) => total + effect, 0);
  return subjects.map((subject) => sum(subject, to) - sum(subject, from));
}
