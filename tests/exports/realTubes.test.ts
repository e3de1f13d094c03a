import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { importGates } from '../../src/commands/index.ts';
import { cytopair, ownFolder } from '../cli/cytopair.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { ask, hasPackages } from './python.ts';

const folder = ownFolder();
afterAll(() => folder.remove());

/** Compensated and not, floats and integers of log amplifiers, gates placed and gates of another program's template. */
const cases = [
  { name: 'bcell', template: 'shipped:b-regulatory', fcs: ['bcell', 'bcell_pbmc_biir.fcs'] },
  { name: 'blood', template: 'shipped:lineages', fcs: ['blood', 'blood_D1.fcs'] },
  { name: 'logs', template: ['gatingml', 'v2', 'gates1.xml'], fcs: ['gatingml', 'v2', 'data1.fcs'] },
  { name: 'nhlbi', template: 'shipped:b-regulatory-variants', fcs: ['bcell', 'bcell_pbmc_nhlbi_half.fcs'] },
] as const;

function templateOf(name: string, template: string | readonly string[]): string {
  if (typeof template === 'string') return template;
  const out = join(folder.path, `template-${name}`);
  importGates({ path: truthPath(...template), format: 'gatingml' }, { out });
  return join(out, 'template.yaml');
}

describe.skipIf(!hasTruth || !hasPackages('anndata'))('the events of a real tube', () => {
  test.each(cases)('$name: every population has the events that the run counted', async ({ name, template, fcs }) => {
    const file = truthPath(...fcs);
    const out = join(folder.path, name);
    const gate = ['gate', file, '--template', templateOf(name, template), '--out', out, '--threads', '0', '--quiet'];
    expect((await cytopair(gate)).exit).toBe(0);
    const ended = await cytopair(['export', out, '--as', 'h5ad', '--fcs', dirname(file)]);
    expect([ended.exit, ended.stderr]).toEqual([0, expect.stringMatching(/^cytopair: 1 file in 1 format/)]);
    const [header = '', ...lines] = readFileSync(join(out, 'frequencies.csv'), 'utf8').trimEnd().split('\n');
    const [id, population, count] = ['sample_id', 'population', 'count'].map((one) => header.split(',').indexOf(one));
    const cells = lines.map((line) => line.split(','));
    const tube = ask('readAnnData.py', join(out, 'exports', 'h5ad', `${cells[0]?.[id!]}.h5ad`)) as {
      shape: number[];
      counts: Record<string, number>;
      scaled: number[];
    };
    expect(tube.shape[0]).toBe(Number(cells[0]?.[count!]));
    expect(Object.keys(tube.counts).length).toBeGreaterThan(5);
    const counted = cells.slice(1).map((row) => [row[population!], Number(row[count!])]);
    expect(Object.entries(tube.counts)).toEqual(counted);
    expect(tube.scaled.every(Number.isFinite)).toBe(true);
  });
});

test.skipIf(!hasTruth)(
  'a run whose gates are another program’s exports its tables, and says why not its events',
  async () => {
    const spleen = truthPath('workspaces', 'spleen', '68983.fcs');
    const out = join(folder.path, 'spleen');
    const words = [
      'gate',
      spleen,
      '--workspace',
      truthPath('workspaces', 'spleen', 'gating.wsp'),
      '--out',
      out,
      '--quiet',
    ];
    expect((await cytopair(words)).exit).toBe(0);
    const ended = await cytopair(['export', out, '--as', 'xlsx,h5ad', '--fcs', dirname(spleen)]);
    expect([ended.exit, ended.stdout]).toEqual([3, 'xlsx: exports/frequencies.xlsx\nh5ad: nothing\n']);
    expect(ended.stderr).toMatch(/output\.not-exported: the run does not say how its values were handled/);
  },
);
