import { denominatorParts } from '../analysis/index.ts';
import { combinationWords } from './combination.ts';
import type { Apply } from './compensation.ts';
import type { TemplateRegistry } from './methodDescription.ts';
import { defaultWords, type SettingWords, settingWords } from './settingWords.ts';
import type { StoredValues } from './storedValues.ts';
import type { Template, TemplateAlignment, TemplateGate, TemplateMarker, TemplatePopulation } from './template.ts';

/**
 * The template in words: markers, alignments, and the tree with one gate a line (and one a cut, where a gate has several),
 * as `cytopair template show` prints it.
 * @param registry knows the defaults, which are left out of the tree and listed once below it
 */
export function showTemplate(template: Template, registry: TemplateRegistry): string {
  const { name, version, about, markers, alignments, populations } = template;
  const lines = [
    `${name} ${version}`,
    ...(about === '' ? [] : [about]),
    '',
    `markers: ${markers.map(markerWords).join(', ') || 'none'}`,
    `compensation: ${compensationWords(template)}`,
    ...(template.values === 'detect' ? [] : [`values: ${valuesWords(template.values)}`]),
    ...alignments.map((alignment) => alignmentWords(alignment, registry)),
    '',
    'root',
    ...populations.flatMap((population) => populationLines(population, registry)),
    ...denominatorLines(template),
    ...template.assertions.map(
      ({ sum, of, atLeastPercent }) =>
        `assertion: ${sum.map(lastName).join(' + ')} are at least ${atLeastPercent} % of ${lastName(of)}`,
    ),
    ...template.expectedRanges.map(
      ({ population, of, betweenPercent: [low, high] }) =>
        `expected: ${lastName(population)} are ${low} to ${high} % of ${lastName(of)}`,
    ),
    ...defaultLines(populations, registry),
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
      return `the matrix of each file${applyWords(compensation.apply)}`;
    case 'none':
      return 'none';
    case 'named':
      return `${compensation.path}${applyWords(compensation.apply)}`;
    case 'matrix':
      return `${compensation.matrix.source}${applyWords(compensation.apply)}`;
    default:
      return compensation satisfies never;
  }
}

function applyWords(apply: Apply): string {
  if (apply === 'default') return '';
  return apply === 'always' ? ', applied to every tube' : ', unless the tubes show that it was applied already';
}

function valuesWords(values: StoredValues): string {
  if (values.kind === 'linear') return 'linear';
  return values.only === undefined ? values.word : `${values.word}, of ${values.only.join(', ')}`;
}

function alignmentWords({ name, parent, method, settings }: TemplateAlignment, registry: TemplateRegistry): string {
  const { line } = settingWords(settings, registry.alignments.get(method)?.settings);
  return `alignment ${name}: ${method} on ${parent}, ${line}`;
}

/** What the tree leaves out: the defaults of every method that it uses. */
function defaultLines(populations: readonly TemplatePopulation[], registry: TemplateRegistry): string[] {
  const methods = [...new Set(populations.map(({ gate }) => gate.method))].sort();
  const lines = methods.flatMap((method) => {
    const known = registry.gates.get(method);
    const words = known === undefined ? '' : defaultWords(known.settings);
    return words === '' ? [] : [`  ${method}: ${words}`];
  });
  return lines.length === 0 ? [] : ['', 'where nothing else is said:', ...lines];
}

const absentWords = { drop: 'left out of the gate', parent: 'equals its parent', not_evaluable: 'not evaluable' };

function populationLines({ name, label, depth, gate }: TemplatePopulation, registry: TemplateRegistry): string[] {
  const shown = label === name ? name : `${name} (${label})`;
  const { line, entries } = gateWords(gate, registry);
  const others = [
    ...(gate.units === undefined ? [] : [`units ${gate.units}`]),
    ...(gate.pool === undefined ? [] : [`pool ${gate.pool}`]),
    ...(gate.align === undefined ? [] : [`aligned by ${gate.align}`]),
    ...Object.entries(gate.ifAbsent).map(([marker, what]) => `without ${marker}: ${absentWords[what]}`),
  ];
  const tail = others.map((words) => `; ${words}`).join('');
  const indent = '  '.repeat(depth);
  const first = `${indent}${shown}: ${[gate.method, line].filter((words) => words !== '').join(' ')}${tail}`;
  return [first, ...entries.map((entry) => `${indent}      ${entry}`)];
}

function gateWords({ method, settings }: TemplateGate, registry: TemplateRegistry): SettingWords {
  const known = registry.gates.get(method);
  const use = known?.combination?.(settings);
  if (use !== undefined) return { line: `of ${combinationWords(use.combination)}`, entries: [] };
  return settingWords(settings, known?.settings);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function denominatorLines({ denominators }: Template): string[] {
  const lines = Object.entries(denominators).map(([name, denominator]) => {
    const { of, without } = denominatorParts(denominator);
    return `  ${name} = ${of}${without === null ? '' : ` without ${without}`}`;
  });
  return lines.length === 0 ? [] : ['', 'denominators:', ...lines];
}
