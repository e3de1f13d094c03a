import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFcs } from '../../src/fcs/tools.ts';
import { withoutFolders } from '../../src/problems/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from './cytopair.ts';

let folder = ownFolder();
let elsewhere = ownFolder();
beforeEach(() => {
  folder = ownFolder();
  elsewhere = ownFolder();
});
afterEach(() => {
  folder.remove();
  elsewhere.remove();
});

const at = (...names: string[]) => join(folder.path, ...names);
const dyes = ['BV421', 'BV510', 'BV605', 'BV650', 'BV711', 'BV786', 'FITC', 'PerCP-Cy5-5', 'PE', 'PE-CF594'];

/** A matrix that fits the small study badly, so that every tube has something to say of it. */
function matrixCsv(): string {
  const names = dyes.map((dye) => `${dye}-A`);
  const rows = names.map((name, i) =>
    [name, ...names.map((_, j) => (i === j ? 1 : 0.3 / (1 + Math.abs(i - j))))].join(','),
  );
  return `${[`,${names.join(',')}`, ...rows].join('\n')}\n`;
}

/** Everything that a run wrote, the log and the resumable state with it. */
function writtenIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

describe('the folders of the machine are in no message and in no output', () => {
  test('of a study in which everything is named absolutely', async () => {
    const study = copyOfTinyStudy(folder.path, 2);
    writeFileSync(at('matrix.csv'), matrixCsv());
    const own = `cytopair: 1\ntemplate: own\nversion: 1.0.0\nextends: shipped:b-regulatory\ncompensation: ${at('matrix.csv')}\n`;
    writeFileSync(at('own.yaml'), own);
    writeFileSync(at('fcs', 'P02_M1.fcs'), 'no such thing');
    const text = readFileSync(study, 'utf8')
      .replace('data: fcs', `data: ${at('fcs')}`)
      .replace('sheet: sheet.csv', `sheet: ${at('sheet.csv')}`)
      .replace('template: shipped:b-regulatory', `template: ${at('own.yaml')}`);
    writeFileSync(study, text);
    const rows = readFileSync(at('sheet.csv'), 'utf8').replace('P01_M1.fcs', at('fcs', 'P01_M1.fcs'));
    writeFileSync(at('sheet.csv'), rows);
    const out = join(elsewhere.path, 'results');
    const ended = await cytopair(['run', study, '--out', out, '--threads', '0'], { cwd: elsewhere.path });
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toContain('fcs.not-fcs');
    const all = [ended.stdout, ended.stderr, ...writtenIn(out)];
    expect(all.length).toBeGreaterThan(8);
    for (const root of [folder.path, elsewhere.path, tmpdir()]) {
      expect(all.filter((one) => one.includes(`${root}/`))).toEqual([]);
    }
    const checked = await cytopair(['check', study, at('own.yaml'), '--json'], { cwd: elsewhere.path });
    const shown = await cytopair(['template', 'show', at('own.yaml')], { cwd: elsewhere.path });
    expect(`${checked.stdout}${checked.stderr}${shown.stdout}${shown.stderr}`).not.toContain(`${tmpdir()}/`);
  });

  test('where what is named is not there, or cannot be read', async () => {
    const study = copyOfTinyStudy(folder.path, 1);
    const faults: Record<string, (text: string) => string> = {
      'a template': (text) => text.replace('shipped:b-regulatory', at('gone.yaml')),
      'a sheet': (text) => text.replace('sheet: sheet.csv', `sheet: ${at('gone.csv')}`),
      'a data root': (text) => text.replace('data: fcs', `data: ${at('gone')}`),
      'a base': (text) => text.replace('shipped:b-regulatory', at('extends.yaml')),
      'a matrix': (text) => text.replace('shipped:b-regulatory', at('matrix.yaml')),
      'a broken matrix': (text) => text.replace('shipped:b-regulatory', at('broken.yaml')),
      'a file': (text) => text.replace('sheet: sheet.csv', 'sheet: absolute.csv'),
    };
    const top = 'cytopair: 1\ntemplate: own\nversion: 1.0.0\n';
    writeFileSync(at('extends.yaml'), `${top}extends: ${at('gone.yaml')}\n`);
    writeFileSync(at('matrix.yaml'), `${top}extends: shipped:b-regulatory\ncompensation: ${at('gone.csv')}\n`);
    writeFileSync(at('broken.yaml'), `${top}extends: shipped:b-regulatory\ncompensation: ${at('broken.csv')}\n`);
    writeFileSync(at('broken.csv'), 'a,b\n1,"x\n0');
    writeFileSync(
      at('absolute.csv'),
      `sample_id,file,subject,visit\na,${at('gone.fcs')},P1,BL\nb,${at('fcs')},P1,M1\n`,
    );
    const sound = readFileSync(study, 'utf8');
    for (const [what, fault] of Object.entries(faults)) {
      writeFileSync(study, fault(sound));
      // The matrix is opened with the tubes.
      const run = ['run', study, '--out', join(elsewhere.path, 'o'), '--threads', '0'];
      const ended = await cytopair(what === 'a broken matrix' ? run : ['check', study], { cwd: elsewhere.path });
      expect(ended.exit, what).not.toBe(0);
      expect(ended.stderr, what).toContain('error');
      expect(`${ended.stdout}${ended.stderr}`, what).not.toContain(`${tmpdir()}/`);
    }
  });

  test('of commands on files', async () => {
    mkdirSync(at('folder.fcs'));
    const commands = [
      ['inspect', at('folder.fcs')],
      ['inspect', at('gone.fcs')],
      ['gate', '--template', 'shipped:lineages', at('gone.fcs'), '--out', at('out')],
      ['gate', '--template', at('gone.yaml'), at('folder.fcs'), '--out', at('folder.fcs')],
      ['analyze', at('gone.csv'), '--study', at('gone.yaml'), '--out', at('out')],
      ['agree', at('gone.csv'), at('gone2.csv')],
      ['deidentify', at('gone.fcs'), '--out', at('out')],
      ['export', at('gone.fcs'), '--template', 'shipped:lineages', '--population', 'nobody'],
      ['init', at('gone')],
    ];
    for (const command of commands) {
      const ended = await cytopair(command, { cwd: elsewhere.path });
      expect(ended.exit, command.join(' ')).not.toBe(0);
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(`${tmpdir()}/`);
    }
  });

  test('words of the system keep what is no path', () => {
    expect(withoutFolders("ENOENT: no such file or directory, open '/home/hans mueller/a b.fcs'")).toBe(
      "ENOENT: no such file or directory, open 'a b.fcs'",
    );
    expect(withoutFolders('at file:///home/hans/x.js:3:1')).toBe('at x.js:3:1');
    expect(withoutFolders('cannot open C:\\Users\\hans\\x.fcs')).toBe('cannot open x.fcs');
    expect(withoutFolders('FSC 488/10-A, cells/µL, 1 / 2')).toBe('FSC 488/10-A, cells/µL, 1 / 2');
  });
});

test('what nobody sees in names of channels and machines is shown as an escape', async () => {
  const unseen = 'CD3\u0007\u001b[31m\u202e\u200b';
  const parameters = [
    { name: 'FSC-A', range: 1024 },
    { name: 'PE-A\u2066', stain: unseen, range: 1024 },
  ];
  const columns = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
  writeFileSync(at('a.fcs'), writeFcs({ parameters, columns, eventCount: 2, keywords: { $CYT: 'Canto\u009b\u202d' } }));
  writeFileSync(at('b\u202egp.fcs'), readFileSync(at('a.fcs')));
  const one = await cytopair(['inspect', 'a.fcs'], { cwd: folder.path });
  expect(one.stdout).toContain('CD3\\u0007\\u001b[31m\\u202e\\u200b');
  expect(one.stdout).toContain('PE-A\\u2066');
  expect(one.stdout).toContain('Canto\\u009b\\u202d');
  const json = await cytopair(['inspect', 'a.fcs', '--json'], { cwd: folder.path });
  expect(JSON.stringify(JSON.parse(json.stdout))).toContain(JSON.stringify(unseen).slice(1, -1));
  const both = await cytopair(['inspect', 'a.fcs', 'b\u202egp.fcs'], { cwd: folder.path });
  expect(both.stdout).toContain('b\\u202egp.fcs');
  const gated = await cytopair(['gate', '--template', 'shipped:lineages', 'a.fcs', 'b\u202egp.fcs', '--out', 'out'], {
    cwd: folder.path,
  });
  const report = readFileSync(at('out', 'report.html'), 'utf8');
  for (const text of [one, json, both, gated].flatMap(({ stdout, stderr }) => [stdout, stderr]).concat(report)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
  }
  expect(report).toContain('b\\u202egp.fcs');
});

test('a decomposed name of a Mac is found under its composed one by every command, and init writes composed ones', async () => {
  const [composed, decomposed] = ['B\u00e4rbel_BL.fcs', 'Ba\u0308rbel_BL.fcs'];
  copyOfTinyStudy(folder.path, 1);
  mkdirSync(at('Pra\u0308parate'));
  writeFileSync(at('Pra\u0308parate', decomposed), readFileSync(at('fcs', 'P01_BL.fcs')));
  writeFileSync(at('Pra\u0308parate', 'Ba\u0308rbel_M1.fcs'), readFileSync(at('fcs', 'P01_M1.fcs')));
  const typed = join('Pr\u00e4parate', composed);
  const commands = [
    ['inspect', typed],
    ['gate', '--template', 'shipped:lineages', typed, '--out', 'out', '--threads', '0'],
    ['export', typed, '--template', 'shipped:lineages', '--population', 'Lymphocytes', '--out', 'x.csv'],
    ['deidentify', typed, '--out', 'away'],
    ['init', 'Pr\u00e4parate', '--out', 'drafted'],
  ];
  for (const command of commands) {
    const ended = await cytopair(command, { cwd: folder.path });
    expect(ended.exit, `${command[0]}: ${ended.stderr}`).toBe(0);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('\u0308');
  }
  const [, row] = readFileSync(at('drafted', 'sheet.csv'), 'utf8').split('\n');
  expect(row).toContain(`,${composed},`);
  expect(readFileSync(at('out', 'run.json'), 'utf8')).toContain(`Pr\u00e4parate/${composed}`);
});

test('with names hidden no output and no message holds what a file is called', async () => {
  const study = copyOfTinyStudy(folder.path, 2);
  mkdirSync(at('fcs', 'Mueller_Hans_1950'));
  writeFileSync(at('fcs', 'Mueller_Hans_1950', 'a.fcs'), readFileSync(at('fcs', 'P01_BL.fcs')));
  writeFileSync(at('fcs', 'Mueller_Hans_1950', 'b.fcs'), 'no such thing');
  const rows = readFileSync(at('sheet.csv'), 'utf8');
  const named = rows.replace('P01_BL.fcs', 'Mueller_Hans_1950/a.fcs').replace('P01_M1.fcs', 'Mueller_Hans_1950/b.fcs');
  writeFileSync(at('sheet.csv'), named);
  const warned = await cytopair(['check', study], { cwd: folder.path });
  expect(warned.stderr.match(/sheet\.identifying-name/g)).toHaveLength(1);
  writeFileSync(study, `${readFileSync(study, 'utf8')}names: hidden\n`);
  const ended = await cytopair(['run', study, '--out', 'out', '--threads', '0'], { cwd: folder.path });
  expect(ended.exit).toBe(3);
  expect(ended.stderr).toContain('<P01_M1>');
  const all = [ended.stdout, ended.stderr, ...writtenIn(at('out'))];
  expect(all.filter((one) => /Mueller|Hans_/.test(one))).toEqual([]);
  expect(readFileSync(at('out', 'run.json'), 'utf8')).toContain('"<P01_BL>"');
});
