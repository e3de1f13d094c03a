import { friedmanTest, mixedModel, tenDigits, tieTolerance } from '../../statistics/index.ts';
import type { Endpoint } from '../analysisInput.ts';
import { measurements } from '../comparison/measurements.ts';
import { type AssociationCells, type ContextOf, endpointCells, refused, setupOf } from './context.ts';

/**
 * Whether any visit differs: Friedman over the patients who have all of them, and the mixed model's F over everybody.
 * Each visit against the first, after either, stands in visits.csv.
 */
export function visitTests(context: ContextOf<'visits'>, endpoint: Endpoint): AssociationCells[] {
  const { input } = context;
  const tubes = context.tubesOf(endpoint);
  const setup = setupOf(context, endpoint, tubes);
  const visits = input.visits.map((visit) => visit.id);
  const shared = {
    ...endpointCells(endpoint),
    visit_from: visits[0] ?? null,
    visit_to: visits[visits.length - 1] ?? null,
    zero_rule: setup.rule.zeroRule,
  };
  const measured = measurements(tubes, setup.rule);
  if (!measured) {
    const infinite = refused('infinite_on_scale');
    return [
      { ...shared, analysis: 'primary', test: 'friedman', ...infinite },
      { ...shared, analysis: 'mixed_model', test: 'mixed_model', ...infinite },
    ];
  }
  const subjects = [...new Set(measured.map((one) => one.subject))];
  const rows = subjects.flatMap((subject) => {
    const own = visits.flatMap((visit) => measured.filter((one) => one.subject === subject && one.visit === visit));
    return own.length === visits.length ? [own.map((one) => one.value)] : [];
  });
  const friedman = friedmanTest(rows, tieTolerance(setup.rule.scale, rows.flat()), input.seed ?? 1);
  const counted = { n: rows.length, n_missing: input.subjects.length - rows.length };
  const model = mixedModel(measured, visits, setup.level);
  return [
    {
      ...shared,
      analysis: 'primary',
      test: 'friedman',
      ...counted,
      ...(friedman.status === 'not_estimable'
        ? refused(friedman.reason)
        : {
            method: friedman.method,
            statistic: friedman.q,
            df1: visits.length - 1,
            p_count: friedman.count,
            p_total: friedman.total,
            p: friedman.p,
            status: friedman.status,
          }),
    },
    {
      ...shared,
      analysis: 'mixed_model',
      test: 'mixed_model',
      ...(model.status === 'not_estimable' || model.joint === undefined
        ? refused(model.status === 'not_estimable' ? model.reason : 'no_residual_df')
        : {
            method: 'reml-satterthwaite',
            n: model.subjects,
            n_missing: input.subjects.length - model.subjects,
            statistic: model.joint.f,
            df1: model.joint.df1,
            df2: model.joint.df2,
            var_subject: model.varSubject,
            var_residual: model.varResidual,
            p: tenDigits(model.joint.p),
            status: 'ok',
            flags: model.flag === '' ? null : model.flag,
          }),
    },
  ];
}
