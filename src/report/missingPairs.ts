import type { Pair } from '../analysis/index.ts';
import { type Html, html } from './html.ts';
import { endpointParts, lastName, panelText } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';

/** The patients of a family who are in no pair, by name, with what is missing and for which endpoints. */
export function missingPairs(input: ReportInput, family: string): Html | null {
  const isOwn = (row: { readonly family: string | null }): boolean => (row.family ?? '') === family;
  const endpoints = new Set(input.comparisons.filter((row) => isOwn(row) && row.endpoint !== null).map(endpointOf));
  const causes = new Map<string, Map<string, Set<string>>>();
  for (const pair of input.pairs) {
    if (!isOwn(pair) || pair.used !== false || pair.reason === 'zero_difference') continue;
    const own = causes.get(pair.subject ?? '') ?? new Map<string, Set<string>>();
    const cause = causeOf(pair);
    if (cause === undefined) continue;
    own.set(cause, (own.get(cause) ?? new Set<string>()).add(endpointOf(pair)));
    causes.set(pair.subject ?? '', own);
  }
  if (causes.size === 0) return null;
  const items = [...causes.keys()].sort().map((subject) => {
    const own = [...(causes.get(subject) ?? [])].map(([cause, of]) => `${cause}${whichOf(of, endpoints.size)}`);
    return html`<li><b>${subject}</b>: ${own.join('; ')}</li>`;
  });
  return html`<div class="missing"><p>Not in every pair:</p><ul>${items}</ul></div>`;
}

/** The endpoint, with its panel where several have it. */
function endpointOf({ endpoint, panel }: { readonly endpoint: string | null; readonly panel: string | null }): string {
  return `${endpoint ?? ''}\n${panel ?? ''}`;
}

function nameOf(key: string): string {
  const [endpoint = '', panel = ''] = key.split('\n');
  return `${lastName(endpointParts(endpoint).population)}${panelText(panel)}`;
}

function whichOf(endpoints: ReadonlySet<string>, all: number): string {
  if (endpoints.size === all) return '';
  return ` (${[...endpoints].map(nameOf).join(', ')})`;
}

/**
 * `missing_to` of BL → M1 is "no tube at M1", `not_evaluable_from` is "not evaluable at BL".
 * @returns undefined where the third visit of a transient question is at fault: its own pair says so with the visit's name
 */
function causeOf(pair: Pair): string | undefined {
  const reason = pair.reason ?? 'not used';
  if (reason.endsWith('_third_visit')) return undefined;
  if (reason.endsWith('_from')) return `${words(reason.slice(0, -'_from'.length))} at ${pair.visit_from ?? ''}`;
  if (reason.endsWith('_to')) return `${words(reason.slice(0, -'_to'.length))} at ${pair.visit_to ?? ''}`;
  return `${pair.visit_from ?? ''} → ${pair.visit_to ?? ''}: ${words(reason)}`;
}

function words(reason: string): string {
  return reason === 'missing' ? 'no tube' : reason.replaceAll('_', ' ');
}
