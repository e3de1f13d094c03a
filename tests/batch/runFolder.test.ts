import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRunFolder, openRunFolder } from '../../src/batch/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cytopair-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder for outputs', () => {
  it('may be absent, empty, or hold a run of ours', () => {
    expect(checkRunFolder(join(folder, 'new', 'deep'), 'new/deep')).toBeUndefined();
    expect(checkRunFolder(folder, 'out')).toBeUndefined();
    writeFileSync(join(folder, 'run.json'), '{\n  "format": "cytopair/run/1"\n}\n');
    writeFileSync(join(folder, 'mine.txt'), '');
    expect(checkRunFolder(folder, 'out')).toBeUndefined();
  });

  it('may hold the state of a run that did not finish', () => {
    mkdirSync(join(folder, '.cytopair'));
    expect(checkRunFolder(folder, 'out')).toBeUndefined();
  });

  it('is empty where there is only what the system left there', () => {
    for (const name of ['.DS_Store', '._report.html', 'Thumbs.db', 'desktop.ini', '.directory', '.nfs00012af']) {
      writeFileSync(join(folder, name), 'x');
    }
    mkdirSync(join(folder, 'gates', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'gates', '.DS_Store'), 'x');
    expect(checkRunFolder(folder, 'out')).toBeUndefined();
    writeFileSync(join(folder, 'gates', 'deep', 'mine.csv'), '');
    expect(checkRunFolder(folder, 'out')?.message).toBe('the output folder holds 1 entry and no run of ours');
  });

  it('is refused where it holds files of someone else, even another run.json', () => {
    writeFileSync(join(folder, 'run.json'), '{"format": "other"}');
    expect(checkRunFolder(folder, 'out')).toMatchObject({
      code: 'output.not-ours',
      message: 'the output folder holds 1 entry and no run of ours',
      where: { file: 'out' },
    });
  });

  it('is refused where it is a file', () => {
    writeFileSync(join(folder, 'f'), '');
    expect(checkRunFolder(join(folder, 'f'), 'f')?.code).toBe('output.not-ours');
  });
});

describe('the lock of a folder', () => {
  it('lets one run in, and the next when the first has closed', async () => {
    const first = await openRunFolder(folder, 'out');
    if ('code' in first) throw new Error('refused');
    expect(await openRunFolder(folder, 'out')).toMatchObject({ code: 'output.in-use' });
    await first.close();
    const second = await openRunFolder(folder, 'out');
    if ('code' in second) throw new Error('refused after close');
    await second.close();
  });

  it('of a run that was killed on this machine is taken over at once', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(join(folder, '.cytopair', 'lock'), { recursive: true });
    writeFileSync(join(folder, '.cytopair', 'owner.json'), `{"pid":${gone},"since":1,"host":"${hostname()}"}\n`);
    const opened = await openRunFolder(folder, 'out');
    if ('code' in opened) throw new Error('refused');
    await opened.close();
  });

  it('of an earlier process of the same number is taken over, as containers number theirs anew', async () => {
    mkdirSync(join(folder, '.cytopair', 'lock'), { recursive: true });
    writeFileSync(join(folder, '.cytopair', 'owner.json'), `{"pid":${process.pid},"since":1,"host":"${hostname()}"}\n`);
    const opened = await openRunFolder(folder, 'out');
    if ('code' in opened) throw new Error('refused');
    await opened.close();
  });

  it('of a run on another machine is respected', async () => {
    mkdirSync(join(folder, '.cytopair', 'lock'), { recursive: true });
    writeFileSync(join(folder, '.cytopair', 'owner.json'), '{"pid":1,"since":1,"host":"elsewhere"}\n');
    expect(await openRunFolder(folder, 'out')).toMatchObject({ code: 'output.in-use' });
  });
});
