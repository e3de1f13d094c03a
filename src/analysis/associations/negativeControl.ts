import { type Differences, hodgesLehmann, mean, mixedModel, signedRankTest } from '../../statistics/index.ts';
import type { Endpoint, Family } from '../analysisInput.ts';
import { exactP } from '../comparison/evaluate.ts';
import { measurements } from '../comparison/measurements.ts';
import {
  type AssociationCells,
  type AssociationContext,
  asRatio,
  type Changes,
  type ContextOf,
  changesOf,
  endpointCells,
  refused,
} from './context.ts';
import { shiftCells } from './effectCells.ts';

/**
 * Whether a change is beyond ordinary noise between visits. For each control comparison: its own change, and the exact
 * one-sided signed-rank test that the change in question is the larger one in size within a patient (under visits that
 * differ by noise alone the two sizes may be exchanged). The answer takes all controls: the larger p, which needs no
 * adjustment (Berger 1982). Beside it regression to the mean as a number.
 */
export function negativeControl(context: ContextOf<'negative_control'>, endpoint: Endpoint): AssociationCells[] {
  const { association, input } = context;
  const shared = endpointCells(endpoint);
  const ids = association.others.map((one) => one.id).join(';');
  if (!association.comparison) return [{ ...shared, analysis: 'primary', ...refused('no_pairs') }];
  const main = changesOf(context, endpoint, association.comparison);
  const parts = association.others.map((control) => ({
    own: ownChange(context, endpoint, control),
    beyond: beyond(context, endpoint, main, control),
  }));
  const p = parts.map(({ beyond: row }) => row.p ?? null);
  const worst = p.every((value) => value !== null) ? Math.max(...p) : null;
  const decisive = parts.find(({ beyond: row }) => row.p === worst)?.beyond;
  const failed = parts.find(({ beyond: row }) => (row.p ?? null) === null)?.beyond;
  const primary: AssociationCells = {
    ...shared,
    analysis: 'primary',
    with: ids,
    zero_rule: main.setup.rule.zeroRule,
    test: 'iut',
    alternative: 'greater',
    n: decisive?.n ?? null,
    n_missing: decisive?.n === undefined || decisive.n === null ? null : input.subjects.length - decisive.n,
    ...(worst === null || !decisive
      ? refused(failed?.reason ?? 'no_pairs')
      : {
          method: 'exact-dp',
          statistic: decisive.statistic ?? null,
          p_count: decisive.p_count ?? null,
          p_total: decisive.p_total ?? null,
          p: worst,
          p_min_attainable: Math.max(...parts.map(({ beyond: row }) => row.p_min_attainable ?? 0)),
          status: 'ok',
        }),
  };
  const details = parts.flatMap(({ own, beyond: row }) => [own, row]);
  return [primary, ...details, regressionToMean(context, endpoint, main)].map((row) => ({ ...shared, ...row }));
}

const twoSided = { alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;

function ownChange(context: AssociationContext, endpoint: Endpoint, control: Family['comparison']): AssociationCells {
  const { pairs, scaled, setup } = changesOf(context, endpoint, control);
  const cells = {
    analysis: `control_${control.id}`,
    visit_from: control.from,
    visit_to: control.to,
    test: 'signed_rank',
  };
  const counted = { ...cells, n: pairs.length, n_missing: context.input.subjects.length - pairs.length };
  if (pairs.length === 0) return { ...counted, ...refused('no_pairs') };
  if (!scaled.isOnScale) return { ...counted, ...refused('infinite_on_scale') };
  return {
    ...counted,
    zero_rule: setup.rule.zeroRule,
    alternative: 'two-sided',
    ...shiftCells(hodgesLehmann(scaled.differences, setup.level), setup),
    ...testCells({ values: scaled.differences, tolerance: scaled.tolerance, ...twoSided }),
  };
}

/** |change| against |control change| within each patient who has both. */
function beyond(
  context: AssociationContext,
  endpoint: Endpoint,
  main: Changes,
  control: Family['comparison'],
): AssociationCells {
  const other = changesOf(context, endpoint, control);
  const sizes = new Map(other.pairs.map(({ subject }, i) => [subject, Math.abs(other.scaled.differences[i]!)]));
  const values = main.pairs.flatMap(({ subject }, i) => {
    const size = sizes.get(subject);
    return size === undefined ? [] : [Math.abs(main.scaled.differences[i]!) - size];
  });
  const cells = {
    analysis: `beyond_${control.id}`,
    with: control.id,
    test: 'signed_rank',
    alternative: 'greater',
    zero_rule: main.setup.rule.zeroRule,
    n: values.length,
    n_missing: context.input.subjects.length - values.length,
  };
  if (values.length === 0) return { ...cells, ...refused('no_pairs') };
  if (!main.scaled.isOnScale || !other.scaled.isOnScale) return { ...cells, ...refused('infinite_on_scale') };
  const tolerance = Math.max(main.scaled.tolerance, other.scaled.tolerance);
  const estimate = hodgesLehmann(values, main.setup.level)?.estimate ?? null;
  const differences = { values, tolerance, alternative: 'greater', zeroHandling: 'wilcoxon' } as const;
  return { ...cells, estimate, ...testCells(differences) };
}

function testCells(differences: Differences): AssociationCells {
  const found = signedRankTest(differences);
  if (found.status === 'not_estimable') return refused(found.reason);
  return {
    method: found.method,
    statistic: found.statistic,
    p_count: found.count,
    p_total: found.total,
    p: exactP(found),
    p_min_attainable: found.smallestP,
    status: found.status,
  };
}

/**
 * The mean change to expect if patients came at an extreme and drifted back: (1 − ρ)(μ − mean baseline), with ρ the share
 * of the variance that is between patients, and μ the mean, at the visits of the controls (Barnett 2005).
 * `statistic` is ρ.
 */
function regressionToMean(context: AssociationContext, endpoint: Endpoint, main: Changes): AssociationCells {
  const cells = { analysis: 'regression_to_mean', test: 'mixed_model', method: 'reml' };
  const visits = [...new Set(context.association.others.flatMap(({ from, to }) => [from, to]))];
  const measured = measurements(context.tubesOf(endpoint), main.setup.rule, (visit) => visits.includes(visit));
  if (main.pairs.length === 0) return { ...cells, ...refused('no_pairs') };
  if (!main.scaled.isOnScale || !measured) return { ...cells, ...refused('infinite_on_scale') };
  const model = mixedModel(measured, visits, main.setup.level);
  if (model.status === 'not_estimable') return { ...cells, ...refused(model.reason) };
  const reliability = model.varSubject / (model.varSubject + model.varResidual);
  const level = model.intercept.estimate + model.visits.reduce((sum, one) => sum + one.estimate, 0) / visits.length;
  const expected = (1 - reliability) * (level - mean(main.scaled.from));
  return {
    ...cells,
    with: visits.join(';'),
    zero_rule: main.setup.rule.zeroRule,
    n: model.subjects,
    estimate: expected,
    ratio: asRatio(main.setup.rule.scale, expected),
    statistic: reliability,
    var_subject: model.varSubject,
    var_residual: model.varResidual,
    status: 'ok',
  };
}
