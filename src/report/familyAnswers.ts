import type { Comparison } from '../analysis/index.ts';
import { noValue, pText } from './displayNumbers.ts';
import { effectWords } from './effectText.ts';
import { endpointParts, lastName } from './populationName.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** What one family asked, and its answer. */
export interface FamilyAnswer {
  readonly family: string;
  readonly role: string;
  /** One question, as a person would ask it. */
  readonly asked: string;
  /** True where the sentences say each answer; else the groups do, and only a joint claim has a sentence. */
  readonly isWhole: boolean;
  readonly sentences: readonly string[];
  /** Endpoints with the same verdict, each with its numbers. */
  readonly groups: readonly { readonly verdict: Verdict; readonly endpoints: readonly string[] }[];
}

// So many whole sentences a reader takes in at once.
const mostSentences = 2;

/** The families in their order; nothing is judged anew. */
export function familyAnswers(comparisons: readonly Comparison[]): readonly FamilyAnswer[] {
  const primary = comparisons.filter((row) => row.analysis === 'primary');
  return [...new Set(primary.map((row) => row.family ?? ''))].map((family) => {
    const isOwn = (row: Comparison): boolean => (row.family ?? '') === family;
    const rows = primary.filter(isOwn);
    const joint = comparisons
      .filter((row) => isOwn(row) && row.analysis === 'joint')
      .flatMap((row) => row.sentence ?? []);
    const [first] = rows;
    const sentences = rows.flatMap((row) => row.sentence ?? []);
    const isWhole = first?.role === 'primary' && rows.length <= mostSentences;
    return {
      family,
      role: first?.role ?? 'exploratory',
      asked: first === undefined ? '' : askedWords(first, rows),
      isWhole,
      sentences: isWhole ? [...sentences, ...joint] : joint,
      groups: groupsOf(rows),
    };
  });
}

function askedWords(first: Comparison, rows: readonly Comparison[]): string {
  const { question, visit_from: from, visit_to: to, iut_visit: back } = first;
  const names = rows.map((row) => lastName(endpointParts(row.endpoint ?? '').population));
  const what = names.length <= 2 ? names.join(' and ') : `${names.length} populations`;
  const does = names.length === 1 ? `Does ${what}` : `Do ${what}`;
  if (question === 'equivalence') return `${does} stay within the margins from ${from} to ${to}?`;
  if (question === 'transient')
    return `${does} rise at ${to} and ${first.margin_low === null ? 'fall again' : 'come back'} by ${back ?? noValue}?`;
  return `${does} change from ${from} to ${to}?`;
}

function groupsOf(rows: readonly Comparison[]): FamilyAnswer['groups'] {
  const groups = new Map<string, { verdict: Verdict; endpoints: string[] }>();
  for (const row of rows) {
    const verdict = verdictOf(row);
    const group = groups.get(verdict.words) ?? { verdict, endpoints: [] };
    group.endpoints.push(`${lastName(endpointParts(row.endpoint ?? '').population)} ${numbersOf(row)}`.trim());
    groups.set(verdict.words, group);
  }
  return [...groups.values()];
}

/** `×1.62 [1.29, 2.00], p in family 0.0156`. */
function numbersOf(row: Comparison): string {
  const words = effectWords(row);
  if (words === undefined || row.p === null) return '';
  const inFamily = row.adjust === 'joint' ? 'joint p' : 'p in family';
  return `${words.effect}, ${row.p_adj === null ? `p ${pText(row.p)}` : `${inFamily} ${pText(row.p_adj)}`}`;
}
