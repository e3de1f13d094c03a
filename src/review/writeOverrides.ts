import type { Patch } from './patch.ts';

/** Keys in the order in which a person reads them. */
const order = [
  'tube',
  'population',
  'action',
  'axis',
  'by',
  'frame',
  'geometry',
  'scope',
  'author',
  'date',
  'reason',
  'replaces',
] as const;

/**
 * The text of overrides.yaml: every text in double quotes, as JSON writes it, which YAML reads alike; so no value can
 * become another key, a number or a comment. The page of `review` writes the same.
 */
export function writeOverrides(patches: readonly Patch[]): string {
  if (patches.length === 0) return '[]\n';
  return patches.map(entryText).join('');
}

function entryText(patch: Patch): string {
  const values: Readonly<Record<string, unknown>> = patch;
  const lines = order.flatMap((key) => (values[key] === undefined ? [] : [`${key}: ${JSON.stringify(values[key])}`]));
  return `- ${lines.join('\n  ')}\n`;
}
