import { median } from 'd3-array';
import { planCohort, plannedVisits } from '../samples/cohort.ts';
import { drawTube } from '../samples/tube.ts';
import { placementRegistry, placeStudy } from '../src/placement/tools.ts';
import { readTemplateFile } from '../src/study/index.ts';
import { placementTubes, survey } from './gatedCohort.ts';

// How long placing takes: every gate of a whole study from its surveys, in one thread, medians of five.

const reading = readTemplateFile('shipped:b-regulatory', placementRegistry);
if (!reading.value) throw new Error('the shipped template cannot be read');
const { template } = reading.value;
const repeats = 5;
for (const mode of ['islands', 'hard', 'ridge', 'lupus'] as const) {
  const cohort = planCohort({
    seed: 951,
    mode,
    eventCount: 20_000,
    visits: plannedVisits.map(({ id }) => id),
    effect: { transitional: 2.2, memoryReg: 1.8 },
    shift: {},
  });
  const surveys = cohort.tubes.map((tube) => survey(cohort, tube, drawTube(cohort, tube), { template }));
  const seconds: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const started = performance.now();
    placeStudy(template, '', surveys, placementTubes(cohort));
    seconds.push((performance.now() - started) / 1000);
  }
  const size = `${surveys.length} tubes x ${template.populations.length} gates`;
  process.stdout.write(`${mode.padEnd(8)} ${size}, median of ${repeats}: ${median(seconds)?.toFixed(2)} s\n`);
}
