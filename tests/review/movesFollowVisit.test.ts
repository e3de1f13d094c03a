import { describe, expect, test } from 'vitest';
import { movesFollowVisit, type TubeMove } from '../../src/review/index.ts';

const comparisons = [{ from: 'BL', to: 'M1' }];

/** Moves at the later visit, one a patient. */
function atM1(...effects: readonly number[]): TubeMove[] {
  return effects.map((effect, i) => ({ subject: `P${i}`, visit: 'M1', population: 'NK', effect }));
}

describe('moves that follow the visit', () => {
  test('five patients all raised at one visit are named; four are too few to tell', () => {
    const [found, ...more] = movesFollowVisit(atM1(0.2, 0.3, 0.1, 0.4, 0.2), comparisons);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'review.moves-follow-visit', severity: 'warning', where: { gate: 'NK' } });
    expect(found?.message).toContain(
      'from BL to M1 they raise it in 5 and lower it in 0 of the patients (sign-flip p 0.0625)',
    );
    expect(movesFollowVisit(atM1(0.2, 0.3, 0.1, 0.4), comparisons)).toEqual([]);
  });

  test('moves in both directions, or alike at both visits, follow no visit', () => {
    expect(movesFollowVisit(atM1(0.2, -0.3, 0.1, -0.4, 0.2, -0.1), comparisons)).toEqual([]);
    const alike = atM1(0.2, 0.2, 0.2, 0.2, 0.2, 0.2);
    const before = alike.map((move) => ({ ...move, visit: 'BL' }));
    expect(movesFollowVisit([...before, ...alike], comparisons)).toEqual([]);
  });

  test('raising at the first and lowering at the second visit add up', () => {
    const lowered = atM1(-0.2, -0.2, -0.2, -0.2, -0.2);
    const raised = lowered.map((move) => ({ ...move, visit: 'BL', effect: 0.1 }));
    const [found] = movesFollowVisit([...raised, ...lowered], comparisons);
    expect(found?.message).toContain('raise it in 0 and lower it in 5');
  });
});
