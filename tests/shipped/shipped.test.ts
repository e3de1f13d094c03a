import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClassName, classNames } from '../../samples/classes.ts';
import { planCohort } from '../../samples/cohort.ts';
import { drawTube, statuses, type TubeEvents } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { readTemplateFile } from '../../src/study/index.ts';
import { f1Of } from '../agreement/labels.ts';
import { placeTubes, templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';

const folder = join(import.meta.dirname, '..', '..', 'gating-templates');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('the shipped templates', () => {
  it('are these', () => {
    expect(files).toEqual(expect.arrayContaining(['lineages.yaml', 'b-regulatory.yaml', 'monocytes.yaml', 'nk.yaml']));
  });

  it.each(files)('%s reads without a problem, from any folder', (file) => {
    const { value, problems } = readTemplateFile(`shipped:${file.replace('.yaml', '')}`, placementRegistry);
    expect(problems).toEqual([]);
    expect(value?.template.name).toBe(file.replace('.yaml', ''));
  });

  it.each(files)('%s has its page of reasons', (file) => {
    expect(readdirSync(folder)).toContain(file.replace('.yaml', '.md'));
  });
});

describe.skipIf(!hasTruth)('the definitions of b-regulatory-variants on a real B-cell tube', () => {
  it('nest as they must: a corner in the strip’s half plane, a higher CD24 cut, CD38 left out', () => {
    const path = truthPath('bcell', 'bcell_pbmc_biir.fcs');
    const { counts } = placeTubes(templateOf(join(folder, 'b-regulatory-variants.yaml')), [path]);
    const found = new Map(counts[0]?.populations.map((one) => [one.population.split('/').at(-1) ?? '', one.count]));
    const count = (name: string) => found.get(name) ?? Number.NaN;
    expect(count('CD24hiCD38hi (rectangle)')).toBeLessThan(count('CD24hiCD38hi'));
    expect(count('CD27+CD38lo-CD24+')).toBeGreaterThan(count('CD27+CD38lo-CD24hi'));
    expect(count('CD24hiCD27+')).toBeGreaterThan(count('CD27+CD38lo-CD24hi'));
    // Percent of B by the reference program for this tube: 4.2 in the rectangle, 12.3 by reference.
    const percentOfB = (name: string) => (100 * count(name)) / count('B');
    expect(Math.abs(percentOfB('CD24hiCD38hi (rectangle)') - 4.2)).toBeLessThan(1);
    expect(Math.abs(percentOfB('CD27+CD38lo-CD24hi') - 12.3)).toBeLessThan(2);
  });
});

/** Population, the classes that make it, and the F1 it has to reach over the cohort's tubes. */
const subsets = {
  monocytes: [
    ['Monocytes', ['mono_classical', 'mono_intermediate', 'mono_nonclassical'], 0.98],
    ['Classical', ['mono_classical'], 0.98],
    ['Intermediate', ['mono_intermediate'], 0.9],
    ['NonClassical', ['mono_nonclassical'], 0.9],
  ],
  nk: [
    ['NK', ['NK_dim', 'NK_bright'], 0.98],
    ['CD56dim', ['NK_dim'], 0.98],
    ['CD56bright', ['NK_bright'], 0.9],
  ],
} as const satisfies Record<string, readonly (readonly [string, readonly ClassName[], number])[]>;

describe.each(['islands', 'hard'] as const)('on a made cohort of the mode %s', (mode) => {
  let temporary = '';
  const paths: string[] = [];
  const tubes: TubeEvents[] = [];
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), 'cytopair-shipped-'));
    const effect = { transitional: 1, memoryReg: 1 };
    const cohort = planCohort({ mode, seed: 31, eventCount: 20_000, visits: ['BL'], effect, shift: {} });
    for (const tube of cohort.tubes.slice(0, 5)) {
      const events = drawTube(cohort, tube);
      const path = join(temporary, `${tube.sampleId}.fcs`);
      writeFileSync(path, encodeTube(cohort, events));
      paths.push(path);
      tubes.push(events);
    }
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it.each(['monocytes', 'nk'] as const)('%s finds its subsets', (name) => {
    const { book, counts } = placeTubes(templateOf(join(folder, `${name}.yaml`)), paths, { membership: true });
    expect(counts).toHaveLength(5);
    for (const [population, classes, atLeast] of subsets[name]) {
      const index = book.gates.findIndex((gate) => gate.population.endsWith(`/${population}`));
      const ours = counts.flatMap(({ membership }) => [...(membership?.[index] ?? [])]);
      const truth = tubes.flatMap((tube) => [...isOneOf(tube, classes)]);
      expect(ours).toHaveLength(truth.length);
      const f1 = f1Of(Uint8Array.from(ours), (event) => truth[event] === 1);
      console.log(`${mode}, ${ours.length} events: ${population} F1 ${f1.toFixed(4)}`);
      expect(f1, population).toBeGreaterThanOrEqual(atLeast);
    }
  });
});

/** Live single cells of some classes. */
function isOneOf(tube: TubeEvents, classes: readonly ClassName[]): Uint8Array {
  const wanted = new Set(classes.map((name) => classNames.indexOf(name)));
  return tube.classIndex.map((index, event) => (wanted.has(index) && tube.status[event] === statuses.live ? 1 : 0));
}
