import type { ForeignValues } from '../model.ts';
import { type ChannelMarker, scaleEntry } from './axisMarkers.ts';
import type { TemplateMatrix } from './chooseCompensation.ts';
import type { TemplateEntry } from './gateEntry.ts';

export interface TemplateParts {
  readonly name: string;
  readonly about: string;
  readonly amplification: ForeignValues;
  /** file, none, or the name of a CSV. */
  readonly compensation: string;
  readonly markers: readonly ChannelMarker[];
  readonly entries: readonly TemplateEntry[];
}

/** A template as a person can read and change it; values as in JSON, which YAML takes. */
export function templateText(parts: TemplateParts): string {
  const { name, about, amplification, compensation, markers, entries } = parts;
  const isWord = compensation === 'none';
  const lines = [
    'cytopair: 1',
    `template: ${name}`,
    'version: 1.0.0',
    `about: ${JSON.stringify(about)}`,
    'markers:',
    ...markers.map((marker) => `  ${JSON.stringify(marker.name)}: { channel: ${JSON.stringify(marker.channel)} }`),
    'scales:',
    ...markers.map((marker) => `  ${JSON.stringify(marker.name)}: ${flow(scaleEntry(marker))}`),
    // The gates were drawn on values compensated so, whatever they look like.
    `compensation: ${isWord ? 'none' : flow({ from: compensation, apply: 'always' })}`,
    `amplification: ${amplification}`,
    // The other program took the numbers as they stand.
    'values: linear',
    'populations:',
    ...entries.flatMap(entryLines),
  ];
  return `${lines.join('\n')}\n`;
}

export function entryLines({ name, parent, importedName, gate }: TemplateEntry): readonly string[] {
  const { vertices, ...rest } = gate;
  const lines = [`  - name: ${JSON.stringify(name)}`, `    parent: ${JSON.stringify(parent)}`];
  if (importedName !== undefined) lines.push(`    imported_name: ${JSON.stringify(importedName)}`);
  if (!Array.isArray(vertices)) return [...lines, `    gate: ${flow(gate)}`];
  const keys = Object.entries(rest).map(([key, value]) => `      ${key}: ${flow(value)}`);
  const points = vertices.map((point) => `        - ${flow(point)}`);
  return [...lines, '    gate:', ...keys, '      vertices:', ...points];
}

/** One line of YAML. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const inside = Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`);
    return `{ ${inside.join(', ')} }`;
  }
  return typeof value === 'string' &&
    /^[A-Za-z][A-Za-z0-9_.-]*$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** The matrix as a table that templates take: names above and before, row = fluorochrome. */
export function matrixCsv({ channels, rows }: TemplateMatrix): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row, i) => [cell(channels[i]!), ...row.map(String)].join(','));
  return `${[['', ...channels.map(cell)].join(','), ...lines].join('\n')}\n`;
}
