import { describe, expect, it } from 'vitest';
import { runRecord } from '../../src/batch/index.ts';
import { problem } from '../../src/problems/index.ts';

const tube = { status: 'ok', events: 10, cytometer: '', flags: [] } as const;
const facts = {
  command: 'run',
  study: 's',
  exit: 0,
  inputs: [
    { role: 'fcs', path: 'b.fcs', sampleId: 'b', bytes: 1, sha256: 'x' },
    { role: 'sheet', path: 'sheet.csv', sampleId: null, bytes: 1, sha256: 'x' },
    { role: 'fcs', path: 'a.fcs', sampleId: 'a', bytes: 1, sha256: 'x' },
    { role: 'study', path: 'study.yaml', sampleId: null, bytes: 1, sha256: 'x' },
  ],
  outputs: [
    { path: 'visits.csv', sha256: 'x' },
    { path: 'frequencies.csv', sha256: 'x' },
  ],
  tubes: [
    { ...tube, sampleId: 'b' },
    { ...tube, sampleId: 'a', status: 'failed', events: null },
    { ...tube, sampleId: 'c', status: 'excluded' },
  ],
  problems: [
    problem('note', 'cli.usage', 'second', { file: 'sheet.csv', line: 2 }),
    problem('note', 'cli.usage', 'first', { file: 'sheet.csv', line: 3 }),
  ],
  plan: { sha256: 'x', notPlanned: ['one'] },
  seeds: { placement: 1 },
  versions: { cytopair: '0' },
  threads: 2,
  started: new Date(0),
  finished: new Date(1500),
} as const;

describe('the record of a run', () => {
  it('has its keys in the documented order', () => {
    expect(Object.keys(runRecord(facts))).toEqual(
      'format command study result inputs outputs tubes problems overrides lock seeds versions environment timing plan'.split(
        ' ',
      ),
    );
  });

  it('counts tubes by status and sorts inputs by role and path, outputs by path, tubes by sample_id', () => {
    expect(runRecord(facts)).toMatchObject({
      result: { exit: 0, tubes: 3, ok: 1, failed: 1, excluded: 1 },
      inputs: [{ path: 'study.yaml' }, { path: 'sheet.csv' }, { path: 'a.fcs' }, { path: 'b.fcs' }],
      outputs: [{ path: 'frequencies.csv' }, { path: 'visits.csv' }],
      tubes: [{ sample_id: 'a' }, { sample_id: 'b' }, { sample_id: 'c' }],
      timing: { started: '1970-01-01T00:00:00.000Z', seconds: 1.5 },
    });
  });

  it('lists problems in an order that does not go by the rows of the sheet', () => {
    const swapped = facts.problems.map((found) => ({
      ...found,
      where: { file: 'sheet.csv', line: 5 - found.where.line! },
    }));
    const messages = (record: object) => JSON.stringify(record).match(/"(first|second)"/g);
    expect(messages(runRecord({ ...facts, problems: swapped }))).toEqual(messages(runRecord(facts)));
  });
});
