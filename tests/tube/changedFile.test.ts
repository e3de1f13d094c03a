import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeFcs } from '../../src/fcs/tools.ts';
import { lookAtTube, runTubeTask } from '../../src/tube/index.ts';
import { decision, template } from '../batch/tasks.ts';

const folder = mkdtempSync(join(tmpdir(), 'cytopair-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'a.fcs');
const tube = { sampleId: 'a', path, displayPath: 'a.fcs', reading: {} };
const write = (values: readonly number[]) =>
  writeFileSync(
    path,
    writeFcs({
      parameters: [{ name: 'X', range: 1024 }],
      columns: [Float64Array.from(values)],
      eventCount: values.length,
    }),
  );
const count = (sha256: string) =>
  runTubeTask({
    kind: 'count',
    tube,
    template,
    decision: { ...decision, sha256 },
    book: { sampleId: 'a', scales: [], gates: [] },
    membership: false,
  });

test('a file that changes between look and count fails its tube, also where its size stays', () => {
  write([1, 2, 3]);
  const looked = lookAtTube(tube, template).value;
  if (looked === undefined) throw new Error('no look');
  expect(count(looked.sha256)).toMatchObject({ status: 'ok', counts: { eventCount: 3 } });
  write([1, 2, 4]);
  const { status, problems } = count(looked.sha256);
  expect([status, problems.map(({ code, severity }) => [code, severity])]).toEqual([
    'failed',
    [['fcs.changed-meanwhile', 'error']],
  ]);
});
