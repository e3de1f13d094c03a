/** A share beside the counts that it should follow from. */
export interface CountedShare {
  readonly count: number;
  readonly of: number;
  /** 0…100, as the table says it; undefined where it says none. */
  readonly percent: number | undefined;
  /** One unit of the last digit that is written, in percent. */
  readonly lastDigit: number;
}

/** Names of the columns, for words. */
export interface CountedNames {
  readonly count: string;
  readonly of: string;
  readonly percent: string;
}

/** Doubles carry 15 digits, our tables 10: below this relative difference two numbers are the same. */
const sameNumber = 1e-9;

/**
 * What is wrong between a count, the count that it is part of, and the share that is written beside them; undefined
 * where they agree within the rounding of the written share (to the nearest, or cut off).
 */
export function shareContradiction({ count, of, percent, lastDigit }: CountedShare, names: CountedNames) {
  if (count > of) return `"${names.count}" ${count} is more than "${names.of}" ${of}`;
  if (percent === undefined) return undefined;
  // Of no events there is no share; 0 is how programs write that.
  if (of === 0) return percent === 0 ? undefined : `"${names.percent}" is ${percent} %, and "${names.of}" is 0`;
  const expected = (100 * count) / of;
  const slack = sameNumber * Math.max(1, expected);
  const isRounded = Math.abs(percent - expected) <= lastDigit / 2 + slack;
  const isCutOff = percent <= expected + slack && expected < percent + lastDigit - slack;
  if (isRounded || isCutOff) return undefined;
  return `"${names.percent}" is ${percent} %, and ${count} of ${of} are ${Number(expected.toPrecision(4))} %`;
}
