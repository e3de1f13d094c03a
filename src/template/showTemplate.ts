import type { Template, TemplateAlignment, TemplateMarker, TemplatePopulation } from './template.ts';

/** The template in words: markers, alignments, and the tree with one gate a line, as `cytopair template show` prints it. */
export function showTemplate(template: Template): string {
  const { name, version, about, markers, alignments, populations } = template;
  const lines = [
    `${name} ${version}`,
    ...(about === '' ? [] : [about]),
    '',
    `markers: ${markers.map(markerWords).join(', ') || 'none'}`,
    `compensation: ${compensationWords(template)}`,
    ...alignments.map(alignmentWords),
    '',
    'root',
    ...populations.map(populationWords),
    ...namedPaths('denominators', template.denominators),
    ...template.assertions.map(
      ({ sum, of, atLeastPercent }) => `assertion: ${sum.join(' + ')} are at least ${atLeastPercent} % of ${of}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function markerWords({ name, optional, aliases, channel }: TemplateMarker): string {
  const notes = [
    ...(optional ? ['optional'] : []),
    ...(aliases.length > 0 ? [`or ${aliases.join(', ')}`] : []),
    ...(channel === undefined ? [] : [`channel ${channel}`]),
  ];
  return notes.length === 0 ? name : `${name} (${notes.join('; ')})`;
}

function compensationWords({ compensation }: Template): string {
  switch (compensation.kind) {
    case 'file':
      return 'the matrix of each file';
    case 'none':
      return 'none';
    case 'matrix':
      return compensation.path;
    default:
      return compensation satisfies never;
  }
}

function alignmentWords({ name, parent, method, settings }: TemplateAlignment): string {
  return `alignment ${name}: ${method} on ${parent}${settingWords(settings)}`;
}

function populationWords({ name, label, depth, gate }: TemplatePopulation): string {
  const shown = label === name ? name : `${name} (${label})`;
  const others = [
    ...(gate.units === undefined ? [] : [`units ${gate.units}`]),
    ...(gate.pool === undefined ? [] : [`pool ${gate.pool}`]),
    ...(gate.align === undefined ? [] : [`aligned by ${gate.align}`]),
    ...Object.entries(gate.ifAbsent).map(([marker, what]) => `without ${marker}: ${what.replace('_', ' ')}`),
  ];
  const tail = others.map((words) => `; ${words}`).join('');
  return `${'  '.repeat(depth)}${shown}: ${gate.method}${settingWords(gate.settings)}${tail}`;
}

function settingWords(settings: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return given.map(([key, value], index) => `${index === 0 ? ' ' : ', '}${key} ${valueWords(value)}`).join('');
}

function valueWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function namedPaths(title: string, paths: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(paths);
  return entries.length === 0 ? [] : ['', `${title}:`, ...entries.map(([name, path]) => `  ${name} = ${path}`)];
}
