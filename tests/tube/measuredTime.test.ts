import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decidedTube } from '../../bench/decidedTube.ts';
import { disturbed } from '../../bench/disturbedTube.ts';
import { unstableEvents } from '../../bench/qualityTime.ts';
import { planCohort } from '../../samples/cohort.ts';
import { drawTube } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { readTemplateFile } from '../../src/study/index.ts';
import { runTubeTask } from '../../src/tube/index.ts';
import { ownFolder } from '../cli/cytopair.ts';

const folder = ownFolder();
afterAll(() => folder.remove());

const template = readTemplateFile('shipped:b-regulatory', placementRegistry).value?.template;
if (template === undefined) throw new Error('the shipped template cannot be read');
const effect = { transitional: 1, memoryReg: 1 };
const cohort = planCohort({ mode: 'hard', seed: 82, eventCount: 20_000, visits: ['BL'], effect, shift: {} });
const drawn = drawTube(cohort, cohort.tubes[0]!);

describe('the measured table of unstable time', () => {
  it.each([0, 0.1, 0.4])('holds what a run tells of the same tube as a file, its last %s disturbed', (share) => {
    const { events } = disturbed(drawn, share);
    const path = join(folder.path, 'tube.fcs');
    writeFileSync(path, encodeTube(cohort, events));
    const tube = { sampleId: 'a', path, displayPath: 'tube.fcs', reading: {} };
    const { problems } = runTubeTask({ kind: 'survey', tube, template, ...decidedTube(tube, template) });
    const said = problems.find(({ code }) => code === 'quality.unstable-time')?.message ?? '0 %';
    const left = unstableEvents(cohort, events, template);
    const percent = (100 * left.reduce((sum, one) => sum + one, 0)) / left.length;
    // A run gives the share among the events it looked at, to .1 %.
    expect(Number.parseFloat(said)).toBeCloseTo(percent, 0);
    expect(percent > 0).toBe(share > 0);
  });
});
