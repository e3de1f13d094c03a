import { didYouMean, nearestName } from '../problems/index.ts';
import { ScaleSpec, scaleKinds } from './scaleKinds.ts';

/**
 * Reads a spec that a person or another program wrote, and says everything that is wrong with it.
 * @param spec anything; strict: unknown keys are faults
 * @returns the spec, or its faults as lower-case sentences with the offending value
 */
export function checkScale(spec: unknown): { spec?: ScaleSpec; faults: string[] } {
  if (typeof spec !== 'object' || spec === null) return { faults: ['a scale is a mapping with a kind'] };
  const kind = 'kind' in spec ? spec.kind : undefined;
  if (!isKind(kind)) return { faults: [unknownKind(kind)] };
  const parsed = ScaleSpec.safeParse(spec);
  if (parsed.success) return { spec: parsed.data, faults: [] };
  const known = Object.keys(scaleKinds[kind].schema.shape);
  const faults = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(kind, key, known));
    const name = String(issue.path[0] ?? 'kind');
    const found = Object.entries(spec).find(([key]) => key === name)?.[1];
    return [`${kind}: ${issue.message}; found ${found === undefined ? 'nothing' : `"${String(found)}"`}`];
  });
  return { faults };
}

function isKind(kind: unknown): kind is ScaleSpec['kind'] {
  return typeof kind === 'string' && Object.hasOwn(scaleKinds, kind);
}

function unknownKind(kind: unknown): string {
  const known = Object.keys(scaleKinds);
  if (kind === undefined) return `a scale needs a kind: ${known.join(', ')}`;
  const way = didYouMean(nearestName(String(kind), known)) ?? `known: ${known.join(', ')}`;
  return `"${String(kind)}" is not a scale; ${way}`;
}

function unknownKey(kind: string, key: string, known: readonly string[]): string {
  const parameters = known.filter((name) => name !== 'kind');
  const way = didYouMean(nearestName(key, parameters)) ?? `it has ${parameters.join(', ')}`;
  return `${kind}: "${key}" is not a parameter of this scale; ${way}`;
}
