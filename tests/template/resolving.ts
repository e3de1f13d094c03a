import { printProblem } from '../../src/problems/index.ts';
import { readTemplate, resolveMarkers } from '../../src/template/index.ts';
import { registry } from './fakeRegistry.ts';

const templates = new Map<string, ReturnType<typeof readMade>>();

/** A template whose every marker is used by a gate of its own. */
function templateOf(markers: Record<string, string>) {
  const key = JSON.stringify(markers);
  const made = templates.get(key) ?? readMade(markers);
  templates.set(key, made);
  return made;
}

function readMade(markers: Record<string, string>) {
  const text = `cytopair: 1
template: t
version: 1.0.0
markers: { ${Object.entries(markers)
    .map(([name, settings]) => `${name}: ${settings}`)
    .join(', ')} }
populations:
${Object.keys(markers)
  .map((name, index) => `  - { name: P${index}, parent: root, gate: { method: valley, x: ${name}, keep: above } }`)
  .join('\n')}
`;
  const { value, problems } = readTemplate({ file: 't.yaml', text }, registry, () => undefined);
  if (value === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return value;
}

/** Channels written as `name` or `name=stain`. */
export function resolve(markers: Record<string, string>, ...labels: string[]) {
  const parameters = labels.map((label, index) => {
    const [name = '', stain = ''] = label.split('=');
    return { index: index + 1, name, stain };
  });
  const { value, problems } = resolveMarkers(templateOf(markers), parameters, { sampleId: 'P01_BL' });
  return {
    channels: value && Object.fromEntries(value.channels),
    absent: value?.absent,
    words: problems.map(printProblem),
  };
}
