import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shippedTemplates } from '../../src/study/tools.ts';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });
const at = (name: string) => join(folder.path, name);
const read = (name: string) => readFileSync(at(name), 'utf8');

const small = `cytopair: 1
template: small
version: 1.0.0
extends: shipped:lineages
populations:
  - { name: Bright, parent: B, gate: { method: interval, marker: CD19, min: 5000, units: raw } }
`;

describe('template list and copy', () => {
  test('every shipped template is listed, and each can be copied, checked and does the same', async () => {
    const { exit, stdout } = await here('template', 'list');
    expect(exit).toBe(0);
    for (const name of shippedTemplates()) {
      expect(stdout).toContain(`shipped:${name} `);
      expect(await here('template', 'copy', `shipped:${name}`)).toMatchObject({
        exit: 0,
        stdout: `${name}.yaml\n`,
        stderr: '',
      });
      expect(await here('check', `${name}.yaml`)).toMatchObject({ exit: 0, stderr: '' });
      expect(await here('diff', `shipped:${name}`, `${name}.yaml`)).toMatchObject({
        exit: 0,
        stdout: `shipped:${name} and ${name}.yaml do the same\n`,
      });
    }
  });

  test('a file that is there is left as it is; another name is asked for', async () => {
    writeFileSync(at('lineages.yaml'), 'mine');
    expect(await here('template', 'copy', 'shipped:lineages')).toMatchObject({
      exit: 2,
      stderr: 'lineages.yaml: error output.exists: "lineages.yaml" is there already (name another file by --to)\n',
    });
    expect(read('lineages.yaml')).toBe('mine');
    expect(await here('template', 'copy', 'lineages', '--to', 'ours/l.yaml')).toMatchObject({
      exit: 0,
      stdout: 'ours/l.yaml\n',
    });
    expect(read('ours/l.yaml')).toMatch(/^# Copied from shipped:lineages of cytopair /);
  });

  test('a name that is not shipped is told with the nearest', async () => {
    const { exit, stderr } = await here('template', 'copy', 'shipped:linages');
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining('no template "linages" is shipped (did you mean "lineages"?)'),
    ]);
  });
});

describe('diff', () => {
  const differ = async (from: string, to: string, ...more: string[]) => {
    writeFileSync(at('a.yaml'), from);
    writeFileSync(at('b.yaml'), to);
    return here('diff', 'a.yaml', 'b.yaml', ...more);
  };
  const full = (gate: string, more = '') => `cytopair: 1
template: t
version: 1.0.0
markers: { X: {}, Y: {}, Z: {} }
${more}populations:
  - { name: P, parent: root, gate: ${gate} }
  - { name: Q, parent: P, gate: { method: valley, marker: Y, keep: above } }
  - { name: R, parent: root, gate: { method: boolean, of: { not: Q } } }
  - { name: S, parent: root, gate: { method: valley, marker: Z, keep: above } }
`;
  const valley = '{ method: valley, marker: X, keep: above, prominence: 0.2 }';

  test('order of keys, comments and defaults that are written out are no difference', async () => {
    const other = '{ keep: above, method: valley, mass: 0.01, prominence: 0.2, marker: X }';
    expect(await differ(full(valley), full(other).replace('populations:', '# the same\npopulations:'))).toMatchObject({
      exit: 0,
      stdout: 'a.yaml and b.yaml do the same\n',
    });
  });

  test('a setting in words, and whom it reaches: below, and what names it', async () => {
    const { exit, stdout, stderr } = await differ(full(valley), full(valley.replace('0.2', '0.4')));
    expect(exit).toBe(1);
    expect(stdout).toContain('gate  P  prominence 0.2 -> 0.4 (least persistence of a mode, as a share of its height)');
    expect(stdout).toContain('3 of 4 populations may be counted otherwise: P, Q, R');
    expect(stderr).toBe('cytopair: 1 difference, 0 warnings\n');
  });

  test.each<[string, (text: string) => string, string]>([
    [
      'another method',
      (text) =>
        text
          .replace('method: valley, marker: X', 'method: tail, side: right, marker: X')
          .replace(', prominence: 0.2', ''),
      'gate  P  cut by tail, not by valley',
    ],
    [
      'a population more',
      (text) => `${text}  - { name: U, parent: P, gate: { method: valley, marker: Z, keep: below } }\n`,
      'added  P/U  by valley',
    ],
    ['one less', (text) => text.replace(/.*name: S,.*\n/, ''), 'removed  S  is counted no more'],
    [
      'another parent',
      (text) => text.replace('name: S, parent: root', 'name: S, parent: P'),
      'moved  P/S  cut out of P, not of root',
    ],
    [
      'a combination',
      (text) => text.replace('{ not: Q }', '{ and: [{ not: Q }, P] }'),
      'gate  R  not Q -> not Q and P',
    ],
    [
      'compensation',
      (text) => text.replace('populations:', 'compensation: none\npopulations:'),
      'values  compensation  {kind:file,apply:default} -> {kind:none}',
    ],
    ['a denominator', (text) => `${text}denominators: { P: P }\n`, 'denominator  P  not there -> P'],
    [
      'a label alone',
      (text) => text.replace('name: S,', 'name: S, label: the others,'),
      'words  S  label "S" -> "the others"',
    ],
    ['an alias', (text) => text.replace('Z: {}', 'Z: { aliases: [zed] }'), 'marker  Z  '],
  ])('%s', async (_name, change, words) => {
    const { exit, stdout } = await differ(full(valley), change(full(valley)));
    expect(exit).toBe(1);
    expect(stdout.replace(/ +/g, ' ')).toContain(words.replace(/ +/g, ' '));
  });

  test('a template that cannot be read: its faults, and no difference', async () => {
    const { exit, stdout, stderr } = await differ(full(valley), full('{ method: vally, marker: X, keep: above }'));
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('b.yaml:6:46: error template.unknown-method');
  });

  test('over a study: counts and conclusions of both, side by side', { timeout: 120_000 }, async () => {
    cpSync(tinyStudy, at('tiny'), { recursive: true });
    await here('template', 'copy', 'shipped:b-regulatory', '--to', 'a.yaml');
    writeFileSync(at('b.yaml'), read('a.yaml').replace('k: 0.5, shape: oblique', 'k: 0.9, shape: oblique'));
    const { exit, stdout } = await here(
      'diff',
      'a.yaml',
      'b.yaml',
      '--study',
      'tiny/study.yaml',
      '--threads',
      '0',
      '--json',
    );
    expect(exit).toBe(1);
    const { changes, counts, conclusions } = JSON.parse(stdout);
    expect(changes).toHaveLength(1);
    expect(counts.map(({ population }: { population: string }) => population.split('/').at(-1))).toEqual([
      'CD24hiCD38hi',
    ]);
    expect(counts[0]).toMatchObject({ changed: 16, tubes: 16, onlyBefore: 0, onlyAfter: 0 });
    expect(counts[0].medianPercent).toBeLessThan(-20);
    expect(conclusions).toHaveLength(6);
    expect(conclusions[1]).toMatchObject({ isOther: false, before: conclusions[1].after });
  });
});

describe('test', () => {
  test('F1 of every drawn population, and the expectations of the file beside the template', {
    timeout: 120_000,
  }, async () => {
    writeFileSync(at('small.yaml'), small);
    writeFileSync(
      at('small.test.yaml'),
      `cytopair: 1
test: small
cohort: { mode: islands, events: 2000, seed: 3, visits: [BL] }
expect:
  - { population: B, f1: 0.98, in: every }
  - { population: T, of: Lymphocytes, between: [50, 95] }
  - { population: T, of: Lymphocytes, within: 5 }
  - { population: Bright, truth: B, f1: 0.99 }
`,
    );
    const { exit, stdout, stderr } = await here('test', 'small.yaml', '--threads', '0');
    expect(stdout).toContain('8 drawn tubes of 2000 events (islands, seed 3, BL)');
    expect(stdout).toMatch(/ {8}B +(?:1\.000|0\.99\d) +\d\.\d{3} +P0\d_BL +8 of 8/);
    expect(stdout.match(/^met /gm)).toHaveLength(3);
    expect(stdout).toMatch(/^NOT MET +\S+\/Bright +F1 at least 0\.99 +median +0\.\d+ +P0\d_BL +small\.test\.yaml:8$/m);
    expect([exit, stderr]).toEqual([1, expect.stringContaining('1 of ')]);
  });

  test('a file of expectations that is wrong is told at its places, before anything is drawn', async () => {
    writeFileSync(at('small.yaml'), small);
    writeFileSync(
      at('wrong.yaml'),
      `cytopair: 1
test: small
cohort: { mode: island, events: 10 }
expect:
  - { population: Bee, f1: 0.98 }
  - { population: B, f1: 1.5 }
  - { population: B, of: Lymphocytes, between: [9, 2] }
  - { population: Bright, f1: 0.9 }
  - { population: B, share: 3 }
colour: red
`,
    );
    const { exit, stdout, stderr } = await here('test', 'small.yaml', '--expect', 'wrong.yaml');
    expect([exit, stdout]).toEqual([2, '']);
    await expect(stderr).toMatchFileSnapshot('../messages/wrong-expectations.txt');
  });
});

test('the drawn trial is part of the package: in a chunk of the built command', () => {
  const root = join(import.meta.dirname, '..', '..');
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).toContain('dist/src/chunks');
  const chunks = readdirSync(join(root, 'dist/src/chunks')).filter((name) => name.endsWith('.js'));
  const texts = chunks.map((name) => readFileSync(join(root, 'dist/src/chunks', name), 'utf8'));
  expect(texts.some((text) => text.includes('function planCohort('))).toBe(true);
});
