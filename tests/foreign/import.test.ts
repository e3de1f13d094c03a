import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFile, importGates } from '../../src/commands/index.ts';
import { gate } from '../../src/pipeline/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { workspaceBytes } from './workspaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasTruth)('gates that are imported as a template', () => {
  test.each([
    // Left: ratios, combinations of gates on different compensations, an ellipsoid whose covariance is not symmetric.
    { set: 'set1', gates: 'gates1.xml', data: 'data1.fcs', vectors: 44 },
    // Left: ellipses on scales that are held at limits, a box that is compensated in some dimensions only.
    { set: 'set2', gates: 'gates2.xml', data: 'data2.fcs', vectors: 23 },
  ])('Gating-ML $set: what templates can say holds the same events', async ({ set, gates, data, vectors }) => {
    const out = join(folder, set);
    const outcome = importGates({ path: truthPath('gatingml', 'v2', gates), format: 'gatingml' }, { out });
    expect(outcome.exit).toBe(0);
    const columns = new Map<string, readonly number[]>();
    for (const name of readdirSync(out).filter((one) => one.endsWith('.yaml'))) {
      const own = await membership(join(out, name), truthPath('gatingml', 'v2', data), `${set}-${name}`);
      for (const [path, column] of own) columns.set(path, column);
    }
    const truth = truthOf(set);
    const compared = [...columns].flatMap(([path, column]) => {
      const expected = truth.get(path.split('/').at(-1) ?? '');
      return expected === undefined ? [] : [[path, column.join('') === expected.join('')] as const];
    });
    expect(compared.filter(([, isSame]) => !isSame)).toEqual([]);
    expect(compared.length).toBeGreaterThanOrEqual(vectors);
    const told = readFileSync(join(out, 'import.md'), 'utf8');
    const silent = [...truth.keys()].filter(
      (name) => !compared.some(([path]) => path.endsWith(name)) && !told.includes(name),
    );
    expect(silent).toEqual([]);
  });

  test('a FlowJo workspace: exact counts by the template, and a draft of the sheet', async () => {
    const out = join(folder, 'spleen');
    importGates({ path: truthPath('workspaces', 'spleen', 'gating.wsp'), format: 'flowjo' }, { out });
    const columns = await membership(
      join(out, 'template.yaml'),
      truthPath('workspaces', 'spleen', '68983.fcs'),
      'spleen-run',
    );
    const counts = Object.fromEntries([...columns].map(([path, column]) => [path.split('/').at(-1), sum(column)]));
    expect(counts).toMatchObject({ Lymphocytes: 19225, 'B cells': 2460, 'ab T cells': 9191, 'gd T cells': 1470 });
    expect(readFileSync(join(out, 'sheet.csv'), 'utf8')).toMatch(/^sample_id,file,subject,visit,groups/);
  });

  test('samples that differ have templates of their own; complements and brackets come along', () => {
    const out = join(folder, 'tutorial');
    const path = join(folder, 'tutorial.wsp');
    writeFileSync(path, workspaceBytes('bitpacked/advanced-v10.8.wsp.gz'));
    const outcome = importGates({ path, format: 'flowjo' }, { out });
    expect(outcome.problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
    const sheet = readFileSync(join(out, 'sheet.csv'), 'utf8');
    expect(sheet.split('\n')[0]).toContain(',panel,');
    expect(sheet.trim().split('\n').length).toBe(17);
    const templates = readdirSync(out).filter((name) => name.endsWith('.yaml'));
    expect(templates.flatMap((name) => checkFile(join(out, name)).problems)).toEqual([]);
    const texts = templates.map((name) => readFileSync(join(out, name), 'utf8'));
    expect(texts.join('\n')).toContain('inverted ellipse (inside)');
  });

  test('an unreadable gate costs itself and what stands below it, never its siblings', () => {
    const path = join(folder, 'broken.wsp');
    const whole = workspaceBytes('spleen/gating.wsp').toString('utf8');
    writeFileSync(path, whole.replace('gating:min="1152.0"', 'gating:min="abc"'));
    const out = join(folder, 'broken');
    const { problems } = importGates({ path, format: 'flowjo' }, { out });
    expect(problems.filter(({ code }) => code === 'import.unreadable-gate').map(({ message }) => message)).toEqual([
      'gate "Lymphocytes/Singlets/Singlets2": an edge on "SSC-W" is no number',
    ]);
    const told = readFileSync(join(out, 'import.md'), 'utf8');
    expect(told).toContain('- Lymphocytes/Singlets: rectangle');
    expect(told).toContain('gate "NK cells" is left out with "NK1_1+"');
  });
});

async function membership(template: string, fcs: string, run: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const out = join(folder, run);
  const outcome = await gate(template, [fcs], {
    out,
    threads: 0,
    quiet: true,
    fresh: false,
    membership: true,
    signal: new AbortController().signal,
    reading: {},
  });
  expect(outcome.exit).toBe(0);
  const name = fcs.split('/').at(-1)?.replace('.fcs', '') ?? '';
  return columnsOf(readFileSync(join(out, 'membership', `${name}.csv`), 'utf8'));
}

function truthOf(set: string): ReadonlyMap<string, readonly number[]> {
  return columnsOf(gunzipSync(readFileSync(truthPath('truth', 'gatingml', `${set}_membership.csv.gz`))).toString());
}

function columnsOf(text: string): ReadonlyMap<string, readonly number[]> {
  const [header = '', ...lines] = text.trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  return new Map(header.split(',').map((name, i) => [name, rows.map((row) => Number(row[i]))]));
}

function sum(column: readonly number[]): number {
  return column.reduce((total, one) => total + one, 0);
}
