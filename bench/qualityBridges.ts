import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cohort, planCohort, type TubeDesign } from '../samples/cohort.ts';
import { drawTube } from '../samples/tube.ts';
import { countPopulations, tubeBook } from '../src/gating/index.ts';
import { placementRegistry, placeStudy } from '../src/placement/tools.ts';
import { readTemplateFile } from '../src/study/index.ts';
import type { Template } from '../src/template/index.ts';
import { survey } from './gatedCohort.ts';
import { memoryTube } from './memoryTube.ts';
import { table } from './tables.ts';

/** Gates without a valley, where the pool decides alone, beside those that ship. */
const gates = `cytopair: 1
template: bridged
version: 1.0.0
about: pooled gates without a valley
extends: shipped:b-regulatory
populations:
  - { name: CD38bright, parent: Lymphocytes/T, gate: { method: tail, marker: CD38, keep: above, z: 1 } }
  - { name: CD27dim, parent: T/CD8, gate: { method: tail, marker: CD27, side: left, z: 1.5, keep: below } }
  - { name: CD8dim, parent: Lymphocytes/NK, gate: { method: quantile, marker: CD8, keep: above, p: 0.995, of: B } }
  - { name: CD56bright, parent: Lymphocytes/NK, gate: { method: mixture, marker: CD56, keep: above } }
`;
const shown = ['CD38bright', 'CD27dim', 'CD8dim', 'CD56bright', 'B', 'Monocytes'];
/** ln of the gain of one batch's whole stain. */
const gains = [0.5, -0.7];
const EVENTS = 6000;
const CONTROLS = 2;

interface BatchTube {
  readonly tube: TubeDesign;
  readonly batch: string;
  readonly role: string;
}

/**
 * What a batch that was stained otherwise shows of the same cells, told and aligned: false fold between the batches,
 * geometric mean over cohorts (worst cohort).
 */
export function bridgedBatches(_: Template, seeds: readonly number[]): string {
  const template = ownTemplate();
  const cells = (['hard', 'lupus'] as const).flatMap((mode) =>
    gains.map((gain) => {
      const cohorts = seeds.map((seed) => foldsOf(template, mode, seed, gain));
      return { name: `${mode} × e^${gain}`, cohorts };
    }),
  );
  const rows = shown.map((gate) => [
    gate,
    ...cells.map(({ cohorts }) => {
      const [told, aligned] = (['report', 'align'] as const).map((bridge) =>
        meanAndFarthest(cohorts.map((folds) => folds[bridge].get(gate) ?? 1)),
      );
      return `${told} → ${aligned}`;
    }),
  ]);
  return table(['gate', ...cells.map(({ name }) => name)], rows);
}

function ownTemplate(): Template {
  const folder = mkdtempSync(join(tmpdir(), 'bridges-'));
  const path = join(folder, 'bridged.yaml');
  writeFileSync(path, gates);
  const reading = readTemplateFile(path, placementRegistry);
  rmSync(folder, { recursive: true });
  if (!reading.value) throw new Error('the template of the bench cannot be read');
  return reading.value.template;
}

function foldsOf(template: Template, mode: 'hard' | 'lupus', seed: number, gain: number) {
  const effect = { transitional: 1, memoryReg: 1 };
  const cohort = planCohort({ mode, seed, eventCount: EVENTS, visits: ['BL', 'M1'], effect, shift: {} });
  const truth = countsOf(template, cohort, 0, 'report');
  const fold = (bridge: 'report' | 'align') => {
    const counts = countsOf(template, cohort, gain, bridge);
    return new Map(shown.map((gate) => [gate, falseFold(counts.get(gate)!, truth.get(gate)!)]));
  };
  return { report: fold('report'), align: fold('align') };
}

/** Half of the patients in each of two batches, the second one stained otherwise, and controls of one donor in both. */
function batchTubes(cohort: Cohort, gain: number): readonly BatchTube[] {
  const stained = (tube: TubeDesign, batch: string): TubeDesign =>
    batch === 'b2' ? { ...tube, logGains: tube.logGains.map((own) => own + gain) } : tube;
  const samples = cohort.tubes.map((tube) => {
    const batch = tube.subject <= 'P04' ? 'b1' : 'b2';
    return { tube: stained(tube, batch), batch, role: 'sample' };
  });
  const [donor] = cohort.tubes;
  if (!donor) throw new Error('the cohort has no tube');
  const controls = ['b1', 'b2'].flatMap((batch, b) =>
    Array.from({ length: CONTROLS }, (_, c): BatchTube => {
      const own = { ...donor, sampleId: `control_${batch}_${c}`, key: [90 + b, 7 + c] as const };
      return { tube: stained(own, batch), batch, role: 'bridge' };
    }),
  );
  return [...samples, ...controls];
}

interface BatchCount {
  readonly batch: string;
  readonly count: number;
}

function countsOf(template: Template, planned: Cohort, gain: number, bridge: 'report' | 'align') {
  const all = batchTubes(planned, gain);
  const cohort = { ...planned, tubes: all.map(({ tube }) => tube) };
  const drawn = cohort.tubes.map((tube) => drawTube(cohort, tube));
  const surveys = cohort.tubes.map((tube, t) => survey(cohort, tube, drawn[t]!, { template }));
  const placing = all.map(({ tube, batch, role }) => {
    return { sampleId: tube.sampleId, isInPool: role === 'sample', role, batch, subjectKey: tube.subject };
  });
  const { book } = placeStudy(template, '', surveys, placing, { bridge });
  const counts = new Map(shown.map((gate) => [gate, [] as BatchCount[]]));
  all.forEach(({ tube, batch, role }, t) => {
    if (role !== 'sample') return;
    const { events } = memoryTube(cohort, drawn[t]!, template, []);
    const own = countPopulations(events, tubeBook(book, tube.sampleId), { membership: false, pictures: false });
    for (const { population, count } of own.populations) {
      counts.get(population.split('/').at(-1)!)?.push({ batch, count: count ?? 0 });
    }
  });
  return counts;
}

/** How much more the second batch shows of the same cells than the first; half an event is added to each count. */
function falseFold(shownCounts: readonly BatchCount[], truth: readonly BatchCount[]): number {
  const mean = (batch: string) => {
    const logs = shownCounts.flatMap((one, t) =>
      one.batch === batch ? [Math.log((one.count + 0.5) / (truth[t]!.count + 0.5))] : [],
    );
    return logs.reduce((sum, log) => sum + log, 0) / logs.length;
  };
  return Math.exp(mean('b2') - mean('b1'));
}

function meanAndFarthest(folds: readonly number[]): string {
  const logs = folds.map(Math.log);
  const middle = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const farthest = logs.reduce((most, log) => (Math.abs(log) > Math.abs(most) ? log : most), 0);
  return `${middle.toFixed(2)} (${Math.exp(farthest).toFixed(2)})`;
}
