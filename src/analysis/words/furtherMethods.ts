import type { VisitRow } from '../analysisRows.ts';
import type { AssociationRow } from '../associations/associationRows.ts';
import type { ProfileEffect } from '../stability/profileRows.ts';

/** What ran beside the comparisons of the families. */
export interface Further {
  readonly visits: readonly VisitRow[];
  readonly associations: readonly AssociationRow[];
  readonly profileEffects: readonly ProfileEffect[];
}

/** Sentences of the methods paragraph on courses, associations and profiles; of what no row holds nothing is said. */
export function furtherMethods({ visits, associations, profileEffects }: Further): readonly string[] {
  return [courseText(visits), ...associationTexts(associations), profileText(profileEffects)];
}

function courseText(visits: readonly VisitRow[]): string {
  if (!visits.some((row) => row.lmm_p !== null)) return '';
  return (
    'Courses over all visits were fitted by a linear mixed model with a random intercept per patient (Laird & Ware 1982), ' +
    'restricted maximum likelihood, degrees of freedom after Satterthwaite (1946), each visit against the first, Holm over ' +
    'visits; patients who miss a visit stay in, which assumes that what is missing depends on what was seen.'
  );
}

const texts: Readonly<Record<string, string>> = {
  'correlation spearman':
    'Changes were set against covariates by Spearman’s rank correlation with a permutation p, exact to nine patients.',
  'correlation kendall':
    'Changes were set against covariates by Kendall’s τ-b with a permutation p, exact to nine patients.',
  'trend jonckheere':
    'Ordered groups were compared by the exact test of Jonckheere (1954) and Terpstra (1952), every allocation counted, with ' +
    'Spearman’s rank correlation beside it.',
  'groups mann_whitney':
    'Groups were compared by the exact Mann–Whitney test of the changes, all allocations of the midranks counted, with the ' +
    'Hodges–Lehmann shift and the level it achieves.',
  'groups ancova':
    'Groups were compared by analysis of covariance of the later value on baseline and group, with the groups permuted ' +
    'beside it (every allocation where there are at most 20,000, else 9,999 seeded ones).',
  'responders clopper_pearson': 'Shares of responders carry exact binomial intervals (Clopper & Pearson 1934).',
  'responders fisher': 'Responders of two groups were compared by Fisher’s exact test.',
  'responders mcnemar': 'Responders at two visits were compared by the exact McNemar test.',
  'composition aitchison_flip':
    'The composition was compared by the Aitchison length of the mean change of centred log ratios, whole patients flipped ' +
    '(Aitchison 1986; Fisher 1935).',
  'negative_control iut':
    'Against ordinary noise between visits the size of the change was compared, within patients, with that of each control ' +
    'change by the exact one-sided signed-rank test; the larger p decides (Berger 1982).',
  'negative_control mixed_model':
    'Regression to the mean was computed as (1 − ρ)(μ − baseline) from the variances at the control visits (Barnett 2005).',
  'visits friedman':
    'Visits were compared as a whole by Friedman’s test, complete patients only; exact where the orders within patients can be counted.',
};

function associationTexts(rows: readonly AssociationRow[]): string[] {
  const ran = rows.filter((row) => row.status !== 'not_estimable');
  const keys = new Set(ran.map((row) => `${row.question} ${row.test}`));
  return Object.entries(texts).flatMap(([key, text]) => (keys.has(key) ? [text] : []));
}

function profileText(rows: readonly ProfileEffect[]): string {
  if (!rows.some((row) => row.status === 'ok')) return '';
  return (
    'Along the ridge the share beyond every possible border was compared by the exact signed-rank test and among all borders ' +
    'by maxT (Westfall & Young 1993), and the mean position without any border.'
  );
}
