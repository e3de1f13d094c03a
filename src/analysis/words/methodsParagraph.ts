import { counted } from '../../problems/index.ts';
import { adjustmentOf, pairedTestNames, pairedTests, testOfRow, transient } from '../../statistics/index.ts';
import { type Family, type ResolvedPlan, returnVisits } from '../analysisInput.ts';
import type { Comparison } from '../analysisRows.ts';
import type { Margins } from '../plan/plan.ts';
import { type Further, furtherMethods } from './furtherMethods.ts';

/**
 * The methods paragraph, made of what ran: nothing is said of a test, scale or rule that no row used.
 * @param comparisons the rows of this analysis
 * @param further its other rows
 */
export function methodsParagraph(
  plan: ResolvedPlan,
  comparisons: readonly Comparison[],
  subjectCount: number,
  further: Further,
): string {
  const rows = comparisons.filter((row) => row.analysis === 'primary');
  const parts = [
    planText(plan, rows, subjectCount),
    ...plan.families.map((family) => familyText(family, plan)),
    scaleText(rows),
    testText(rows, plan),
    sensitivityText(comparisons),
    valueText(plan),
    ...furtherMethods(further),
    missingText(rows),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function planText(plan: ResolvedPlan, rows: readonly Comparison[], subjectCount: number): string {
  const count = `${counted(subjectCount, 'patient')}, ${counted(rows.length, 'endpoint comparison')}.`;
  if (!plan.planned) return `No families were planned; every p-value is exploratory and not adjusted. ${count}`;
  return `The families of endpoints were declared in the study plan; α = ${plan.alpha}. ${count}`;
}

function familyText(family: Family, plan: ResolvedPlan): string {
  if (!plan.planned) return '';
  const { from, to } = family.comparison;
  const size = counted(family.endpoints.length, 'endpoint');
  const source = adjustmentOf(family.adjust)?.source;
  const joint = 'claimed jointly, the largest p-value of all endpoints (intersection–union, Berger 1982)';
  const alone = family.claim === 'joint' ? joint : 'not adjusted';
  const adjust = source === undefined ? alone : `adjusted within the family by ${citeSource(source)}`;
  return `Family ${family.id} (${family.role}, ${size}, ${from} to ${to}): ${questionText(family)}; ${adjust}.`;
}

// "Holm 1979" reads "Holm (1979)" in a sentence.
function citeSource(source: string): string {
  return source.replace(/ (\d{4})$/, ' ($1)');
}

function questionText(family: Family): string {
  if (family.question === 'equivalence') {
    const margins = new Set(family.endpoints.map((one) => marginText(one.margins ?? family.margins)));
    return `equivalence within margins declared beforehand (${[...margins].join('; ')})`;
  }
  if (family.question === 'change')
    return family.alternative === 'two-sided' ? 'change, two-sided' : `change, one-sided (${family.alternative})`;
  const back = family.returnTo;
  const visits = returnVisits(family);
  const how = back?.by === 'fall' ? 'later fall' : `return within ${marginText(back?.margins)} of baseline`;
  const where =
    visits.length < 2 ? `at ${visits.join('')}` : `at ${visits.slice(0, -1).join(', ')} and ${visits.at(-1)}`;
  const several =
    back?.several === undefined
      ? 'both required (intersection–union, the larger of two p-values)'
      : back.several.holds === 'all'
        ? 'all required (intersection–union, the largest p-value)'
        : 'the first visit that holds, Holm over the visits (intersection–union within each)';
  return `rise and ${how} ${where}, ${several}`;
}

function marginText(margins: Margins | undefined): string {
  if (margins?.ratio) return `ratio ${margins.ratio[0]} to ${margins.ratio[1]}`;
  if (margins?.odds_ratio) return `odds ratio ${margins.odds_ratio[0]} to ${margins.odds_ratio[1]}`;
  if (margins?.points) return `${margins.points[0]} to ${margins.points[1]} percentage points`;
  return 'none declared: interval only';
}

function scaleText(rows: readonly Comparison[]): string {
  const used = (scale: string) => rows.filter((row) => row.scale === scale);
  const rule = (scale: string) => {
    const hasHalf = used(scale).some((row) => row.zero_rule === 'half_event');
    return hasHalf ? ' with half an event added to every count (k + ½)/(N + 1)' : '';
  };
  const texts: string[] = [];
  if (used('log-ratio').length > 0) texts.push(`log shares${rule('log-ratio')}, differences read as ratios`);
  if (used('logit').length > 0) texts.push(`logits${rule('logit')}, differences read as odds ratios`);
  if (used('percent').length > 0) texts.push('plain percentages, differences in percentage points');
  if (used('arcsinh').length > 0) texts.push('medians of staining as arcsinh(x / cofactor), differences in its units');
  return texts.length === 0 ? '' : `Values were compared as ${texts.join('; ')}.`;
}

/** How the values that are no share were made. */
function valueText(plan: ResolvedPlan): string {
  const kinds = new Set(plan.families.flatMap((family) => family.endpoints.flatMap(({ value }) => value?.kind ?? [])));
  const texts = {
    median: 'Staining is the median of a population’s compensated linear values.',
    ratio: 'Ratios of two populations are of their counts, half an event added to each.',
    control:
      'Shares were set against the control tube of the same patient and visit, by difference or by fold with half an event in each.',
  };
  return (['median', 'ratio', 'control'] as const).flatMap((kind) => (kinds.has(kind) ? [texts[kind]] : [])).join(' ');
}

function testText(rows: readonly Comparison[], plan: ResolvedPlan): string {
  const texts = pairedTestNames.flatMap((name) => {
    const own = rows.filter((row) => partsOf(row).includes(name));
    if (!own.some((row) => row.p !== null)) return [];
    const zeroHandlings = new Set(own.flatMap((row) => row.zero_handling ?? []));
    return [pairedTests[name].methods({ zeroHandlings, alpha: plan.alpha })];
  });
  if (rows.some((row) => row.estimate !== null && testOfRow(row.test)?.companion === 'hodges_lehmann')) {
    const nominal = `nominal ${Number((100 * plan.level).toFixed(1))} %`;
    texts.push(
      `Estimates are Hodges–Lehmann shifts of all differences with exact intervals, ${nominal}, achieved level given with each.`,
    );
  }
  return texts.join(' ');
}

/** The planned tests by which a row was answered. */
function partsOf(row: Comparison): readonly (string | null)[] {
  return row.test === transient.name ? transient.partsOf(row.method) : [row.test];
}

function sensitivityText(comparisons: readonly Comparison[]): string {
  const names: Readonly<Record<string, string>> = {
    percent: 'on percentages',
    pratt: 'with zeros by Pratt',
    t_logit: 'by a paired t test on logits',
    without_flagged: 'without flagged tubes',
    leave_one_out: 'leaving out one patient at a time',
    draws: 'over plausible gate placements, the whole family redone for each',
    counting: 'counting again by a parametric bootstrap',
    absolute: 'in cells per µL',
    with_not_evaluable: 'with the tubes whose denominators were too small to judge',
  };
  const ran = Object.keys(names).filter((name) =>
    comparisons.some((row) => row.analysis === name && row.status !== 'not_estimable'),
  );
  if (ran.length === 0) return '';
  return `Sensitivity analyses planned beside the primary one: ${ran.map((name) => names[name]).join('; ')}.`;
}

function missingText(rows: readonly Comparison[]): string {
  const hasMissing = rows.some((row) => (row.n_missing ?? 0) > 0);
  const used = 'Complete pairs were used; nothing was imputed';
  return hasMissing ? `${used}, and patients without a pair are listed with the reason.` : `${used}.`;
}
