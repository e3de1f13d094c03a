import type { BookGate, PlacementBook } from '../gating/index.ts';
import { canonicalJson } from '../tables/index.ts';

/** In what the templates of two books differ, a sentence each, as far as placing and counting rest on it. */
export function templateWords(from: PlacementBook, to: PlacementBook): readonly string[] {
  const words: string[] = [];
  if (from.template.name !== to.template.name)
    words.push(`template "${from.template.name}" became "${to.template.name}"`);
  const [before, after] = [byPath(from.gates), byPath(to.gates)];
  for (const path of before.keys()) if (!after.has(path)) words.push(`population "${path}" is no more`);
  for (const [path, gate] of after) {
    const earlier = before.get(path);
    if (earlier === undefined) words.push(`population "${path}" is new, by ${gate.method}`);
    else words.push(...gateWords(earlier, gate));
  }
  words.push(...scaleWords(from, to));
  return words;
}

function byPath(gates: readonly BookGate[]): ReadonlyMap<string, BookGate> {
  return new Map(gates.map((gate) => [gate.population, gate]));
}

function gateWords(from: BookGate, to: BookGate): string[] {
  const name = `"${to.population}"`;
  const words: string[] = [];
  if (from.method !== to.method) words.push(`${name}: method ${from.method} became ${to.method}`);
  if (from.pool !== to.pool) words.push(`${name}: pool ${from.pool ?? 'none'} became ${to.pool ?? 'none'}`);
  if (from.align !== to.align) words.push(`${name}: alignment ${from.align ?? 'none'} became ${to.align ?? 'none'}`);
  for (const key of [...new Set([...Object.keys(from.parameters), ...Object.keys(to.parameters)])].sort()) {
    const [before, after] = [from.parameters[key], to.parameters[key]];
    if (textOf(before) !== textOf(after)) words.push(`${name}: ${key} ${textOf(before)} became ${textOf(after)}`);
  }
  return words;
}

function scaleWords(from: PlacementBook, to: PlacementBook): string[] {
  const before = new Map(from.scales.map((scale) => [scale.marker, scale]));
  return to.scales.flatMap((scale) => {
    const earlier = before.get(scale.marker);
    if (earlier === undefined) return [`marker "${scale.marker}" is new`];
    if (canonicalJson(earlier) === canonicalJson(scale)) return [];
    return [`scale of "${scale.marker}": ${parametersOf(earlier)} became ${parametersOf(scale)}`];
  });
}

function parametersOf({ marker: _marker, channel: _channel, ...scale }: PlacementBook['scales'][number]): string {
  return Object.entries(scale)
    .map(([key, value]) => `${key} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(' ');
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : canonicalJson(value);
}
