import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPool, runTasks, taskKey, taskStore } from '../../src/batch/index.ts';
import type { TubeResult } from '../../src/tube/index.ts';
import { surveyTask } from './tasks.ts';

const worker = new URL('fixtures/troubledWorker.mjs', import.meta.url);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cytopair-batch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a batch on threads', () => {
  it('loses only the tubes whose thread throws, ends or never comes back, and says so', async () => {
    const names = ['a', 'throws', 'b', 'exits', 'c', 'loops', 'd', 'e'];
    const results = await runTasks(
      names.map((name) => surveyTask(name)),
      { threads: 2, worker, timeLimitMs: 700 },
    );
    expect(results.map((result) => result.status)).toEqual(names.map((name) => (name.length === 1 ? 'ok' : 'failed')));
    const codes = results.flatMap((result) => result.problems.map((found) => [found.where.sampleId, found.code]));
    expect(codes).toEqual([
      ['throws', 'cli.tube-ended'],
      ['exits', 'cli.tube-ended'],
      ['loops', 'cli.tube-time'],
    ]);
  });

  it('names a file in messages as the study does, never by its full path', async () => {
    const [result] = await runTasks([surveyTask('throws')], { threads: 1, worker });
    expect(result?.problems[0]?.message).toContain('fcs/throws.fcs');
    expect(result?.problems[0]?.message).not.toContain('/nowhere');
  });

  it('gives results in the order of the tasks and tells each tube once', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
    const told: string[] = [];
    const onDone = (task: { tube: { sampleId: string } }) => told.push(task.tube.sampleId);
    const results = await runTasks(
      names.map((name) => surveyTask(name)),
      { threads: 3, worker, onDone },
    );
    expect(
      results.map((result) => (result.status === 'ok' && result.kind === 'survey' ? result.survey.sampleId : '')),
    ).toEqual(names);
    expect(told.sort()).toEqual([...names].sort());
  });

  it('does the steps of a run on the same threads, which end with it', async () => {
    const pool = runPool(2, worker);
    const threads = async (names: readonly string[]) => {
      const results = await runTasks(
        names.map((name) => surveyTask(name)),
        { threads: 2, pool },
      );
      return results.flatMap((one) => (one.status === 'ok' && one.kind === 'survey' ? one.flags : []));
    };
    const first = new Set(await threads(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']));
    expect(first.size).toBeGreaterThan(0);
    const both = new Set([...first, ...(await threads(['i', 'j', 'k', 'l']))]);
    expect(both.size).toBeLessThanOrEqual(2);
    await pool.close();
    await expect(runPool(1, worker).close()).resolves.toBeUndefined();
  });

  it('stops at the signal, also inside a tube that never ends', async () => {
    const controller = new AbortController();
    const running = runTasks([surveyTask('loops')], { threads: 1, worker, signal: controller.signal });
    setTimeout(() => controller.abort('stop'), 300);
    await expect(running).rejects.toBe('stop');
  });
});

describe('a batch in this thread', () => {
  it('fails the tube whose file is not there, and goes on', async () => {
    const results = await runTasks([surveyTask('a'), surveyTask('b')], { threads: 0 });
    expect(results.map((result) => result.status)).toEqual(['failed', 'failed']);
    for (const result of results) expect(result.problems.length).toBeGreaterThan(0);
  });
});

describe('finished tasks', () => {
  const result: TubeResult = {
    status: 'ok',
    kind: 'count',
    counts: {
      sampleId: 'a',
      eventCount: 3,
      populations: [],
      pictures: [],
      membership: [Uint8Array.of(1, 0, 1)],
      answers: { intensities: [], draws: [], profiles: [], others: [], overlaps: [] },
    },
    problems: [],
  };

  it('are found again as they were, typed arrays included', () => {
    const store = taskStore(join(folder, 'tasks'));
    store.write('k', result);
    expect(taskStore(join(folder, 'tasks')).read('k')).toEqual(result);
    expect(store.read('other')).toBeUndefined();
  });

  it('are done again where their file is cut or changed by one byte', () => {
    const store = taskStore(folder);
    store.write('k', result);
    const [name = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), bytes.subarray(0, bytes.length - 1));
    expect(store.read('k')).toBeUndefined();
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(join(folder, name), bytes);
    expect(store.read('k')).toBeUndefined();
  });

  it('of former templates and files are removed, and nothing else', () => {
    const store = taskStore(folder);
    store.write('old', result);
    store.write('new', result);
    writeFileSync(join(folder, 'note.txt'), 'mine');
    store.keepOnly(new Set(['new']));
    expect(readdirSync(folder).sort()).toEqual(['new.task', 'note.txt']);
  });

  it('are not run a second time: the batch takes them from the store', async () => {
    const path = join(folder, 'a.fcs');
    writeFileSync(path, 'x');
    const store = taskStore(join(folder, 'tasks'));
    const first = await runTasks([surveyTask('a', path)], { threads: 1, worker, store });
    // The second time no thread could answer: its worker throws for every tube of this name.
    const key = taskKey(surveyTask('a', path));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const second = await runTasks([surveyTask('a', path)], { threads: 1, worker: new URL('file:///no.mjs'), store });
    expect(second).toEqual(first);
  });

  it('of failed tubes are not kept, so that a repaired file is tried again', async () => {
    const path = join(folder, 'throws.fcs');
    writeFileSync(path, 'x');
    const store = taskStore(join(folder, 'tasks'));
    await runTasks([surveyTask('throws', path)], { threads: 1, worker, store });
    expect(store.read(taskKey(surveyTask('throws', path)) ?? '')).toBeUndefined();
  });
});

describe('the name of a task', () => {
  it('changes with the file, the way of reading, the template and the step', () => {
    const path = join(folder, 'a.fcs');
    writeFileSync(path, 'x');
    const task = surveyTask('a', path);
    const key = taskKey(task);
    expect(taskKey(surveyTask('a', path))).toBe(key);
    expect(taskKey({ ...task, tube: { ...task.tube, reading: { dataSet: 2 } } })).not.toBe(key);
    expect(
      taskKey({ ...task, template: { ...task.template, compensation: { kind: 'file', apply: 'default' } } }),
    ).not.toBe(key);
    utimesSync(path, new Date(0), new Date(0));
    expect(taskKey(task)).not.toBe(key);
  });

  it('changes with the content of the matrix that the template names', () => {
    const path = join(folder, 'a.fcs');
    writeFileSync(path, 'x');
    const task = surveyTask('a', path);
    const withMatrix = (cell: number) => {
      const matrix = { channels: ['A', 'B'], matrix: [1, cell, 0, 1], source: 'm.csv', conditionNumber: 1 };
      return {
        ...task,
        template: { ...task.template, compensation: { kind: 'matrix', apply: 'default', matrix } },
      } as const;
    };
    expect(taskKey(withMatrix(0.1))).toBe(taskKey(withMatrix(0.1)));
    expect(taskKey(withMatrix(0.1))).not.toBe(taskKey(withMatrix(0.2)));
  });

  it('is not given to a file that is not there', () => {
    expect(taskKey(surveyTask('a'))).toBeUndefined();
  });
});
