import { z } from 'zod';
import { agreement } from '../../src/statistics/index.ts';
import { studentQuantile } from '../../src/statistics/tools.ts';

type Input = Readonly<Record<string, unknown>>;
const List = z.array(z.number());

function agreementOf(input: Input) {
  const auto = List.parse(input.auto);
  const pairs = List.parse(input.manual).map((manual, i) => ({
    subject: `P${i}`,
    manual,
    auto: auto[i] ?? Number.NaN,
  }));
  const found = agreement(pairs);
  if (!found) throw new Error('no agreement');
  return found;
}

const ends = (interval: { low: number; high: number } | null | undefined) =>
  interval ? [interval.low, interval.high] : null;

/** What the room says of agreement, under the names of the vectors. */
export const agreementDefinitions: Readonly<Record<string, (input: Input) => Readonly<Record<string, unknown>>>> = {
  'agree.bland_altman': (input) => {
    const { plain } = agreementOf(input);
    const { n, bias, sd, biasInterval, limits } = plain;
    // The usual interval, that the vector has beside the exact one: computed here from ours, nowhere offered.
    const error = (sd ?? 0) * Math.sqrt(1 / n + 1.959963984540054 ** 2 / (2 * (n - 1)));
    const reach = studentQuantile(0.975, n - 1) * error;
    const approximate = (limit = Number.NaN) => [limit - reach, limit + reach];
    return {
      n,
      bias,
      sd,
      bias_lower: biasInterval?.low,
      bias_upper: biasInterval?.high,
      loa_lower: limits?.low,
      loa_upper: limits?.high,
      loa_upper_ci: ends(plain.upperInterval),
      loa_lower_ci: ends(plain.lowerInterval),
      approx_loa_upper_ci: approximate(limits?.high),
      approx_loa_lower_ci: approximate(limits?.low),
    };
  },
  'agree.lin': (input) => {
    const { lin } = agreementOf(input);
    return {
      ccc: lin?.concordance,
      lower: lin?.interval?.low,
      upper: lin?.interval?.high,
      pearson: lin?.pearson,
      c_b: lin?.biasCorrection,
      location_shift: lin?.locationShift,
      scale_shift: lin?.scaleShift,
      se_z: lin?.standardErrorZ,
    };
  },
  'agree.passing_bablok': (input) => {
    const { passingBablok: line } = agreementOf(input);
    return {
      slope: line?.slope,
      slope_lower: line?.slopeInterval?.low,
      slope_upper: line?.slopeInterval?.high,
      intercept: line?.intercept,
      intercept_lower: line?.interceptInterval?.low,
      intercept_upper: line?.interceptInterval?.high,
      n_slopes: line?.slopeCount,
      K: line?.offset,
      M1: line?.lowerRank,
      M2: line?.upperRank,
    };
  },
  'agree.deming': (input) => {
    const { deming: line } = agreementOf(input);
    return {
      slope: line?.slope,
      intercept: line?.intercept,
      slope_se: line?.slopeError,
      intercept_se: line?.interceptError,
      slope_lower: line?.slopeInterval?.low,
      slope_upper: line?.slopeInterval?.high,
    };
  },
};
