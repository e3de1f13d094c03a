import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { commandTable } from '../../src/cli/shell/commandTable.ts';
import { manPage } from '../../src/cli/shell/manPage.ts';
import { copyOfTinyStudy, cytopair, cytopairProcess, type Ended, ownFolder, textsIn } from './cytopair.ts';

const folder = ownFolder();
afterAll(() => folder.remove());
const root = join(import.meta.dirname, '..', '..');

describe('a run at the terminal', () => {
  let study = '';
  let wide: Ended;
  const narrow: Ended[] = [];

  beforeAll(async () => {
    study = copyOfTinyStudy(folder.path, 4);
    const words = ['run', study, '--threads', '0', '--out', 'out'];
    wide = await cytopair(words, { cwd: folder.path });
    for (const COLUMNS of ['80', '120']) {
      narrow.push(await cytopairProcess([...words, '--quiet'], { cwd: folder.path, env: { COLUMNS } }));
    }
  }, 240_000);

  it('ends with the answer of each endpoint in a sentence and with where the report is', () => {
    const lines = wide.stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('report: out/report.html');
    const table = readFileSync(join(folder.path, 'out', 'comparisons.csv'), 'utf8');
    const sentences = wide.stdout
      .slice(wide.stdout.lastIndexOf('\n\n', wide.stdout.indexOf('report: ') - 3))
      .split('\n');
    expect(sentences.filter((line) => /\.$/.test(line)).length).toBeGreaterThan(0);
    for (const line of sentences.filter((one) => /\.$/.test(one))) expect(table).toContain(line.trim());
  });

  it('tells every step, those over all tubes too', () => {
    const steps = [
      ...new Set(
        wide.stderr.split('\n').flatMap((line) => /^(look|survey|place|count|compare|report)\b/.exec(line)?.[1] ?? []),
      ),
    ];
    expect(steps).toEqual(['look', 'survey', 'place', 'count', 'compare', 'report']);
  });

  it.each([
    [0, 80],
    [1, 120],
  ])('at %i: %i columns no line is longer, and no number or word is split', (run, columns) => {
    const text = narrow[run]?.stdout ?? '';
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
    const words = (all: string): string[] => all.split(/\s+/).filter((word) => word !== '');
    expect(words(text)).toEqual(words(wide.stdout));
    for (const line of text.split('\n')) expect(line).not.toMatch(/(?:=|<| \d+(?:\.\d+)? of)$|^\s*%/);
  });

  it('refuses the folder of another study, and leaves what is there', async () => {
    const before = readFileSync(join(folder.path, 'out', 'run.json'), 'utf8');
    const other = study.replace(/study\.yaml$/, 'other.yaml');
    writeFileSync(other, readFileSync(study, 'utf8').replace(/^study: .*$/m, 'study: another-one'));
    const ended = await cytopair(['run', other, '--threads', '0', '--quiet', '--out', 'out'], { cwd: folder.path });
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/error output\.other-study: .*"another-one"/);
    expect(readFileSync(join(folder.path, 'out', 'run.json'), 'utf8')).toBe(before);
    // An interrupted run has no record yet: its log names the study.
    rmSync(join(folder.path, 'out', 'run.json'));
    const again = await cytopair(['run', other, '--threads', '0', '--quiet', '--out', 'out'], { cwd: folder.path });
    expect(again.stderr).toContain('output.other-study');
    writeFileSync(join(folder.path, 'out', 'run.json'), before);
  });

  it('gate does not write into the folder of a study, nor a study into that of gate', async () => {
    const tube = join(dirname(study), 'fcs', 'P01_BL.fcs');
    const gate = ['gate', tube, '--template', 'shipped:lineages', '--threads', '0', '--quiet', '--out'];
    const before = textsIn(join(folder.path, 'out'));
    const refused = await cytopair([...gate, 'out'], { cwd: folder.path });
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toMatch(
      /output\.other-study: the output folder holds results of the study ".*", and this is tubes by themselves/,
    );
    expect(textsIn(join(folder.path, 'out'))).toEqual(before);
    expect((await cytopair([...gate, 'gated'], { cwd: folder.path })).exit).toBe(0);
    const other = await cytopair(['run', study, '--threads', '0', '--quiet', '--out', 'gated'], { cwd: folder.path });
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining('output.other-study')]);
  });

  it('keeps in .cytopair only its tasks, which a second run takes up', async () => {
    const state = join(folder.path, 'out', '.cytopair');
    expect(readdirSync(state)).toEqual(['tasks']);
    // Looked at, surveyed, counted: three a tube; and where their gates lie.
    const tubes = JSON.parse(readFileSync(join(folder.path, 'out', 'run.json'), 'utf8')).tubes.length;
    expect(readdirSync(join(state, 'tasks'))).toHaveLength(3 * tubes + 1);
  });

  it('its report has every cut of every population on some plot', () => {
    const page = readFileSync(join(folder.path, 'out', 'report.html'), 'utf8');
    const [, json = ''] = /id="gate-data">(.*?)<\/script>/s.exec(page) ?? [];
    const { gates } = JSON.parse(json);
    const book = JSON.parse(readFileSync(join(folder.path, 'out', 'placements.json'), 'utf8'));
    expect(gates).toHaveLength(book.gates.length);
    for (const gate of book.gates) {
      const entry = gates.find((one: { path: string }) => one.path === gate.population);
      const markers = [...JSON.stringify(gate.tubes[0].geometry).matchAll(/"marker":"([^"]+)"/g)].map(
        ([, marker]) => marker,
      );
      expect(markers.length, gate.population).toBeGreaterThan(0);
      for (const marker of markers) expect(entry.steps.join(' '), gate.population).toContain(marker);
      for (const row of entry.rows) expect(row.plots.length, gate.population).toBe(entry.steps.length);
    }
  });

  it('check shows one row for all tubes of one layout, and its verdict last', async () => {
    const { stdout } = await cytopair(['check', study]);
    const rows = stdout.split('\n').filter((line) => /^\d+ tubes, /.test(line));
    expect(rows).toHaveLength(1);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/\(study\): nothing stands in the way$/);
  });
});

describe('completion and manual', () => {
  const table = commandTable(program(() => {}, ''));
  const names = table.flatMap(({ words }) => words.slice(-1));

  it.each(['bash', 'zsh', 'fish'])('%s knows every command and every option', async (shell) => {
    const { stdout, exit } = await cytopair(['completion', shell]);
    expect(exit).toBe(0);
    for (const name of names) expect(stdout).toContain(name);
    for (const { long } of table.flatMap(({ options }) => options))
      expect(stdout).toContain(shell === 'fish' ? `-l ${long.slice(2)}` : long);
  });

  it('bash completes a command, an option of that command, and the choices of an option', async () => {
    const { stdout } = await cytopair(['completion', 'bash']);
    const answer = (words: readonly string[]): string => {
      const asked = words.map((word) => `'${word}'`).join(' ');
      const script = `${stdout}\nCOMP_WORDS=(${asked}); COMP_CWORD=${words.length - 1}; _cytopair; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim();
    };
    expect(answer(['cytopair', 'ana'])).toBe('analyze');
    expect(answer(['cytopair', 'run', '--thr'])).toBe('--threads');
    expect(answer(['cytopair', 'export', '--as', ''])).toBe('fcs csv parquet');
    expect(answer(['cytopair', 'template', 'sh'])).toBe('show');
  });

  it('another shell is refused with those that are known', async () => {
    const { exit, stderr } = await cytopair(['completion', 'tcsh']);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/bash, zsh, fish/);
  });

  it('the manual names every command with its options, and is the file that the package brings', () => {
    const page = manPage(table);
    expect(readFileSync(join(root, 'man', 'cytopair.1'), 'utf8')).toBe(page);
    for (const { words } of table.slice(1))
      expect(page).toContain(`.SS cytopair ${words.join(' ')}`.replaceAll('-', '\\-'));
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).man).toBe('./man/cytopair.1');
  });

  it.skipIf(!existsSync('/usr/bin/man'))('man itself reads it without a warning', () => {
    const { status, stderr } = spawnSync('man', ['--warnings', '-l', join(root, 'man', 'cytopair.1')], {
      encoding: 'utf8',
      env: { ...process.env, MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
