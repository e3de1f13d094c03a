import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planCohort, type TubeDesign } from '../../samples/cohort.ts';
import { markers } from '../../samples/panel.ts';
import { drawTube } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import type { PlacementBook } from '../../src/gating/index.ts';
import { cytopair, ownFolder, textsIn } from '../cli/cytopair.ts';
import { design } from '../samples/designs.ts';

// Two patients, each in a batch of its own with two controls of one donor. In batch b2 the stain of CD38 is e^.5 times as
// strong. T cells with much CD38 are cut by a tail: no valley, so that the pool decides.
const template = `cytopair: 1
template: activated
version: 1.0.0
about: T cells with much CD38
extends: shipped:lineages
markers: { CD38: {} }
populations:
  - { name: CD38hi, parent: Lymphocytes/T, gate: { method: tail, marker: CD38, keep: above, z: 1 } }
`;
const study = (bridge: string) => `cytopair: 1
study: bridged
data: fcs
sheet: sheet.csv
template: template.yaml
visits: [{ id: BL }, { id: M1 }]
${bridge}
`;
const gain = 0.5;
const folder = ownFolder();
const at = (...names: string[]) => join(folder.path, ...names);

function writeStudy(): void {
  const cohort = planCohort(design({ mode: 'hard', seed: 31, eventCount: 3000 }));
  const even = cohort.tubes.find((tube) => tube.sampleId === 'P03_BL') as TubeDesign;
  const stained = (tube: TubeDesign, batch: string): TubeDesign => {
    const logGains = tube.logGains.map((own, m) => own + (batch === 'b2' && markers[m] === 'CD38' ? gain : 0));
    return { ...tube, logGains };
  };
  const samples = cohort.tubes
    .filter(({ subject }) => subject === 'P01' || subject === 'P02')
    .map((tube) => {
      const batch = tube.subject === 'P01' ? 'b1' : 'b2';
      const line = `${tube.sampleId},${tube.sampleId}.fcs,${tube.subject},${tube.visit},sample,${batch}`;
      return { tube: stained(tube, batch), line };
    });
  const controls = ['b1', 'b2'].flatMap((batch, b) =>
    [1, 2].map((n) => {
      const sampleId = `${batch}_${n}`;
      const tube: TubeDesign = { ...even, sampleId, key: [90 + b, n] };
      return { tube: stained(tube, batch), line: `${sampleId},${sampleId}.fcs,,,bridge,${batch}` };
    }),
  );
  mkdirSync(at('fcs'), { recursive: true });
  for (const { tube } of [...samples, ...controls]) {
    writeFileSync(at('fcs', `${tube.sampleId}.fcs`), encodeTube(cohort, drawTube(cohort, tube)));
  }
  const rows = [...samples, ...controls].map(({ line }) => line);
  writeFileSync(at('sheet.csv'), `${['sample_id,file,subject,visit,role,batch', ...rows].join('\n')}\n`);
  writeFileSync(at('template.yaml'), template);
}

// One study after the other in one folder: what hangs on no control is not done again.
const runs = new Map<string, ReadonlyMap<string, string>>();
const text = (run: string, file: string) => runs.get(run)?.get(file) ?? '';

/** Where the tail lies in each tube, and by which landmark it was carried. */
function cutsOf(run: string) {
  const book: PlacementBook = JSON.parse(text(run, 'placements.json'));
  const gate = book.gates.find(({ population }) => population.endsWith('/CD38hi'));
  return new Map(
    gate?.tubes.map(({ sample_id, geometry, landmarks }) => {
      const cut = geometry.kind === 'interval' ? (geometry.dims[0]?.min ?? null) : null;
      return [sample_id, { cut, landmarks }] as const;
    }),
  );
}

beforeAll(async () => {
  writeStudy();
  for (const name of ['off', 'usual', 'align']) {
    writeFileSync(at('study.yaml'), study(name === 'usual' ? '' : `controls: { bridge: ${name} }`));
    const ended = await cytopair(['run', 'study.yaml', '--threads', '0', '--out', 'out', '--quiet'], {
      cwd: folder.path,
    });
    if (ended.exit !== 0) throw new Error(ended.stderr);
    runs.set(name, new Map(textsIn(at('out'))));
  }
});
afterAll(() => folder.remove());

describe('a study with bridging controls in two batches', () => {
  it('that are to align carries the cuts of each batch, controls as well as samples, by the gain between them', () => {
    const [told, carried] = [cutsOf('usual'), cutsOf('align')];
    expect(new Set([...told.values()].map(({ cut }) => cut)).size).toBe(1);
    const apart = (carried.get('P02_BL')?.cut ?? 0) - (carried.get('P01_BL')?.cut ?? 0);
    expect(apart).toBeGreaterThan(0.8 * gain);
    expect(apart).toBeLessThan(1.1 * gain);
    expect(carried.get('b2_1')).toEqual(carried.get('P02_M1'));
    expect(carried.get('P02_BL')?.landmarks).toMatchObject([{ marker: 'CD38' }]);
  });

  it('prints the shift before and after, says of each batch what was carried, and that one control proves nothing', () => {
    const page = text('align', 'report.html')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(page).toMatch(/b2 CD38 2 \+0\.2\d moved \+0\.0\d [+−]0\.\d\d/);
    expect(page).toContain('A control cannot prove itself');
    expect(text('align', 'methods.txt')).toContain('decides a cut (CD38), batches b1, b2 were aligned by the gain');
    const { problems } = JSON.parse(text('align', 'run.json'));
    const said = problems.filter((one: { code: string }) => one.code === 'quality.bridge-aligned');
    expect(said.map((one: { message: string }) => one.message)[1]).toMatch(/batch "b2" .+: "CD38" \+0\.2\d u/);
  });

  it('that are only read, as where study.yaml says nothing, warns of the shift and counts as without them', () => {
    const { problems } = JSON.parse(text('usual', 'run.json'));
    const words = problems.map((one: { message: string }) => one.message).join('\n');
    expect(words).toMatch(/bridging controls of batch "b2" have "CD38" \+0\.2\d u from the other batches/);
    for (const file of ['frequencies.csv', 'comparisons.csv', 'placements.json']) {
      expect(text('usual', file).length).toBeGreaterThan(500);
      expect(text('usual', file) === text('off', file), file).toBe(true);
    }
    expect(text('off', 'report.html')).toContain('Quality');
    expect(text('off', 'report.html')).not.toContain('Bridging controls');
    expect(text('off', 'run.json')).not.toContain('quality.bridge');
  });
});
