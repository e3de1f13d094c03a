import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunLog } from '../../src/batch/index.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cytopair-log-'));
  path = join(folder, 'log.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('the log of a run', () => {
  it('holds one JSON object a line, each with a UTC time and an event, on the disk at once', () => {
    const log = openRunLog(path);
    log.write('run_started', { threads: 2 });
    expect(lines()).toHaveLength(1);
    log.write('surveyed', { sample_id: 'P01_BL', seconds: 0.5 });
    const [, second = ''] = lines();
    expect(JSON.parse(second)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      event: 'surveyed',
      sample_id: 'P01_BL',
      seconds: 0.5,
    });
  });

  it('goes on below what an earlier run wrote, without the line that a kill cut in half', () => {
    openRunLog(path).write('surveyed', { sample_id: 'Jürgen 1' });
    appendFileSync(path, '{"time":"2026-01-31T09:1');
    openRunLog(path).write('run_ended', { exit: 0 });
    expect(lines().map((line) => JSON.parse(line).event)).toEqual(['surveyed', 'run_ended']);
  });
});
