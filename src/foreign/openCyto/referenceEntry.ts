import type { GateEntry } from '../template/gateEntry.ts';
import type { Sign } from './populationsOf.ts';
import type { OpenCytoRow } from './row.ts';

/** A population that is there already. */
export interface KnownPopulation {
  readonly path: string;
  /** The markers on which its gate holds a cut. */
  readonly cuts: readonly string[];
}

/** Finds a population by alias or path. */
export type Find = (name: string) => KnownPopulation | undefined;

/** Cuts taken from the gates that a `refGate` names, each on its own dimension. */
export function referenceEntry(
  { dims, argsText }: OpenCytoRow,
  signs: readonly Sign[],
  find: Find,
): GateEntry | string {
  const names = argsText.split(':').map((one) => one.trim());
  const known = names.map((name) => find(name));
  const missing = names.find((_, i) => known[i] === undefined);
  if (missing !== undefined) return `it refers to "${missing}", which is not there`;
  if (dims.length !== signs.length) return 'it reuses a gate in a plane, which has no counterpart';
  const cuts = dims.map((marker, i) => {
    const source = known.find((one) => one!.cuts.some((cut) => cut.toLowerCase() === marker.toLowerCase()));
    return source === undefined ? marker : { marker, keep: signs[i] === '+' ? 'above' : 'below', from: source.path };
  });
  const without = cuts.find((cut) => typeof cut === 'string');
  if (without !== undefined)
    return `none of ${names.map((name) => `"${name}"`).join(', ')} holds a cut on "${without}"`;
  return { method: 'valley', cuts };
}

/** A combination in R's writing: "!" before "&" before "|". Groups within it are returned to become populations beside. */
export function booleanEntry(
  { argsText }: OpenCytoRow,
  find: Find,
  beside: (gate: GateEntry) => string,
): GateEntry | string {
  if (/[()]/.test(argsText)) return 'brackets in a combination have no counterpart';
  let fault: string | undefined;
  const operand = (text: string): string | { not: string } => {
    const [, bangs = '', name = ''] = /^\s*(!*)\s*(.*?)\s*$/.exec(text) ?? [];
    const known = find(name);
    if (known === undefined) fault ??= `it names "${name}", which is not there`;
    const path = known?.path ?? '';
    return bangs.length % 2 === 1 ? { not: path } : path;
  };
  const alone = (one: string | { not: string }): GateEntry => ({
    method: 'boolean',
    of: typeof one === 'string' ? { and: [one, one] } : one,
  });
  const groups = argsText.split('|').map((group) => group.split('&').map(operand));
  if (fault !== undefined) return fault;
  const [first] = groups;
  if (groups.length === 1) return first!.length === 1 ? alone(first![0]!) : { method: 'boolean', of: { and: first } };
  const parts = groups.map((group) =>
    group.length === 1 ? group[0]! : beside({ method: 'boolean', of: { and: group } }),
  );
  return { method: 'boolean', of: { or: parts } };
}
