import { z } from 'zod';
import * as s from '../../src/statistics/tools.ts';

type Input = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

const List = z.array(z.number());
const Table = z.array(List);
const NullableTable = z.array(z.array(z.number().nullable()));
const NullableList = z.array(z.number().nullable());
const list = (input: Input, name: string) => List.parse(input[name]);
const LOG_TAU = s.tieTolerance('log-ratio', []);

function westfallYoung(input: Input, statistic: 'signed_rank' | 't'): Answer {
  const rows = NullableTable.parse(input.d);
  const tolerances = (rows[0] ?? []).map(() => LOG_TAU);
  const found = s.maxT({ rows, tolerances, statistic, zeroHandling: 'wilcoxon', seed: 1 });
  const { pRaw, pSingleStep, pStepDown, total } = found;
  return { statistic: found.statistic, p_raw: pRaw, p_single_step: pSingleStep, p_step_down: pStepDown, total };
}

function mixedModel(input: Input): Answer {
  const [y, subject] = [NullableList.parse(input.y), z.array(z.string()).parse(input.subject)];
  const visit = z.array(z.string()).parse(input.visit);
  const measured = y.flatMap((value, i) =>
    value === null ? [] : [{ value, subject: subject[i] ?? '', visit: visit[i] ?? '' }],
  );
  const model = s.mixedModel(measured, [...new Set(visit)], 0.95);
  if (model.status === 'not_estimable') return { ...model };
  const all = (key: 'estimate' | 'se' | 'df' | 't' | 'p' | 'low' | 'high') => model.visits.map((one) => one[key]);
  return {
    visits: model.visits.map((one) => one.visit),
    intercept: model.intercept.estimate,
    ...{ estimate: all('estimate'), se: all('se'), df: all('df'), t: all('t'), p: all('p') },
    ...{ lower: all('low'), upper: all('high') },
    var_subject: model.varSubject,
    var_residual: model.varResidual,
    reml_deviance: model.remlDeviance,
    observations: model.observations,
    subjects: model.subjects,
    ...{ F: model.joint?.f, num_df: model.joint?.df1, den_df: model.joint?.df2, F_p: model.joint?.p },
  };
}

function ranked(input: Input) {
  const [x, y] = [list(input, 'dB'), list(input, 'dS')];
  return { x, y, toleranceX: s.tieTolerance('percent', x), toleranceY: s.tieTolerance('percent', y), seed: 1 };
}

function spearman(input: Input): Answer {
  const found = s.spearman(ranked(input));
  return found.status === 'not_estimable' ? {} : { ...found, rho: found.estimate };
}

function kendall(input: Input): Answer {
  const found = s.kendall(ranked(input));
  return found.status === 'not_estimable' ? {} : { ...found, tau_b: found.estimate, S: found.statistic };
}

function mannWhitney(input: Input): Answer {
  const [placebo, active] = [list(input, 'placebo'), list(input, 'active')];
  const found = s.mannWhitney(placebo, active, s.tieTolerance('percent', [...placebo, ...active]));
  return found.status === 'not_estimable' ? {} : { ...found, U: found.u };
}

/** What this room answers for tests over families, visits, covariates and arms, in the words of the vectors. */
export const modelDefinitions: Readonly<Record<string, (input: Input) => Answer>> = {
  'wy.t': (input) => westfallYoung(input, 't'),
  'wy.wsr': (input) => westfallYoung(input, 'signed_rank'),
  'wy.missing': (input) => westfallYoung(input, 'signed_rank'),
  'friedman.exact': (input) => {
    const found = s.friedmanTest(Table.parse(input.y), 1e-8, 1);
    return found.status === 'not_estimable' ? {} : { Q: found.q, ...found };
  },
  'lmm.complete': mixedModel,
  'lmm.missing': mixedModel,
  'lmm.boundary': mixedModel,
  'spearman.exact': spearman,
  'spearman.ties': spearman,
  'kendall.exact': kendall,
  'kendall.ties': kendall,
  'mwu.exact': mannWhitney,
  'mwu.ties': mannWhitney,
  'mwu.shift': (input) => {
    const shift = s.groupShift(list(input, 'placebo'), list(input, 'active'), 0.95);
    const { estimate, low: lower, high: upper, k, level: achieved, reachesNominal } = shift ?? {};
    return { estimate, lower, upper, k, achieved, reaches_nominal: reachesNominal };
  },
  ancova: (input) => {
    const groups = list(input, 'arm').map((arm) => (arm === 1 ? 1 : 0) as 0 | 1);
    const found = s.ancova({ baseline: list(input, 'bl'), later: list(input, 'm1'), groups }, 0.95, 1e-9);
    return found.status === 'not_estimable'
      ? {}
      : { ...found, lower: found.low, upper: found.high, slope_bl: found.slope };
  },
};
