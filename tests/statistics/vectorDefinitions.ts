import { z } from 'zod';
import * as s from '../../src/statistics/tools.ts';

type Input = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

const List = z.array(z.number());
const list = (input: Input, name: string) => List.parse(input[name]);
const LOG_TAU = s.tieTolerance('log-ratio', []);

const subtract = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value - (b[i] ?? Number.NaN));
const decimal = (input: Input) => {
  const [bl, m1] = [list(input, 'bl'), list(input, 'm1')];
  return { values: subtract(m1, bl), tolerance: s.tieTolerance('percent', [...bl, ...m1]) };
};

function signedRank(
  d: Paired,
  zeroHandling: 'wilcoxon' | 'pratt' = 'wilcoxon',
  alternative: Side = 'two-sided',
): Answer {
  const ranks = s.signedRanks(d.values, d.tolerance, zeroHandling);
  const n = d.values.length;
  const shared = { n, n_used: n - ranks.zeroCount, zeros: ranks.zeroCount, ties: ranks.tiedCount };
  const outcome = s.signedRankTest({ ...d, alternative, zeroHandling });
  if (outcome.status === 'not_estimable') return { ...shared, V: null, p: null, status: 'not estimable' };
  const counts = { count_ge: outcome.countAtLeast, count_le: outcome.countAtMost, total: outcome.total };
  return { ...shared, V: outcome.statistic, p: outcome.p, ...counts };
}

type Side = 'two-sided' | 'greater' | 'less';
type Paired = { values: number[]; tolerance: number };

const threeSides = (input: Input): Answer => ({
  ...signedRank(decimal(input)),
  p_greater: signedRank(decimal(input), 'wilcoxon', 'greater').p,
  p_less: signedRank(decimal(input), 'wilcoxon', 'less').p,
});

/** Tubes of one endpoint at both visits, on a scale, through the room's own zero rule. */
function counted(input: Input, scale: s.ScaleName): Paired {
  const rule = { scale, zeroRule: 'half_event', lod: undefined, isAbsolute: false } as const;
  const side = (visit: string) =>
    list(input, `k_${visit}`).map((count, i) => {
      const parentCount = list(input, `N_${visit}`)[i] ?? 0;
      const percent = (100 * count) / parentCount;
      return s.valueOnScale({ count, parentCount, percent, absolute: null }, rule) ?? Number.NaN;
    });
  const [from, to] = [side('bl'), side('m1')];
  return { values: subtract(to, from), tolerance: s.tieTolerance(scale, [...from, ...to]) };
}

function hodgesLehmann(d: readonly number[]): Answer {
  const h = s.hodgesLehmann(d, 0.95);
  return {
    estimate: h?.estimate,
    lower: h?.low,
    upper: h?.high,
    k: h?.k,
    walsh: (d.length * (d.length + 1)) / 2,
    achieved: h?.level,
    reaches_nominal: h?.reachesNominal,
  };
}

const settings = { alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;

function pairedT(d: Paired): Answer {
  const t = s.pairedTTest({ ...d, ...settings });
  if (t.status === 'not_estimable') return {};
  const { low, high } = s.meanInterval(t, 0.95);
  return { mean: t.mean, sd: t.sd, se: t.standardError, t: t.statistic, df: t.df, p: t.p, lower: low, upper: high };
}

function exponentials(t: Answer, names: readonly [string, string, string]): Answer {
  const [a, b, c] = names;
  return { ...t, [a]: Math.exp(Number(t.mean)), [b]: Math.exp(Number(t.lower)), [c]: Math.exp(Number(t.upper)) };
}

function signFlip(d: Paired): Answer {
  const flip = s.signFlipTest({ ...d, ...settings });
  return flip.status === 'not_estimable'
    ? {}
    : { mean: flip.statistic, count: flip.count, total: flip.total, p: flip.p };
}

const margins = { low: Math.log(0.8), high: Math.log(1.25) };

function tost(values: number[]): Answer {
  const d = { values, tolerance: LOG_TAU, ...settings };
  const outcome = s.tostT(d, margins);
  const t = s.pairedTTest(d);
  const interval = s.tostInterval(d, 0.05);
  if (outcome.status === 'not_estimable' || t.status === 'not_estimable') return {};
  return {
    mean: t.mean,
    t_lower: (t.mean - margins.low) / t.standardError,
    t_upper: (t.mean - margins.high) / t.standardError,
    p_lower: outcome.pLower,
    p_upper: outcome.pUpper,
    p: outcome.p,
    ci90_lower: interval?.low,
    ci90_upper: interval?.high,
    df: t.df,
  };
}

function transient(input: Input, back: string): Answer {
  const paired = (name: string) => ({ values: list(input, name), tolerance: LOG_TAU, ...settings });
  const outcome = s.transientTest(paired('m1'), { by: 'equivalence', differences: paired(back), margins });
  if (outcome.status === 'not_estimable') return {};
  return { p_rise: outcome.pRise, p_return: outcome.pReturn, p: outcome.p };
}

function effectSize(d: Paired): Answer {
  const e = s.standardizedMean(d.values, d.tolerance, 0.95);
  const t = pairedT(d);
  return {
    n: d.values.length,
    dz: e?.dz,
    dz_lower: e?.dzLow,
    dz_upper: e?.dzHigh,
    J: e?.j,
    gz: e?.gz,
    gz_lower: e?.gzLow,
    gz_upper: e?.gzHigh,
    t: t.t,
    df: t.df,
  };
}

function limits(input: Input, method: (k: number, n: number, level: number) => s.Limits | undefined): Answer {
  const [k, n] = [list(input, 'k'), list(input, 'N')];
  const found = k.map((count, i) => method(count, n[i] ?? 0, 0.95));
  const estimate = k.map((count, i) => count / (n[i] ?? 0));
  return { estimate, lower: found.map((one) => one?.low), upper: found.map((one) => one?.high) };
}

const along = (input: Input, names: readonly string[], f: (...values: number[]) => number): number[] =>
  list(input, names[0] ?? '').map((_, i) => f(...names.map((name) => list(input, name)[i] ?? Number.NaN)));

function wilcoxonRankLower(w: number, m: number, k: number): number {
  const counts = s.mannWhitneyCounts(m, k);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.slice(0, w + 1).reduce((sum, count) => sum + count, 0) / total;
}

function wilcoxonRankQuantile(p: number, m: number, k: number): number {
  let w = 0;
  while (wilcoxonRankLower(w, m, k) < p) w++;
  return w;
}

const NullableList = z.array(z.number().nullable());

/** What this room answers to the input of each vector, in the vector's own words. */
export const definitions: Readonly<Record<string, (input: Input) => Answer>> = {
  'wsr.A.exact': threeSides,
  'wsr.B.exact': threeSides,
  'wsr.C.exact': (input) => signedRank(decimal(input)),
  'wsr.C.dist': (input) => s.signPatternCounts(list(input, 'doubled_ranks')),
  'wsr.D.wilcoxon': (input) => signedRank(decimal(input)),
  'wsr.D.pratt': (input) => signedRank(decimal(input), 'pratt'),
  'wsr.E.wilcoxon': (input) => signedRank(decimal(input)),
  'wsr.E.pratt': (input) => signedRank(decimal(input), 'pratt'),
  'wsr.F.exact': (input) => signedRank(decimal(input)),
  'wsr.G.exact': (input) => {
    const values = subtract(list(input, 'm1').map(Math.log), list(input, 'bl').map(Math.log));
    return signedRank({ values, tolerance: LOG_TAU });
  },
  'wsr.H': (input) => ({
    percent: signedRank(counted(input, 'percent')),
    logratio: signedRank(counted(input, 'log-ratio')),
    logit: signedRank(counted(input, 'logit')),
  }),
  'wsr.n12': (input) =>
    signedRank({ values: list(input, 'd'), tolerance: s.tieTolerance('percent', list(input, 'd')) }),
  'wsr.n25': (input) =>
    signedRank({ values: list(input, 'd'), tolerance: s.tieTolerance('percent', list(input, 'd')) }),
  'wsr.allzero': (input) => signedRank({ values: list(input, 'd'), tolerance: 1e-9 }),
  'hl.A': (input) => hodgesLehmann(decimal(input).values),
  'hl.C': (input) => hodgesLehmann(decimal(input).values),
  'hl.D': (input) => hodgesLehmann(decimal(input).values),
  'hl.H.ratio': (input) => {
    const h = hodgesLehmann(counted(input, 'log-ratio').values);
    const [ratio, ratio_lower, ratio_upper] = [h.estimate, h.lower, h.upper].map((value) => Math.exp(Number(value)));
    return { ...h, ratio, ratio_lower, ratio_upper };
  },
  'hl.n5': (input) => hodgesLehmann(list(input, 'd')),
  'hl.levels': (input) => {
    const found = list(input, 'n').map((n) =>
      s.hodgesLehmann(
        Array.from({ length: n }, (_, i) => 2 ** i),
        0.95,
      ),
    );
    return { k: found.map((h) => h?.k), achieved: found.map((h) => h?.level) };
  },
  'sign.D': (input) => {
    const d = decimal(input);
    const ranks = s.signedRanks(d.values, d.tolerance, 'wilcoxon');
    const outcome = s.signTest({ ...d, ...settings });
    const m = s.medianInterval(d.values, 0.95);
    const interval = { estimate: m?.estimate, lower: m?.low, upper: m?.high, k: m?.k, achieved: m?.level };
    return {
      up: ranks.upCount,
      down: ranks.downCount,
      zeros: ranks.zeroCount,
      p: outcome.status === 'not_estimable' ? null : outcome.p,
      median: { ...interval, reaches_nominal: m?.reachesNominal },
    };
  },
  'flip.B': (input) => signFlip(decimal(input)),
  'flip.H.logit': (input) => signFlip(counted(input, 'logit')),
  'flip.F': (input) => signFlip(decimal(input)),
  't.H': (input) => ({
    percent: pairedT(counted(input, 'percent')),
    logratio: exponentials(pairedT(counted(input, 'log-ratio')), ['ratio', 'ratio_lower', 'ratio_upper']),
    logit: exponentials(pairedT(counted(input, 'logit')), ['odds_ratio', 'or_lower', 'or_upper']),
  }),
  't.Z.logit': (input) => pairedT(counted(input, 'logit')),
  'adj.all': (input) => ({
    holm: s.adjustments.holm.adjust(list(input, 'p')),
    hochberg: s.adjustments.hochberg.adjust(list(input, 'p')),
    bh: s.adjustments.bh.adjust(list(input, 'p')),
    by: s.adjustments.by.adjust(list(input, 'p')),
  }),
  'adj.missing': (input) => ({ adjusted: s.adjustments.holm.adjust(NullableList.parse(input.p)) }),
  'es.rank_biserial': (input) => {
    const d = decimal(input);
    const ranks = s.signedRanks(d.values, d.tolerance, 'wilcoxon');
    return { ...s.rankBiserial(d.values, d.tolerance, 'wilcoxon'), n_used: ranks.upCount + ranks.downCount };
  },
  'es.dz.H': (input) => effectSize(counted(input, 'log-ratio')),
  'tost.T': (input) => tost(list(input, 'd')),
  'tost.NK': (input) => {
    const d = { values: list(input, 'd'), tolerance: LOG_TAU, ...settings };
    const ranks = s.tostSignedRank(d, margins);
    const wsr = ranks.status === 'ok' ? { p_lower: ranks.pLower, p_upper: ranks.pUpper, p: ranks.p } : {};
    return { t: tost(d.values), wsr, difference_p: { t: pairedT(d).p, wsr: signedRank(d).p } };
  },
  'iut.transient': (input) => transient(input, 'back'),
  'iut.not': (input) => transient(input, 'still'),
  'friedman.posthoc': (input) => {
    const rows = z.array(List).parse(input.y);
    const column = (visit: number) => rows.map((row) => (row[visit] ?? 0) - (row[0] ?? 0));
    const p = [1, 2].map((visit) => Number(signedRank({ values: column(visit), tolerance: 1e-8 }).p));
    return { p, holm: s.adjustments.holm.adjust(p) };
  },
  'mcnemar.exact': (input) => ({ p: s.mcnemarExact(Number(input.b), Number(input.c)) }),
  'prop.clopper_pearson': (input) => limits(input, s.clopperPearson),
  'prop.wilson': (input) => limits(input, s.wilson),
  'poisson.limits': (input) => {
    const found = list(input, 'k').map((k) => s.poissonLimits(k, 0.95));
    return { lower: found.map((one) => one.low), upper: found.map((one) => one.high) };
  },
  'design.attainable': (input) => ({
    min_p_two_sided: list(input, 'n').map((n) => s.smallestSignedP(n, 'two-sided')),
    min_p_one_sided: list(input, 'n').map((n) => s.smallestSignedP(n, 'greater')),
    pairs_holm_two_sided: list(input, 'm').map((m) => s.pairsNeeded(m, 0.05, 'two-sided')),
    pairs_holm_one_sided: list(input, 'm').map((m) => s.pairsNeeded(m, 0.05, 'greater')),
  }),
  'dist.central': (input) => ({
    pt: along(input, ['t', 'df'], s.studentLower),
    pt_upper: along(input, ['t', 'df'], s.studentUpper),
    qt975: along(input, ['df'], (df) => s.studentQuantile(0.975, df)),
    pbeta: along(input, ['x', 'a', 'b'], (x, a, b) => s.betaLower(x, a, b)),
    qbeta025: along(input, ['a', 'b'], (a, b) => s.betaQuantile(0.025, a, b)),
    pchisq_upper: along(input, ['c2', 'c2df'], s.chiSquareUpper),
    qchisq025: along(input, ['c2df'], (df) => s.chiSquareQuantile(0.025, df)),
    pnorm: along(input, ['z'], s.normalLower),
    qnorm975: s.normalQuantile(0.975),
  }),
  'dist.nct': (input) => ({
    pt: along(input, ['t', 'df', 'ncp'], s.noncentralLower),
    qt025: along(input, ['df', 'ncp'], (df, ncp) => s.noncentralQuantile(0.025, df, ncp)),
    qt975: along(input, ['df', 'ncp'], (df, ncp) => s.noncentralQuantile(0.975, df, ncp)),
  }),
  'dist.rank': (input) => ({
    psignrank: along(input, ['v', 'n'], s.signedRankLower),
    qsignrank: along(input, ['n'], (n) => s.signedRankQuantile(0.025, n)),
    pwilcox: along(input, ['w', 'm', 'k'], wilcoxonRankLower),
    qwilcox: along(input, ['m', 'k'], (m, k) => wilcoxonRankQuantile(0.025, m, k)),
  }),
};
