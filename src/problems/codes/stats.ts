import type { CodeEntry } from '../codeEntry.ts';

/** Codes of the analysis. */
export const statsCodes = {
  'stats.arms-pooled': {
    says: 'patients of several arms are analysed together; the effect of an arm is not estimated',
    hint: 'read the comparison as change over time, not as the effect of an arm',
  },
  'stats.cannot-reject': {
    says: 'a family cannot reject anything with the pairs there are',
    hint: 'read the estimate and its interval; a p below alpha cannot occur',
  },
  'stats.draws-mismatch': {
    says: 'counts under plausible gates do not start from the counts that are compared',
    hint: 'take draws.csv and the frequencies from the same run',
  },
  'stats.duplicate-observation': {
    says: 'a subject has two values of one endpoint at one visit',
    hint: 'keep one tube, or mark the other as excluded; values are never averaged',
  },
  'stats.equivalence-out-of-reach': {
    says: 'with the pairs there are, equivalence within the margins can hardly be shown',
    hint: 'plan more pairs, or read the interval without a verdict; margins may not be widened after the data',
  },
  'stats.ambiguous-panel': {
    says: 'several panels have the population of an endpoint, and the plan does not say whose tubes answer',
    hint: 'write panel: NAME at the endpoint or the family',
  },
  'stats.no-cells-per-ul': {
    says: 'tubes lack the numbers from which cells per µL follow',
    hint: 'fill in the sheet; without them a tube takes no part in comparisons of cells per µL',
  },
  'stats.plan-conflict': {
    says: 'two settings of a family do not go together',
    hint: 'change one of the two settings',
  },
  'stats.plan-incomplete': {
    says: 'a family lacks a setting that its question needs',
    hint: 'add the setting to the plan',
  },
  'stats.plan-name': {
    says: 'the plan names something that is not there, or names it twice',
    hint: 'correct the name',
  },
  'stats.ratio-margin-above-half': {
    says: 'a ratio margin is declared for a share above 50 %, where a ratio hides large changes',
    hint: 'declare the margins as odds_ratio or points',
  },
  'stats.unknown-key': {
    says: 'a value belongs to a subject or visit that the study does not list',
    hint: 'correct the name, or list it in the study',
  },
} as const satisfies Record<string, CodeEntry>;
