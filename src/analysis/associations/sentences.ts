import { type Association, endpointName } from '../analysisInput.ts';
import { levelText, percentText, pText, pValueOnly, signedText } from '../words/numberWords.ts';
import { reasonText } from '../words/reasonText.ts';
import type { AssociationRow } from './associationRows.ts';

/** The sentence of a row: what was asked, how large it is, by which test; one form for each verdict. */
export function describeAssociation(row: AssociationRow, association: Association): string {
  const endpoint = association.endpoints.find((one) => one.key === row.endpoint && (one.panel ?? null) === row.panel);
  const subset = endpoint ? endpointName(endpoint) : (row.endpoint ?? '');
  if (row.status === 'not_estimable')
    return `${subset}, ${questionWords(row)}: not estimable (${reasonText(row.reason ?? '')}).`;
  const isShown = row.reject ?? (row.p !== null && row.alpha !== null && row.p <= row.alpha);
  switch (association.settings.question) {
    case 'correlation':
      return correlationSentence(row, subset, isShown, { ...association.settings, over: association.others[0] });
    case 'groups':
      return groupSentence(row, subset, isShown);
    case 'responders':
      return responderSentence(row, subset, association.settings);
    case 'trend':
      return trendSentence(row, subset, isShown, association.settings.order);
    case 'composition':
      return compositionSentence(row, subset, isShown);
    case 'negative_control':
      return controlSentence(row, subset, isShown);
    case 'visits':
      return visitSentence(row, subset, isShown);
    default:
      return association.settings satisfies never;
  }
}

const testNames: Readonly<Record<string, string>> = {
  spearman: 'Spearman permutation',
  kendall: 'Kendall permutation',
  mann_whitney: 'exact Mann–Whitney',
  jonckheere: 'exact Jonckheere',
  ancova: 'analysis of covariance',
  fisher: 'Fisher exact',
  mcnemar: 'exact McNemar',
  aitchison_flip: 'sign-flip',
  iut: 'exact signed-rank, the larger of all controls',
  signed_rank: 'exact signed-rank',
  friedman: 'Friedman',
  mixed_model: 'mixed model F',
};

function questionWords(row: AssociationRow): string {
  const names: Readonly<Record<string, string>> = {
    correlation: `change against ${row.with ?? 'a covariate'}`,
    groups: 'contrast of groups',
    responders: 'responders',
    trend: `change over ordered groups of ${row.with ?? ''}`,
    composition: 'change as a whole',
    negative_control: 'change against noise between visits',
    visits: 'all visits',
  };
  return `${names[row.question ?? ''] ?? ''}${row.analysis === 'primary' ? '' : ` (${row.analysis})`}`;
}

function testText(row: AssociationRow): string {
  if (row.p === null) return '';
  const counted = row.p_count === null || row.p_total === null ? '' : ` (${row.p_count} of ${row.p_total})`;
  const adjusted =
    row.p_adj === null ? ', not adjusted' : `, adjusted ${pValueOnly(row.p_adj)} in a family of ${row.family_size}`;
  const name = row.analysis === 'permuted_groups' ? 'permuted groups' : (testNames[row.test ?? ''] ?? row.test);
  return `${name} ${pText(row.p)}${counted}${adjusted}`;
}

function effectText(row: AssociationRow): string {
  const isRatio = row.ratio !== null;
  const text = (value: number) => (isRatio ? value.toFixed(2) : signedText(value));
  const name = isRatio ? `${row.scale === 'logit' ? 'odds ratio' : 'ratio'} ` : 'shift ';
  const [middle, low, high] = isRatio
    ? [row.ratio, row.ratio_low, row.ratio_high]
    : [row.estimate, row.ci_low, row.ci_high];
  if (middle === null) return 'no estimate';
  const hasInterval = low !== null && high !== null && row.ci_level !== null;
  const interval = hasInterval ? ` (${levelText(row.ci_level)} interval ${text(low)} to ${text(high)})` : '';
  return `${name}${text(middle)}${interval}`;
}

const patients = (row: AssociationRow) => `${row.n} patients`;

function correlationSentence(
  row: AssociationRow,
  subset: string,
  isShown: boolean,
  { of, over }: { readonly of: 'change' | 'baseline'; readonly over: Association['comparison'] },
): string {
  const later = over === undefined ? '' : ` from ${over.from} to ${over.to}`;
  const other = of === 'change' ? `that of ${row.with}${later}` : `baseline ${row.with}`;
  const symbol = row.test === 'kendall' ? 'Kendall τ-b' : 'Spearman ρ';
  const size = `${symbol} = ${(row.estimate ?? 0).toFixed(2)} in ${patients(row)}; ${testText(row)}`;
  if (!isShown) return `No association of the change of ${subset} with ${other} was detected: ${size}.`;
  const direction = (row.estimate ?? 0) < 0 ? 'against' : 'with';
  return `The change of ${subset} from ${row.visit_from} to ${row.visit_to} went ${direction} ${other}: ${size}.`;
}

function trendSentence(row: AssociationRow, subset: string, isShown: boolean, order: readonly string[]): string {
  const groups = `${row.with} (${order.join(' < ')})`;
  const symbol = row.test === 'spearman' ? 'Spearman ρ' : 'trend';
  const size = `${symbol} = ${(row.estimate ?? 0).toFixed(2)} in ${patients(row)}; ${testText(row)}`;
  if (!isShown) return `No trend of the change of ${subset} over ${groups} was detected: ${size}.`;
  const direction = (row.estimate ?? 0) < 0 ? 'fell' : 'rose';
  return `The change of ${subset} from ${row.visit_from} to ${row.visit_to} ${direction} with ${groups}: ${size}.`;
}

function groupSentence(row: AssociationRow, subset: string, isShown: boolean): string {
  const sizes = `${row.n_to} and ${row.n_from} patients`;
  const size = `${effectText(row)}, ${sizes}; ${testText(row)}`;
  const [first, second] = [row.group_from, row.group_to];
  const what =
    row.test === 'ancova' ? `at ${row.visit_to}, at equal baseline,` : `from ${row.visit_from} to ${row.visit_to}`;
  if (!isShown) return `No contrast of ${second} and ${first} in ${subset} ${what} was detected: ${size}.`;
  const direction = (row.estimate ?? 0) < 0 ? 'lower' : 'higher';
  return row.test === 'ancova'
    ? `${subset} ${what} was ${direction} in ${second} than in ${first}: ${size}.`
    : `The change of ${subset} ${what} was ${direction} in ${second} than in ${first}: ${size}.`;
}

function responderSentence(
  row: AssociationRow,
  subset: string,
  rule: { readonly ratio: number; readonly beyond_counting: boolean },
): string {
  const sign = rule.ratio < 1 ? '≤' : '≥';
  const named = `ratio ${sign} ${rule.ratio}${rule.beyond_counting ? ', beyond counting error' : ''}`;
  if (row.analysis === 'by_group') {
    const [first, second] = [
      `${row.k_from} of ${row.n_from} in ${row.group_from}`,
      `${row.k_to} of ${row.n_to} in ${row.group_to}`,
    ];
    return `${subset} (${named}): ${second} and ${first} responded; ${testText(row)}.`;
  }
  if (row.analysis !== 'primary') {
    const counts = `${row.k_from} responded at ${row.visit_to} only and ${row.k_to} in ${row.with} only, of ${patients(row)}`;
    return `${subset} (${named}): ${counts}; ${testText(row)}.`;
  }
  const interval =
    row.ci_low === null || row.ci_high === null || row.ci_level === null
      ? ''
      : ` (${levelText(row.ci_level)} interval ${percentText(100 * row.ci_low)} to ${percentText(100 * row.ci_high)} %)`;
  return `${subset}: ${row.k_from} of ${patients(row)} responded from ${row.visit_from} to ${row.visit_to} (${named}): ${percentText(100 * (row.estimate ?? 0))} %${interval}.`;
}

function compositionSentence(row: AssociationRow, subset: string, isShown: boolean): string {
  if (row.analysis === 'part') {
    return `${subset} against the mean of all parts: ratio ${(row.ratio ?? 0).toFixed(2)} from ${row.visit_from} to ${row.visit_to}, ${patients(row)}.`;
  }
  const size = `Aitchison length of the mean change ${(row.estimate ?? 0).toFixed(2)}, ${patients(row)}; ${testText(row)}`;
  return isShown
    ? `The ${subset} as a whole changed from ${row.visit_from} to ${row.visit_to}: ${size}.`
    : `No change of the ${subset} as a whole was detected: ${size}.`;
}

function controlSentence(row: AssociationRow, subset: string, isShown: boolean): string {
  const analysis = row.analysis ?? '';
  if (analysis === 'regression_to_mean') {
    const size = row.ratio === null ? signedText(row.estimate ?? 0) : `ratio ${row.ratio.toFixed(2)}`;
    const share = percentText(100 * (row.statistic ?? 0));
    return `${subset}: regression to the mean alone would give ${size} from ${row.visit_from} to ${row.visit_to} (${share} % of the variance at ${row.with?.replaceAll(';', ', ')} lies between patients).`;
  }
  if (analysis.startsWith('control_')) {
    return `${subset} from ${row.visit_from} to ${row.visit_to}, where nothing is expected: ${effectText(row)}, ${patients(row)}; ${testText(row)}.`;
  }
  const where = `from ${row.visit_from} to ${row.visit_to}`;
  const others = (row.with ?? '').replaceAll(';', ', ');
  return isShown
    ? `The change of ${subset} ${where} was larger than the same patients' changes over ${others}: ${patients(row)}; ${testText(row)}.`
    : `The change of ${subset} ${where} was not shown to be larger than the same patients' changes over ${others}: ${patients(row)}; ${testText(row)}.`;
}

function visitSentence(row: AssociationRow, subset: string, isShown: boolean): string {
  const size =
    row.test === 'friedman'
      ? `Q = ${(row.statistic ?? 0).toFixed(2)}`
      : `F = ${(row.statistic ?? 0).toFixed(2)} with ${row.df1} and ${(row.df2 ?? 0).toFixed(1)} degrees of freedom`;
  const text = `${size}, ${patients(row)}; ${testText(row)}`;
  return isShown
    ? `${subset} differed between visits ${row.visit_from} to ${row.visit_to}: ${text}.`
    : `No variation of ${subset} over visits ${row.visit_from} to ${row.visit_to} was detected: ${text}.`;
}
