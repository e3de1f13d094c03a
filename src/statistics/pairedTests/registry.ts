import { pairedT } from './pairedT.ts';
import type { EquivalenceTest, PairedTest, TestFacts } from './pairedTest.ts';
import { sign } from './sign.ts';
import { signedRank } from './signedRank.ts';
import { signFlip } from './signFlip.ts';
import { twoOneSidedSignedRank, twoOneSidedT } from './tost.ts';
import { transient } from './transient.ts';

/** Tests of change by the name a plan gives them. */
export const changeTests = {
  signed_rank: signedRank,
  paired_t: pairedT,
  sign,
  sign_flip: signFlip,
} as const satisfies Record<string, PairedTest>;

/** Equivalence tests by the name a plan gives them. */
export const equivalenceTests = {
  tost_t: twoOneSidedT,
  tost_signed_rank: twoOneSidedSignedRank,
} as const satisfies Record<string, EquivalenceTest>;

/** The test of a question whose plan names none; a transient question has no other. */
export const defaultTests = { change: 'signed_rank', equivalence: 'tost_t', transient: 'signed_rank' } as const;

type ChangeTestName = keyof typeof changeTests;
export type EquivalenceTestName = keyof typeof equivalenceTests;
export type PairedTestName = ChangeTestName | EquivalenceTestName;

export const pairedTests: Readonly<Record<PairedTestName, PairedTest | EquivalenceTest>> = {
  ...changeTests,
  ...equivalenceTests,
};

/** Names in the order of the registry: the choices of a plan. */
export const pairedTestNames = Object.keys(pairedTests) as PairedTestName[];

/** Those by whose statistic whole patients can be flipped. */
export const flippableTests = pairedTestNames.filter((name) => flippedAs(name) !== undefined);

export function flippedAs(name: PairedTestName): PairedTest['flippedAs'] {
  const test = pairedTests[name];
  return test.question === 'change' ? test.flippedAs : undefined;
}

export function isEquivalenceTest(name: PairedTestName): name is EquivalenceTestName {
  return pairedTests[name].question === 'equivalence';
}

/** The test that a row of results names: a planned one, or rise and return; undefined for any other name. */
export function testOfRow(name: string | null): TestFacts | undefined {
  if (name === transient.name) return transient;
  const known = pairedTestNames.find((one) => one === name);
  return known && pairedTests[known];
}
