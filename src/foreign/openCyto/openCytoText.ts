import type { TemplateEntry } from '../template/gateEntry.ts';
import { entryLines } from '../template/templateText.ts';

const MARKER_KEYS = ['marker', 'x', 'y', 'area', 'height', 'width'];

/** A template that finds its cuts in the data; markers are named as the other template names them. */
export function openCytoText(entries: readonly TemplateEntry[]): string {
  const spelled = new Map<string, string>();
  for (const { gate } of entries)
    for (const name of markersIn(gate)) if (!spelled.has(name.toLowerCase())) spelled.set(name.toLowerCase(), name);
  const own = entries.map((entry) => ({ ...entry, gate: respelled(entry.gate, spelled) as TemplateEntry['gate'] }));
  const lines = [
    'cytopair: 1',
    'template: opencyto',
    'version: 1.0.0',
    'about: "Methods of an openCyto template, each by its counterpart here; cuts are found in the data."',
    'markers:',
    ...[...spelled.values()].map((name) => `  ${JSON.stringify(name)}: {}`),
    'scales:',
    '  fluorescence: { scale: logicle, width: estimate }',
    '  scatter: { scale: linear }',
    'compensation: file',
    'populations:',
    ...own.flatMap(entryLines),
  ];
  return `${lines.join('\n')}\n`;
}

function markersIn(gate: unknown): readonly string[] {
  if (Array.isArray(gate)) return gate.flatMap(markersIn);
  if (typeof gate !== 'object' || gate === null) return [];
  return Object.entries(gate).flatMap(([key, value]) => {
    if (key === 'markers' && Array.isArray(value)) return value.filter((one) => typeof one === 'string');
    if (typeof value === 'string') return MARKER_KEYS.includes(key) ? [value] : [];
    return key === 'of' || key === 'target' ? [] : markersIn(value);
  });
}

/** openCyto finds markers without case; a template names each in one way. */
function respelled(value: unknown, spelled: ReadonlyMap<string, string>): unknown {
  const own = (text: unknown): unknown => (typeof text === 'string' ? (spelled.get(text.toLowerCase()) ?? text) : text);
  if (Array.isArray(value)) return value.map((one) => respelled(one, spelled));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (MARKER_KEYS.includes(key)) return [key, own(inner)];
      if (key === 'markers' && Array.isArray(inner)) return [key, inner.map(own)];
      return [key, key === 'of' || key === 'target' ? inner : respelled(inner, spelled)];
    }),
  );
}
