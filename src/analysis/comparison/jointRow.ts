import { endpointName, type Family } from '../analysisInput.ts';
import { type Comparison, emptyComparison } from '../analysisRows.ts';
import { jointSentence } from '../words/equivalenceSentences.ts';

/**
 * The row `joint` of a family that makes one claim: all endpoints within their margins. p is the largest of its members
 * (intersection–union, Berger 1982); it has no endpoint.
 * @param rows of the family; the planned analysis of each endpoint among them
 */
export function jointRow(family: Family, rows: readonly Comparison[]): Comparison {
  const members = rows.filter((row) => row.analysis === 'primary');
  const [first] = members;
  const worst = members.reduce<Comparison | undefined>(
    (most, row) => (most === undefined || (row.p ?? 1.1) > (most.p ?? 1.1) ? row : most),
    undefined,
  );
  const decisive = family.endpoints[worst === undefined ? 0 : members.indexOf(worst)];
  const p = worst?.p ?? null;
  const alpha = first?.alpha ?? null;
  const isShown = p !== null && alpha !== null && p <= alpha;
  const counts = members.flatMap((row) => row.n_pairs ?? []);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const { from, to } = family.comparison;
  return {
    ...emptyComparison,
    study: first?.study ?? null,
    family: family.id,
    visit_from: from,
    visit_to: to,
    analysis: 'joint',
    planned: first?.planned ?? null,
    test: 'iut',
    method: 'largest-p',
    alternative: 'equivalence',
    n_subjects: first?.n_subjects ?? null,
    n_pairs: counts.length === 0 ? null : fewest,
    p,
    family_size: members.length,
    adjust: family.claim ?? family.adjust,
    alpha,
    reject: p === null ? null : isShown,
    tost_p: p,
    equivalent: p === null ? null : isShown,
    iut_p: p,
    status: p === null ? 'not_estimable' : 'ok',
    reason: p === null ? (worst?.reason ?? null) : null,
    role: family.role,
    question: family.question,
    sentence: jointSentence({
      subsets: family.endpoints.map(endpointName),
      from,
      to,
      p,
      isShown,
      pairs: fewest === most ? String(fewest) : `${fewest} to ${most}`,
      decisive: decisive === undefined ? '' : endpointName(decisive),
    }),
  };
}
