import { dayOf } from './guessNames.ts';

interface StudyFacts {
  readonly name: string;
  /** Data root relative to study.yaml. */
  readonly data: string;
  /** In the order of time. */
  readonly visits: readonly string[];
  /** Per tube: stain and name of each channel. */
  readonly stains: readonly (readonly string[])[];
}

/**
 * The text of a study.yaml with the plan of a cautious biostatistician: two regulatory subsets as the primary family with
 * Holm's adjustment, the lineages by equivalence, everything marked for a person to confirm before the data are seen.
 */
export function draftStudy({ name, data, visits, stains }: StudyFacts): string {
  const hasBPanel = ['CD24', 'CD38', 'CD27'].every((marker) =>
    stains.some((tube) => tube.some((one) => names(one, marker))),
  );
  const [from = 'BL', to = 'M1'] = visits;
  const known = visits.length >= 2 ? visits : [from, to];
  return `# Drafted by cytopair init. Every line marked "confirm" is a guess or a default: a person decides, before the
# data are compared. cytopair check study.yaml lists what is still wrong.
cytopair: 1
study: ${quoted(name)}
data: ${quoted(data)}                    # confirm: nothing outside this folder is read
sheet: sheet.csv
template: shipped:${hasBPanel ? 'b-regulatory' : 'lineages'}     # confirm: cytopair template show shipped:${hasBPanel ? 'b-regulatory' : 'lineages'}
visits:                          # confirm the order: the first is baseline; add window: [first day, last day]
${known.map(visitLine).join('\n')}
comparisons:
  - {id: ${to}-${from}, from: ${from}, to: ${to}}   # confirm: the effect is to minus from
families:                        # confirm: planned before unblinding; what is not written here is not planned
${hasBPanel ? regulatoryFamily(from, to) : ''}${lineagesFamily(from, to)}alpha: 0.05                      # confirm
level: 0.95                      # of intervals
rules:
  min_parent: 100                # confirm: denominator events needed to call a subset evaluable
  few_parents: 500
  few_events: 25
  zero_rule: half_event
seed: 1
`;
}

function visitLine(visit: string): string {
  const day = dayOf(visit);
  const isDay = /^(d|w|m|y)/i.test(visit) && day < Number.MAX_SAFE_INTEGER;
  if (/^(bl|base)/i.test(visit)) return `  - {id: ${visit}, day: 0}`;
  return isDay ? `  - {id: ${visit}, day: ${day}}             # confirm the day` : `  - {id: ${visit}}`;
}

function regulatoryFamily(from: string, to: string): string {
  return `  - id: regulatory
    role: primary                # confirm
    question: change
    comparison: ${to}-${from}
    test: signed_rank            # exact, two-sided
    scale: log-ratio
    adjust: holm
    endpoints:                   # confirm
      - {population: B/CD24hiCD38hi, measure: pct_of_B}
      - {population: B/CD27+CD38lo-CD24hi, measure: pct_of_B}
`;
}

function lineagesFamily(from: string, to: string): string {
  return `  - id: lineages
    role: secondary              # confirm
    question: equivalence
    comparison: ${to}-${from}
    margins: {ratio: [0.80, 1.25]}   # confirm: declared before the data, or delete this family
    sensitivity: [draws]         # does the answer hang on where the gates lie?
    endpoints:                   # confirm
      - {population: Lymphocytes/T, measure: pct_of_Lymphocytes, margins: {odds_ratio: [0.80, 1.25]}}
      - {population: Lymphocytes/B, measure: pct_of_Lymphocytes}
      - {population: Lymphocytes/NK, measure: pct_of_Lymphocytes}
      - {population: Leukocytes/Monocytes, measure: pct_of_Leukocytes}
`;
}

/** Whole tokens only: CD24 is not in CD245. */
function names(stain: string, marker: string): boolean {
  return new RegExp(`(^|[^A-Za-z0-9])${marker}($|[^A-Za-z0-9])`, 'i').test(stain);
}

function quoted(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
