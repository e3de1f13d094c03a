import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyOfTinyStudy, cytopair, cytopairProcess, ownFolder, textsIn, tinyStudy } from '../cli/cytopair.ts';

let folder = ownFolder();
let study = '';
beforeEach(() => {
  folder = ownFolder();
  // Four patients: enough for every kind of trouble.
  study = copyOfTinyStudy(folder.path, 4);
});
afterEach(() => folder.remove());

const at = (...names: string[]) => join(folder.path, ...names);
const run = (...more: string[]) =>
  cytopair(['run', 'study.yaml', '--out', 'out', '--quiet', ...more], { cwd: folder.path });
const logOf = (run: string) =>
  readFileSync(at(run, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const edit = (name: string, change: (text: string) => string) =>
  writeFileSync(at(name), change(readFileSync(at(name), 'utf8')));

describe('a finished study', () => {
  it('that is run again reads, places and counts nothing, and gives the same bytes; another seed places anew', async () => {
    expect((await run('--threads', '0')).exit).toBe(0);
    const tables = () => [...textsIn(at('out'))].filter(([name]) => name !== 'run.json');
    const before = tables();
    const first = logOf('out').length;
    expect((await run('--threads', '0')).exit).toBe(0);
    expect(tables()).toEqual(before);
    const steps = logOf('out')
      .slice(first)
      .filter(({ event }) => ['looked_at', 'surveyed', 'placed', 'counted'].includes(event));
    expect(steps).toHaveLength(3 * 8 + 1);
    for (const step of steps) expect(step).toMatchObject({ kept: true });
    edit('study.yaml', (text) => text.replace(/^seed: .*$/m, 'seed: 77'));
    await run('--threads', '0');
    expect(logOf('out').findLast(({ event }) => event === 'placed')).not.toHaveProperty('kept');
  });
});

describe('a study with bad files', () => {
  it('loses these tubes alone, names each, takes them into no pool, and is made whole by a repaired file', async () => {
    const whole = readFileSync(at('fcs', 'P03_M1.fcs'));
    writeFileSync(at('fcs', 'P03_M1.fcs'), whole.subarray(0, 100_000));
    writeFileSync(at('fcs', 'P04_BL.fcs'), 'sample;value\nP04;1\n');
    const ended = await run('--threads', '0');
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toMatch(/fcs\/P03_M1\.fcs@100000: error fcs\.data-truncated: .+\(.+\)/);
    expect(ended.stderr).toMatch(/fcs\/P04_BL\.fcs@0: error fcs\.not-fcs: .+\(.+\)/);
    expect(ended.stderr).toMatch(/\ncytopair: 6 of 8 tubes done, 2 failed, \d+ warnings -> out\n$/);
    const record = JSON.parse(readFileSync(at('out', 'run.json'), 'utf8'));
    expect(record.result).toEqual({ exit: 3, tubes: 8, ok: 6, failed: 2, excluded: 0 });
    const lines = readFileSync(at('out', 'frequencies.csv'), 'utf8').split('\n');
    const failed = lines.filter((line) => line.includes(',failed,'));
    expect(new Set(failed.map((line) => line.split(',')[0]))).toEqual(new Set(['P03_M1', 'P04_BL']));
    for (const line of failed) expect(line).toMatch(/,\d+,{3,},failed,$/);
    expect(readFileSync(at('out', 'placements.json'), 'utf8')).not.toContain('P03_M1');
    const pairs = readFileSync(at('out', 'pairs.csv'), 'utf8');
    expect(pairs).toMatch(/^P03,.*FALSE,failed/m);
    const log = logOf('out');
    const failures = log.filter((line) => line.event === 'tube_failed');
    expect(failures).toMatchObject([
      { sample_id: 'P03_M1', step: 'look', codes: ['fcs.data-truncated'] },
      { sample_id: 'P04_BL', step: 'look', codes: ['fcs.not-fcs'] },
    ]);
    expect(log.filter((line) => line.event === 'counted' && line.seconds > 0)).toHaveLength(6);
    expect(log.at(-2)).toMatchObject({ event: 'wrote', path: 'run.json' });
    expect(log.at(-1)).toMatchObject({ event: 'run_ended', exit: 3 });
    expect(record.outputs.map((file: { path: string }) => file.path)).not.toContain('log.jsonl');

    writeFileSync(at('fcs', 'P03_M1.fcs'), whole);
    writeFileSync(at('fcs', 'P04_BL.fcs'), readFileSync(join(tinyStudy, 'fcs', 'P04_BL.fcs')));
    const again = await run('--threads', '0');
    expect(again.exit).toBe(0);
    const fresh = await cytopair(['run', 'study.yaml', '--out', 'fresh', '--quiet', '--threads', '0'], {
      cwd: folder.path,
    });
    expect(fresh.exit).toBe(0);
    const [resumed, anew] = [textsIn(at('out')), textsIn(at('fresh'))];
    for (const [path, content] of anew) if (path !== 'run.json') expect(resumed.get(path) === content, path).toBe(true);
  });

  it('loses a tube without a needed marker alone, and says which markers it has', async () => {
    const stain = Buffer.from(
      readFileSync(at('fcs', 'P02_M1.fcs')).toString('latin1').replace('CD24 PE-Cy7', 'CD10 PE-Cy7'),
      'latin1',
    );
    writeFileSync(at('fcs', 'P02_M1.fcs'), stain);
    const ended = await run('--threads', '0');
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toMatch(/P02_M1.*error template\.\S+: .*"?CD24"?.*CD10/);
    expect(ended.stderr).toMatch(/\ncytopair: 7 of 8 tubes done, 1 failed, \d+ warnings -> out\n$/);
    const lines = readFileSync(at('out', 'frequencies.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const failed = lines.filter((line) => line.includes(',failed,'));
    expect(new Set(failed.map((line) => line.split(',')[0]))).toEqual(new Set(['P02_M1']));
    expect(lines).toHaveLength(8 * failed.length);
  });

  it('that a person excluded keep their numbers and enter no pair; a sheet as a German Excel saves it just works', async () => {
    edit('sheet.csv', (text) => {
      const [header = '', ...rows] = text.trimEnd().split('\n');
      const marked = rows.map((row) => `${row}${row.startsWith('P02_M1,') ? ',ja,clotted' : ',,'},1234_5`);
      return `${[`${header},exclude,exclude_reason,lymphocytes_per_ul`, ...marked].join('\n')}\n`;
    });
    // Semicolons, decimal commas, Windows-1252, CRLF.
    edit('sheet.csv', (text) => text.replaceAll(',', ';').replaceAll('lot-A', 'Röhre').replaceAll('\n', '\r\n'));
    edit('sheet.csv', (text) => text.replaceAll('1234_5', '1234,5'));
    const absolute = 'absolute: { method: dual, count: lymphocytes_per_ul, of: Lymphocytes }\n';
    edit('study.yaml', (text) => `${text}${absolute}`);
    writeFileSync(at('sheet.csv'), Buffer.from(readFileSync(at('sheet.csv'), 'utf8'), 'latin1'));
    const ended = await run('--threads', '0');
    expect(ended.exit).toBe(0);
    const lines = readFileSync(at('out', 'frequencies.csv'), 'utf8').split('\n');
    expect(lines[1]).toContain(',Röhre,');
    expect(lines.find((line) => line.startsWith('P01_BL,') && line.includes('/Lymphocytes,'))).toMatch(/,1234\.5,ok,/);
    const excluded = lines.filter((line) => line.startsWith('P02_M1,'));
    for (const line of excluded) expect(line).toContain(',excluded,');
    expect(excluded[1]).toMatch(/,Singlets,root,1,\d+,4000,\d/);
    expect(readFileSync(at('out', 'pairs.csv'), 'utf8')).toMatch(/^P02,.*FALSE,excluded/m);
  });
});

describe('a study with mistakes', () => {
  it('runs nothing and writes nothing: a sample twice, a visit that is not planned, a file that is not there', async () => {
    edit('sheet.csv', (text) =>
      text
        .replace('P01_M1,P01_M1.fcs', 'P01_BL,P01_M1.fcs')
        .replace(',P02,M1', ',P02,M2')
        .replace('P03_BL.fcs', 'none.fcs'),
    );
    const ended = await run();
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^sheet\.csv:3:1: error sheet\.duplicate-sample: .*P01_BL/m);
    expect(ended.stderr).toMatch(/^sheet\.csv:5:4: error sheet\.\S+: .*"M2"/m);
    expect(ended.stderr).toMatch(/^sheet\.csv:6:2: error \S+: .*none\.fcs/m);
    expect(existsSync(at('out'))).toBe(false);
  });

  it('runs nothing where a template names a parent that is not there', async () => {
    const template = 'cytopair: 1\ntemplate: t\nversion: 1.0.0\nmarkers: {CD3: {}}\npopulations:\n';
    const gate = '{method: valley, marker: CD3, keep: above}';
    writeFileSync(at('t.yaml'), `${template}  - {name: T, parent: Lymphocites, gate: ${gate}}\n`);
    edit('study.yaml', (text) => text.replace('shipped:b-regulatory', 't.yaml'));
    const ended = await run();
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^t\.yaml:6:\d+: error template\.\S+: .*Lymphocites/m);
    expect(existsSync(at('out'))).toBe(false);
  });

  it('runs nothing where a family names a population that is not there', async () => {
    edit('study.yaml', (text) => text.replace('B/CD24hiCD38hi', 'B/CD24hiCD38high'));
    const ended = await run();
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toContain('did you mean');
    expect(existsSync(at('out'))).toBe(false);
  });

  it('never writes into a folder of someone else', async () => {
    const ended = await cytopair(['run', 'study.yaml', '--out', '.'], { cwd: folder.path });
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toContain('output.not-ours');
    expect([...textsIn(folder.path).keys()].filter((path) => !path.startsWith('fcs/'))).toEqual([
      'sheet.csv',
      'study.yaml',
    ]);
  });
});

describe('a run that is stopped', () => {
  it('by Ctrl-C ends with 130, and the same command goes on to the same result', async () => {
    const stopped = await cytopairProcess(['run', study, '--out', at('out'), '--threads', '2'], {
      begun: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    });
    expect(stopped.exit).toBe(130);
    expect(existsSync(at('out', 'run.json'))).toBe(false);
    const resumed = await run('--threads', '0');
    expect(resumed.exit).toBe(0);
    expect(JSON.parse(readFileSync(at('out', 'run.json'), 'utf8')).result.ok).toBe(8);
    const ends = logOf('out').filter((line) => /^run_/.test(line.event));
    expect(ends.map(({ event, exit }) => [event, exit])).toEqual([
      ['run_started', undefined],
      ['run_ended', 130],
      ['run_started', undefined],
      ['run_ended', 0],
    ]);
    expect(logOf('out').some((line) => line.event === 'looked_at' && line.kept === true)).toBe(true);
  });

  it('by a kill leaves a folder that the next run takes over', async () => {
    const killed = await cytopairProcess(['run', study, '--out', at('out'), '--threads', '0'], {
      begun: (child) => child.stderr?.once('data', () => child.kill('SIGKILL')),
    });
    expect(killed.exit).toBeNull();
    expect(existsSync(at('out', '.cytopair', 'lock'))).toBe(true);
    const resumed = await run('--threads', '0');
    expect(resumed.exit).toBe(0);
  });
});
