import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disturbed } from '../../bench/disturbedTube.ts';
import { planCohort } from '../../samples/cohort.ts';
import { channelRange, tubeParameters } from '../../samples/panel.ts';
import { drawTube, type TubeEvents } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import { isLook } from '../../src/problems/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

// Two tubes of the small study are spoiled on purpose: one on a detector at its limit, one by a clot during the run.

const folder = ownFolder();
afterAll(() => folder.remove());

/** Every twentieth event at the upper limit of side scatter. */
function saturated(events: TubeEvents): TubeEvents {
  const at = tubeParameters.findIndex(({ name }) => name === 'SSC-A');
  const columns = events.columns.map((column, i) =>
    i === at ? column.map((value, event) => (event % 20 === 0 ? channelRange : value)) : column,
  );
  return { ...events, columns };
}

const spoiled: Readonly<Record<string, (events: TubeEvents) => TubeEvents>> = {
  P01_M1: saturated,
  P02_BL: (events) => disturbed(events, 0.4).events,
};
const flagOf: Readonly<Record<string, string>> = { P01_M1: 'saturated', P02_BL: 'unstable_time' };

interface Row {
  readonly [column: string]: string;
}

function table(name: string): readonly Row[] {
  const [head = '', ...lines] = readFileSync(join(folder.path, 'out', name), 'utf8')
    .trimEnd()
    .split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
}

const looksOf = (row: Row) => (row.flags ?? '').split(';').filter((flag) => flag !== '' && isLook(flag));

describe('a study with two spoiled tubes', () => {
  beforeAll(async () => {
    copyOfTinyStudy(folder.path);
    const effect = { transitional: 2.2, memoryReg: 1.8 };
    const shift = { CD24: 0, CD38: 0 };
    const cohort = planCohort({ mode: 'islands', seed: 7, eventCount: 4000, visits: ['BL', 'M1'], effect, shift });
    for (const tube of cohort.tubes) {
      const spoil = spoiled[tube.sampleId];
      if (spoil === undefined) continue;
      const path = join(folder.path, 'fcs', `${tube.sampleId}.fcs`);
      writeFileSync(path, encodeTube(cohort, spoil(drawTube(cohort, tube))));
    }
    const ended = await cytopair(['run', 'study.yaml', '--out', 'out', '--quiet'], { cwd: folder.path });
    expect(ended.exit).toBe(0);
  }, 120_000);

  it('says so on every row of these tubes', () => {
    for (const [sampleId, flag] of Object.entries(flagOf)) {
      const rows = table('frequencies.csv').filter((row) => row.sample_id === sampleId);
      expect(rows.length).toBeGreaterThan(10);
      for (const row of rows) expect(looksOf(row), `${sampleId} ${row.population}`).toContain(flag);
    }
  });

  it('asks nobody to look at more than 5 % of the gates of the others, but for the few cells of tubes of 4,000', () => {
    const others = table('frequencies.csv').filter((row) => spoiled[row.sample_id ?? ''] === undefined);
    const asked = others.filter((row) => looksOf(row).some((flag) => flag !== 'few_events'));
    console.log(`look on ${asked.length} of ${others.length} rows of sound tubes`);
    expect(asked.length).toBeLessThanOrEqual(0.05 * others.length);
  });

  it('leaves both patients out of without_flagged, and no other for what is usual', () => {
    const rows = table('comparisons.csv').filter((row) => row.endpoint?.includes('CD24hiCD38hi'));
    const pairs = (analysis: string) => Number(rows.find((row) => row.analysis === analysis)?.n_pairs);
    expect(pairs('primary')).toBe(8);
    const sound = new Set(
      table('frequencies.csv')
        .filter((row) => row.population?.endsWith('/CD24hiCD38hi') && looksOf(row).length > 0)
        .map((row) => row.subject),
    );
    expect(sound).toEqual(new Set([...sound, 'P01', 'P02']));
    expect(pairs('without_flagged')).toBe(8 - sound.size);
  });
});
