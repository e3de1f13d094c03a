import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Addition, Gain } from './addition.ts';
import { repository } from './scratchHouse.ts';

const page = readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8');

/** The gate method of CONTRIBUTING.md, taken from the page as a newcomer would. */
export const plateau: Addition = {
  row: 'a gate method',
  name: 'plateau',
  file: 'src/placement/methods/plateau.ts',
  text: block('ts'),
  lines: { 'src/placement/registry.ts': gainsOf(block('diff')) },
  use: placing(),
  gives: {
    isOnFloor: [true, true, true],
    valleyIsOnFloor: [false, false, false],
    flags: [],
    oneMode: ['one_mode', 'pool_without_cut'],
    page: 'plateau',
  },
};

function block(language: string): string {
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
  const [only = '', ...more] = blocks;
  if (only === '' || more.length > 0) throw new Error(`CONTRIBUTING.md has ${blocks.length} blocks of ${language}`);
  return only;
}

/** Each line with "+" goes behind the line above it. */
function gainsOf(diff: string): Gain[] {
  const lines = diff.split('\n');
  return lines.flatMap((line, i) =>
    line.startsWith('+') ? { behind: `${lines[i - 1]?.slice(1)}\n`, put: `${line.slice(1)}\n` } : [],
  );
}

/**
 * Tubes drawn so that lowest and flattest are two places: modes at u = 1 and 7, an even floor from 1 to 5, and before the
 * second mode a dip too shallow to make the floor a mode. A valley falls into the dip.
 */
function placing(): string {
  return `import { methodReference, placementRegistry, placeStudy, surveyTube } from './placement/tools.js';
import { readTemplate } from './template/index.js';
const even = (from, to, count) => Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count);
const mode = (at, count) => even(0, 1, count).map((p) => at + 0.12 * Math.log(p / (1 - p)));
const floor = [...mode(1, 3000), ...even(1, 5, 2400), ...even(5, 6.7, 765), ...mode(7, 3000)];
const template = readTemplate({ file: 'own.yaml', text: [
  'cytopair: 1', 'template: own', 'version: 1.0.0', 'about: made', 'markers: { X: {} }', 'compensation: none',
  'populations:',
  '  - { name: Flat, parent: root, gate: { method: plateau, marker: X, keep: above } }',
  '  - { name: Low, parent: root, gate: { method: valley, marker: X, keep: above } }',
].join('\\n') }, placementRegistry, () => undefined).value;
function placed(u) {
  const values = Float64Array.from(u, (one) => 150 * Math.sinh(one));
  const events = { count: values.length, values: ({ scale }, of) => {
    const own = of === 'all' ? values : Float64Array.from(of, (event) => values[event]);
    return scale ? own.map((value) => scale.forward(value)) : own;
  } };
  const ids = ['a', 'b', 'c'];
  const surveys = ids.map((sampleId) => surveyTube(events, template, {
    sampleId, fileSha256: Buffer.from(sampleId.padEnd(4, '0')).toString('hex'), channels: { X: 'X-A' }, absent: [],
    ranges: { X: 262144 },
  }));
  const tubes = ids.map((id) => ({ sampleId: id, isInPool: true, role: 'sample', batch: '', subjectKey: id }));
  const { book } = placeStudy(template, 'hash', surveys, tubes);
  return (name) => book.gates.find((gate) => gate.population === name).tubes;
}
const drawn = placed(floor);
const isOnFloor = (name) => drawn(name).map(({ geometry }) => geometry.dims[0].min > 2 && geometry.dims[0].min < 5);
const alone = placed(mode(3, 500))('Flat')[0];
if (alone.geometry.kind !== 'none') throw new Error('one mode has no cut');
export const found = {
  isOnFloor: isOnFloor('Flat'),
  valleyIsOnFloor: isOnFloor('Low'),
  flags: drawn('Flat').flatMap(({ flags }) => flags),
  oneMode: alone.flags,
  page: methodReference('plateau')[0].name,
};`;
}
