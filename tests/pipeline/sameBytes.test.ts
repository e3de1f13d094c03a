import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyOfTinyStudy,
  cytopair,
  cytopairProcess,
  type Ended,
  ownFolder,
  textsIn,
  tinyStudy,
} from '../cli/cytopair.ts';

const repositoryTemplates = join(import.meta.dirname, '..', '..', 'gating-templates');
const tinyTube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
const folder = ownFolder();
const at = (name: string) => join(folder.path, name);
const text = (run: string, file: string) => readFileSync(join(at(run), file), 'utf8');

/** The rows of a CSV as objects. */
function rows(table: string): Record<string, string>[] {
  return parse<Record<string, string>>(table, { columns: true });
}

function runRecord(run: string): Record<string, unknown> {
  const { environment: _environment, timing: _timing, ...rest } = JSON.parse(text(run, 'run.json'));
  return rest;
}

const words = (study: string, out: string, threads: string) =>
  ['run', study, '--threads', threads, '--out', at(out), '--membership', '--quiet'] as const;

async function run(study: string, out: string): Promise<void> {
  finished(await cytopair(words(study, out, '0')));
}

/** In a process of its own, with threads. */
async function runApart(study: string, out: string, threads: string, env: Record<string, string> = {}): Promise<void> {
  finished(await cytopairProcess(words(study, out, threads), { env }));
}

function finished({ exit, stderr }: Ended): void {
  if (exit !== 0) throw new Error(`run ended with ${exit}: ${stderr}`);
}

beforeAll(async () => {
  const shuffled = copyOfTinyStudy(at('shuffled-study'));
  const sheet = readFileSync(join(tinyStudy, 'sheet.csv'), 'utf8').trimEnd().split('\n');
  const [header = '', ...lines] = sheet;
  writeFileSync(join(at('shuffled-study'), 'sheet.csv'), `${[header, ...lines.reverse()].join('\n')}\n`);
  const exchanged = copyOfTinyStudy(at('exchanged-study'));
  const visits: Record<string, string> = { ',BL,': ',M1,', ',M1,': ',BL,' };
  const swapped = lines.map((line) => line.replace(/,(BL|M1),/, (found) => visits[found] ?? found));
  writeFileSync(join(at('exchanged-study'), 'sheet.csv'), `${[header, ...swapped].join('\n')}\n`);
  const study = join(tinyStudy, 'study.yaml');
  await Promise.all([run(study, 'inline'), runApart(study, 'threads', '2')]);
  const abroad = { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };
  await Promise.all([runApart(shuffled, 'shuffled', '1', abroad), run(exchanged, 'exchanged')]);
});
afterAll(() => folder.remove());

describe('the same study', () => {
  it('gives the same bytes inline and on two threads, membership and report included', () => {
    const [inline, threads] = [textsIn(at('inline')), textsIn(at('threads'))];
    expect([...threads.keys()]).toEqual([...inline.keys()]);
    expect(inline.size).toBeGreaterThanOrEqual(11 + 16);
    for (const [path, content] of inline) {
      if (path !== 'run.json') expect(threads.get(path) === content, path).toBe(true);
    }
    expect(runRecord('threads')).toEqual(runRecord('inline'));
  });

  it('gives the same bytes with a shuffled sheet in another time zone and locale; only frequencies.csv is reordered', () => {
    const [inline, shuffled] = [textsIn(at('inline')), textsIn(at('shuffled'))];
    expect([...shuffled.keys()]).toEqual([...inline.keys()]);
    for (const [path, content] of inline) {
      if (['run.json', 'frequencies.csv', 'report.html'].includes(path)) continue;
      expect(shuffled.get(path) === content, path).toBe(true);
    }
    const sorted = (table = '') => table.split('\n').sort();
    expect(sorted(shuffled.get('frequencies.csv'))).toEqual(sorted(inline.get('frequencies.csv')));
  });

  it('has a report and a record that differ in the hash of the sheet, and what follows from it, alone', () => {
    const hashes = (run: string) => {
      const record = runRecord(run);
      const files = [record.inputs, record.outputs].flat() as { path: string; sha256: string }[];
      return files
        .filter((file) => /^(sheet|frequencies)\.csv$|report\.html/.test(file.path))
        .map((file) => file.sha256);
    };
    const without = (run: string, content: string) =>
      hashes(run).reduce((left, hash) => left.replaceAll(hash, '…'), content);
    const record = (run: string) => without(run, JSON.stringify(runRecord(run)).replaceAll(/"line":\d+/g, '"line":0'));
    expect(record('shuffled')).toEqual(record('inline'));
    const report = (run: string) => without(run, text(run, 'report.html'));
    expect(report('shuffled') === report('inline')).toBe(true);
  });
});

describe('exchanging BL and M1 of all patients', () => {
  it('moves no gate: placements.json is the same bytes', () => {
    expect(text('exchanged', 'placements.json') === text('inline', 'placements.json')).toBe(true);
  });

  it('turns the sign of every change and keeps its p', () => {
    const changes = (run: string) =>
      rows(text(run, 'comparisons.csv')).filter((row) => row.analysis === 'primary' && row.family === 'regulatory');
    const [before, after] = [changes('inline'), changes('exchanged')];
    expect(before).toHaveLength(2);
    before.forEach((row, i) => {
      expect(Number(after[i]?.estimate)).toBeCloseTo(-Number(row.estimate), 9);
      expect(after[i]?.p).toBe(row.p);
    });
  });
});

describe('analyzing the frequencies of a run', () => {
  it('gives the comparisons, pairs and visits of that run, byte for byte', async () => {
    const study = join(tinyStudy, 'study.yaml');
    const table = join(at('inline'), 'frequencies.csv');
    const ended = await cytopair(['analyze', table, '--study', study, '--out', at('analyzed')]);
    expect(ended.exit).toBe(0);
    for (const file of ['comparisons.csv', 'pairs.csv', 'visits.csv', 'ridge_effects.csv', 'table_one.csv']) {
      expect(text('analyzed', file) === text('inline', file), file).toBe(true);
    }
    // Among them what rests on draws.csv, ridge.csv and placements.json, which lie beside the table.
    const drawn = rows(text('inline', 'comparisons.csv')).filter((row) => row.gate_draws !== '');
    const twice = (endpoints: number) => Array.from({ length: endpoints }, () => ['primary', 'draws']).flat();
    expect(drawn.map((row) => row.analysis)).toEqual(twice(6));
    expect(drawn.every((row) => row.gate_draws === '50' && row.gate_est_low !== '')).toBe(true);
    expect(drawn[0]?.tipping_point).not.toBe('');
    // What the gate and the cells moved rests on crossed.csv.
    expect(rows(text('analyzed', 'pairs.csv')).some((row) => row.cells_moved !== '')).toBe(true);
  });
});

describe('analyzing a table of frequencies that was moved away from its run', () => {
  it('gives the same comparisons but for what only draws and ridge can tell', async () => {
    mkdirSync(at('moved'));
    writeFileSync(join(at('moved'), 'frequencies.csv'), text('inline', 'frequencies.csv'));
    const args = [join(at('moved'), 'frequencies.csv'), '--study', join(tinyStudy, 'study.yaml')];
    expect((await cytopair(['analyze', ...args, '--out', at('alone')])).exit).toBe(0);
    const beyondDraws = (table: string) =>
      rows(table)
        .filter((row) => row.analysis !== 'draws')
        .map((row) => Object.entries(row).filter(([name]) => !/^gate_|^tipping_point$/.test(name)));
    expect(beyondDraws(text('alone', 'comparisons.csv'))).toEqual(beyondDraws(text('inline', 'comparisons.csv')));
    expect(readdirSync(at('alone'))).not.toContain('ridge_effects.csv');
  });

  it('finds the books of a study of several panels, one a panel', async () => {
    mkdirSync(at('panels'));
    for (const file of ['frequencies.csv', 'ridge.csv', 'draws.csv']) {
      writeFileSync(join(at('panels'), file), text('inline', file));
    }
    writeFileSync(join(at('panels'), 'placements-b.json'), text('inline', 'placements.json'));
    const args = [join(at('panels'), 'frequencies.csv'), '--study', join(tinyStudy, 'study.yaml')];
    expect((await cytopair(['analyze', ...args, '--out', at('by-panel')])).exit).toBe(0);
    expect(text('by-panel', 'ridge_effects.csv')).toBe(text('inline', 'ridge_effects.csv'));
  });
});

describe('the draws of a run', () => {
  const key = (row: Record<string, string>) => `${row.sample_id} ${row.population}`;

  it('hold for every endpoint the book’s own count as draw 0, and as many draws as planned', () => {
    const draws = rows(text('inline', 'draws.csv'));
    const frequencies = new Map(rows(text('inline', 'frequencies.csv')).map((row) => [key(row), row]));
    const own = draws.filter((row) => row.draw === '0');
    // Two subsets of B and four lineages in sixteen tubes.
    expect(own).toHaveLength(6 * 16);
    expect(draws).toHaveLength(own.length * 51);
    for (const row of own) {
      const { count, parent_count, n_B, n_Lymphocytes, n_Leukocytes } = frequencies.get(key(row)) ?? {};
      expect(row).toEqual({ ...row, count, parent_count, n_B, n_Lymphocytes, n_Leukocytes });
    }
    const ownCount = new Map(own.map((row) => [key(row), row.count]));
    expect(draws.some((row) => row.count !== ownCount.get(key(row)))).toBe(true);
  });

  it('stand beside a ridge that holds all events of its parent, and intensities of every subset', () => {
    const ridge = rows(text('inline', 'ridge.csv')).filter((row) => row.sample_id === 'P02_M1');
    const sum = ridge.reduce((total, row) => total + Number(row.count), 0);
    const b = rows(text('inline', 'frequencies.csv')).find(
      (row) => row.sample_id === 'P02_M1' && row.population?.endsWith('/B'),
    );
    expect(sum).toBe(Number(b?.count));
    const intensities = rows(text('inline', 'intensities.csv')).filter((row) => row.sample_id === 'P02_M1');
    expect(intensities).toHaveLength(8 * 3);
    expect(intensities[0]).toMatchObject({ population: b?.population, marker: 'CD19', n: b?.count });
  });

  it('stand beside pairs whose split sums to their difference', () => {
    const pairs = rows(text('inline', 'pairs.csv'));
    expect(pairs.length).toBeGreaterThan(0);
    for (const row of pairs) {
      expect(Number(row.cells_moved) + Number(row.gate_moved)).toBeCloseTo(Number(row.diff_points), 7);
      expect(row.cells_moved).not.toBe('');
    }
    expect(pairs.some((row) => Number(row.gate_moved) !== 0)).toBe(true);
  });

  it('are not written where nobody compares visits', async () => {
    const ended = await cytopair([
      'gate',
      '--template',
      join(repositoryTemplates, 'b-regulatory.yaml'),
      tinyTube,
      '--out',
      at('gated'),
    ]);
    expect(ended.exit).toBe(0);
    expect([...textsIn(at('gated')).keys()].filter((path) => /draws|ridge|intensities/.test(path))).toEqual([]);
  });
});

describe('analyzing into the folder of a run', () => {
  it('leaves the table that it reads, and the placements of that run', async () => {
    const study = copyOfTinyStudy(at('own-study'), 2);
    await run(study, 'both');
    const before = textsIn(at('both'));
    const table = join(at('both'), 'frequencies.csv');
    const ended = await cytopair(['analyze', table, '--study', study, '--out', at('both'), '--quiet']);
    expect(ended.exit, ended.stderr).toBe(0);
    for (const file of ['frequencies.csv', 'placements.json', 'comparisons.csv', 'membership/P01_BL.csv']) {
      expect(text('both', file) === before.get(file), file).toBe(true);
    }
  });
});

describe('the files of a run', () => {
  it('hold a row for every tube and population, in the order of the sheet and of the tree', () => {
    const table = rows(text('inline', 'frequencies.csv'));
    const samples = rows(readFileSync(join(tinyStudy, 'sheet.csv'), 'utf8')).map((row) => row.sample_id);
    expect([...new Set(table.map((row) => row.sample_id))]).toEqual(samples);
    const tree = table.filter((row) => row.sample_id === 'P01_BL').map((row) => row.population);
    expect(tree[0]).toBe('root');
    expect(tree[1]).toBe('Singlets');
    expect(table).toHaveLength(samples.length * tree.length);
  });

  it('agree: the sums of membership columns are the counts', () => {
    const counts = rows(text('inline', 'frequencies.csv')).filter((row) => row.sample_id === 'P03_M1');
    const [header = '', ...lines] = text('inline', 'membership/P03_M1.csv').trimEnd().split('\n');
    const paths = header.split(',');
    expect(lines).toHaveLength(4000);
    const sums = paths.map((_, column) => lines.filter((line) => line.charAt(2 * column) === '1').length);
    expect(Object.fromEntries(paths.map((path, i) => [path, String(sums[i])]))).toEqual(
      Object.fromEntries(counts.slice(1).map((row) => [row.population, row.count])),
    );
  });

  it('are listed in run.json with their hashes, and no file names an absolute path', async () => {
    const { createHash } = await import('node:crypto');
    const record = JSON.parse(text('inline', 'run.json'));
    expect(record.outputs.map((one: { path: string }) => one.path)).toEqual(
      [...textsIn(at('inline')).keys()].filter((path) => path !== 'run.json'),
    );
    for (const { path, sha256 } of record.outputs) {
      expect(createHash('sha256').update(text('inline', path)).digest('hex'), path).toBe(sha256);
    }
    for (const [path, content] of textsIn(at('inline'))) expect(content.includes(tinyStudy), path).toBe(false);
  });
});
