import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { planCohort } from '../../samples/cohort.ts';
import { fluorescenceDetectors, tubeParameters } from '../../samples/panel.ts';
import { drawTube } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import { writeFcs } from '../../src/fcs/tools.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { readTemplateFile } from '../../src/study/index.ts';
import { runTubeTask } from '../../src/tube/index.ts';
import { design } from '../samples/designs.ts';

const folder = mkdtempSync(join(tmpdir(), 'unit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cohort = planCohort(design({ visits: ['BL'] }));
const events = drawTube(cohort, cohort.tubes[0]!);
const { value } = readTemplateFile('shipped:b-regulatory', placementRegistry);

function survey(name: string, bytes: Uint8Array, unitFactors: Readonly<Record<string, number>>) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  if (value === undefined) throw new Error('the template cannot be read');
  const decision = {
    sha256: '12345678',
    compensation: { isApplied: true, says: '' },
    values: { kind: 'linear' },
    unitFactors,
    ranges: { 'PE-A': 262144 },
    unlikeMarkers: [],
    flags: [],
  } as const;
  const tube = { sampleId: 'P', path, displayPath: name, reading: {} };
  const done = runTubeTask({ kind: 'survey', tube, template: value.template, decision });
  if (done.status === 'failed' || done.kind !== 'survey') throw new Error('the tube cannot be surveyed');
  return done.survey;
}

it('a channel in another unit is compensated by its own matrix first, and shows the same cells afterwards', () => {
  const own = survey('own.fcs', encodeTube(cohort, events), {});
  const n = fluorescenceDetectors.length;
  const times = (name: string | undefined) => (name === 'PE-A' ? 4 : 1);
  const matrix = [...cohort.writtenSpillover].map((cell, i) => {
    const [row, column] = [fluorescenceDetectors[Math.floor(i / n)], fluorescenceDetectors[i % n]];
    return (cell * times(column)) / times(row);
  });
  const other = writeFcs({
    version: 'FCS3.1',
    parameters: tubeParameters.map(({ name, stain }) => ({ name, stain, range: 262144 * times(name) })),
    keywords: { $CYT: 'synthetic', $TIMESTEP: '0.01', $SPILLOVER: [n, ...fluorescenceDetectors, ...matrix].join(',') },
    columns: events.columns.map((column, i) => column.map((one) => one * times(tubeParameters[i]?.name))),
    eventCount: events.status.length,
  });
  const scaled = survey('other.fcs', other, { 'PE-A': 0.25 });
  expect(scaled.ranges).toEqual(own.ranges);
  const [left, right] = [own, scaled].map((one) => one.reservoirs[0]!.columns);
  for (const marker of Object.keys(left ?? {})) {
    const largest = Math.max(...left![marker]!.map((one, i) => Math.abs(one - right![marker]![i]!)));
    // Another order of the same elimination: the last bits of 32.
    expect(largest, marker).toBeLessThan(0.05);
  }
});
