import fs, { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { writeFcs } from '../../src/fcs/tools.ts';
import type { EventBlock, TubeBook } from '../../src/gating/index.ts';
import { BLOCK_EVENTS, countPass } from '../../src/gating/index.ts';
import { type SurveyBlock, surveyPass } from '../../src/placement/index.ts';
import { lookAtTube, runTubeTask } from '../../src/tube/tools.ts';
import { decision } from '../batch/tasks.ts';
import { boundsOf } from '../gating/memoryEvents.ts';
import { templateWith } from '../placement/inMemory.ts';

// How much work is done, not how long it takes: the same on every machine, however busy it is.

const folder = mkdtempSync(join(tmpdir(), 'cytopair-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENTS = 240_000;
const NAMES = ['FSC-A', 'B-A', 'C-A', 'D-A', 'Time'];
const MARKERS = NAMES.slice(0, 4);

function column(c: number): Float32Array {
  const stream = streamFor(c, 11);
  return Float32Array.from({ length: EVENTS }, (_, i) =>
    c === 4 ? i : stream.uniform() < 0.2 ? Math.exp(9 + 0.5 * stream.normal()) : 90 * stream.normal(),
  );
}
const columns = NAMES.map((_, c) => column(c));
const path = join(folder, 'a.fcs');
writeFileSync(
  path,
  writeFcs({ parameters: NAMES.map((name) => ({ name, range: 262_144 })), columns, eventCount: EVENTS }),
);
const tube = { sampleId: 'a', path, displayPath: 'a.fcs', reading: {} };

const gate = '{ name: P, parent: root, gate: { method: valley, marker: B-A, keep: above } }';
const scales = 'scales: { fluorescence: { scale: logicle, width: 0.5 } }';
const plain = templateWith(MARKERS, [gate], scales);
const stratified = templateWith(
  MARKERS,
  [gate],
  `${scales}\nreservoirs: [{ name: bright, for: P, above: { B-A: -0.4 } }]`,
);

/** Bytes read from files while something is done, in times of the tube's file. */
function timesRead(work: () => unknown): number {
  const readSync = fs.readSync;
  let bytes = 0;
  fs.readSync = ((...args: Parameters<typeof readSync>) => {
    const got = readSync(...args);
    bytes += got;
    return got;
  }) as typeof readSync;
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    fs.readSync = readSync;
    syncBuiltinESMExports();
  }
  return bytes / statSync(path).size;
}

/** Some bytes more than the events: the head of the file, and the first MiB of DATA that is looked at when it is opened. */
const ONCE = 1.3;

describe('a tube', () => {
  const look = lookAtTube(tube, plain).value;
  if (look === undefined) throw new Error('no look');
  const decided = { ...decision, sha256: look.sha256 };
  const survey = (template: typeof plain) => runTubeTask({ kind: 'survey', tube, template, decision: decided });

  it('is read twice by a look: for its hash, and for the marks of its events', () => {
    const times = timesRead(() => lookAtTube(tube, plain));
    expect(times).toBeGreaterThan(1.9);
    // And a sample of 10,000 events.
    expect(times).toBeLessThanOrEqual(1.1 + ONCE);
  });

  it('is read once by a survey, and again only where a stratum is sampled', () => {
    const [once, twice] = [plain, stratified].map((template) => timesRead(() => survey(template)));
    expect(once).toBeGreaterThan(0.9);
    expect(once).toBeLessThanOrEqual(ONCE);
    expect(twice).toBeGreaterThan(1.9);
    expect(twice).toBeLessThanOrEqual(1 + ONCE);
  });

  it('is read once when it is counted, its hash included', () => {
    const times = timesRead(() =>
      runTubeTask({
        kind: 'count',
        tube,
        template: plain,
        decision: decided,
        book: { sampleId: 'a', scales: [], gates: [] },
        membership: false,
      }),
    );
    expect(times).toBeGreaterThan(0.9);
    expect(times).toBeLessThanOrEqual(ONCE);
  });
});

/** The tube in blocks, and how many values were made for whoever asked. */
function countedBlocks(use: (block: SurveyBlock) => void): number {
  let made = 0;
  const storedAt = (name: string, event: number) => columns[NAMES.indexOf(name)]?.[event] ?? Number.NaN;
  for (let firstEvent = 0; firstEvent < EVENTS; firstEvent += BLOCK_EVENTS) {
    const eventCount = Math.min(BLOCK_EVENTS, EVENTS - firstEvent);
    const fill: EventBlock['fill'] = (name, rows, count, out) => {
      made += count;
      for (let i = 0; i < count; i++) out[i] = storedAt(name, firstEvent + (rows[i] ?? 0));
    };
    const mayExceed: SurveyBlock['mayExceed'] = (name, least, rows) => {
      let found = 0;
      for (let e = 0; e < eventCount; e++) if (!(storedAt(name, firstEvent + e) <= least)) rows[found++] = e;
      return found;
    };
    use({ firstEvent, eventCount, fill, mayExceed });
  }
  return made;
}

describe('values are made, and compensated, only of events that are asked for', () => {
  it('when a gate and the gates and pictures below it are counted: each channel once of all, then of none again', () => {
    const scales = ['B', 'C', 'D'].map((marker) => ({
      ...{ marker, channel: `${marker}-A`, kind: 'linear' as const, T: 262_144, A: 0, u_cofactor: 150 },
    }));
    const gateOn = (population: string, parent: string, marker: string) => ({
      ...{ population, parent, flags: [] },
      geometry: { kind: 'interval' as const, dims: [boundsOf(marker, 1000, null)] as const },
    });
    const book: TubeBook = {
      ...{ sampleId: 'a', scales },
      gates: [gateOn('P', 'root', 'B'), gateOn('P/Q', 'P', 'C'), gateOn('P/Q/R', 'P/Q', 'D')],
    };
    const wants = { membership: false, eventCount: EVENTS };
    const [bare, drawn] = [false, true].map((pictures) => {
      const pass = countPass(book, { ...wants, pictures });
      return countedBlocks(pass.add) / EVENTS;
    });
    // All of B; of C a fifth; of D a fifth of these. Pictures show B against C, of all.
    expect(bare).toBeGreaterThan(1.2);
    expect(bare).toBeLessThan(1.3);
    expect(drawn).toBeLessThan(2.3);
  });

  it('when a tube is surveyed: its sample, and a few that may be among the highest', () => {
    const channels = Object.fromEntries(MARKERS.map((name) => [name, name]));
    const ranges = Object.fromEntries(MARKERS.map((name) => [name, 262_144]));
    const pass = surveyPass(plain, { sampleId: 'a', fileSha256: '5'.repeat(64), channels, absent: [], ranges }, EVENTS);
    const made = countedBlocks(pass.add) / (EVENTS * MARKERS.length);
    // The sample is 8,192 of 240,000, and of the first block all are looked at.
    expect(made).toBeGreaterThan(8192 / EVENTS);
    expect(made).toBeLessThan(8192 / EVENTS + 0.08);
  });
});
