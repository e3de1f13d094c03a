import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFile, exportGates, importGates } from '../../src/commands/index.ts';
import { populationPaths, readGatingMl } from '../../src/foreign/index.ts';
import { gate, gateForeign } from '../../src/pipeline/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-gates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const common = { threads: 0, quiet: true, fresh: false, membership: false, reading: {} };
const signal = new AbortController().signal;

/** Gates a file by a template, exports its gates, and gates it again by what was exported. */
async function roundTrip(name: string, template: string, fcs: string) {
  const [run, wsp, xml] = ['run', 'wsp', 'xml'].map((part) => join(folder, `${name}-${part}`));
  await gate(template, [fcs], { ...common, out: run, signal });
  const fcsFolder = dirname(fcs);
  const outcomes = [
    exportGates(run!, { as: 'flowjo', out: wsp, fcs: fcsFolder }),
    exportGates(run!, { as: 'gatingml', out: xml, fcs: fcsFolder }),
  ];
  expect(outcomes.map(({ exit, problems }) => [exit, problems])).toEqual([
    [0, []],
    [0, []],
  ]);
  const id = basename(fcs, '.fcs');
  const options = { ...common, signal, concordance: false };
  const backs = [
    { path: join(wsp!, 'gates.wsp'), format: 'flowjo', out: `${wsp}-back` },
    { path: join(xml!, 'gates', `${id}.gating-ml.xml`), format: 'gatingml', out: `${xml}-back` },
  ] as const;
  for (const { path, format, out } of backs) await gateForeign({ path, format }, [fcs], { ...options, out });
  const log = readFileSync(join(wsp!, 'gates.csv'), 'utf8').trim().split('\n').slice(1);
  return {
    run: counts(run!),
    wsp: counts(`${wsp}-back`),
    xml: counts(`${xml}-back`),
    left: log.filter((line) => line.includes(',left out,')).map((line) => line.split(',')[1]),
    workspace: join(wsp!, 'gates.wsp'),
    document: backs[1].path,
  };
}

function counts(run: string): ReadonlyMap<string, string> {
  const [header = '', ...lines] = readFileSync(join(run, 'frequencies.csv'), 'utf8').trim().split('\n');
  const [population, count] = ['population', 'count'].map((name) => header.split(',').indexOf(name));
  return new Map(lines.map((line) => line.split(',')).map((cells) => [cells[population!] ?? '', cells[count!] ?? '']));
}

const cases = [
  { name: 'bcell', template: 'shipped:b-regulatory', fcs: ['bcell', 'bcell_pbmc_biir.fcs'], traced: 0 },
  { name: 'nhlbi', template: 'shipped:b-regulatory-variants', fcs: ['bcell', 'bcell_pbmc_nhlbi_half.fcs'], traced: 0 },
  { name: 'blood', template: 'shipped:lineages', fcs: ['blood', 'blood_D1.fcs'], traced: 0 },
  { name: 'spleen', template: 'spleen', fcs: ['workspaces', 'spleen', '68983.fcs'], traced: 0 },
  { name: 'gains', template: 'set1', fcs: ['gatingml', 'v2', 'data1.fcs'], traced: 0 },
  // Brackets, which other programs have as populations beside.
  { name: 'nested', template: 'nested', fcs: ['bcell', 'bcell_pbmc_biir.fcs'], traced: 0 },
  // An ellipse on a logicle axis, traced on another.
  { name: 'ellipse', template: 'set2', fcs: ['gatingml', 'v2', 'data2.fcs'], traced: 1 },
];

describe.skipIf(!hasTruth)('gates that are exported and read back', () => {
  test.each(cases)(
    '$name: the same counts from the workspace and from Gating-ML',
    async ({ name, template, fcs, traced }) => {
      const found = await roundTrip(name, templateOf(template), truthPath(...fcs));
      const placed = [...found.run].filter(
        ([path, count]) => count !== '' && path !== 'root' && !found.left.includes(path),
      );
      expect(placed.length).toBeGreaterThan(9);
      expect(placed.map(([path]) => [path, found.xml.get(path)])).toEqual(placed);
      const off = placed.map(([path, count]) => Math.abs(Number(found.wsp.get(path)) - Number(count)));
      expect(off.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(traced);
      const withoutPlace = [...found.run].filter(([, count]) => count === '').map(([path]) => path);
      expect(withoutPlace.filter((path) => !found.left.includes(path))).toEqual([]);
      const again = join(folder, `${name}-again`);
      expect(importGates({ path: found.workspace, format: 'flowjo' }, { out: again }).exit).toBe(0);
      expect(checkFile(join(again, 'template.yaml')).problems).toEqual([]);
    },
  );

  test('what is written names no keyword that may hold a person, and no path', async () => {
    const fcs = truthPath('bcell', 'bcell_pbmc_biir.fcs');
    const { workspace } = await roundTrip('names', 'shipped:lineages', fcs);
    const text = readFileSync(workspace, 'utf8');
    expect(text).not.toMatch(/\$(?:OP|SRC|FIL|EXP|INST)"/);
    expect(text).not.toContain(dirname(fcs));
    expect(text).toContain('uri="bcell_pbmc_biir.fcs"');
  });

  test('a tube whose file is not as the run read it is refused, and the others come along', async () => {
    const run = join(folder, 'moved-run');
    const files = ['bcell_pbmc_biir.fcs', 'bcell_pbmc_nhlbi_half.fcs'];
    await gate(
      'shipped:b-regulatory',
      files.map((name) => truthPath('bcell', name)),
      { ...common, out: run, signal },
    );
    const fcs = join(folder, 'moved');
    cpSync(truthPath('bcell', files[0]!), join(fcs, files[0]!));
    const outcome = exportGates(run, { as: 'flowjo', out: join(folder, 'moved-out'), fcs });
    expect(outcome.exit).toBe(3);
    expect(outcome.problems.map(({ message }) => message)).toEqual([
      'its FCS file was not found as the run read it; name its folder with --fcs',
    ]);
    expect(readFileSync(join(folder, 'moved-out', 'gates.wsp'), 'utf8')).toContain('bcell_pbmc_biir.fcs');
  });

  test('a folder that is no run is refused', () => {
    const outcome = exportGates(folder, { as: 'flowjo', out: undefined, fcs: undefined });
    expect([outcome.exit, outcome.problems.map(({ code }) => code)]).toEqual([2, ['import.no-run']]);
  });

  test.skipIf(flowKit() === undefined)(
    'FlowKit, an independent reader, counts the same',
    { timeout: 120_000 },
    async () => {
      const fcs = truthPath('bcell', 'bcell_pbmc_biir.fcs');
      const found = await roundTrip('flowkit', 'shipped:b-regulatory', fcs);
      const ask = (gates: string): Record<string, number> =>
        JSON.parse(
          execFileSync(flowKit()!, [join(import.meta.dirname, 'flowKitCounts.py'), gates, fcs], { encoding: 'utf8' }),
        );
      const placed = [...found.run].filter(([path, count]) => count !== '' && path !== 'root');
      const ofWorkspace = ask(found.workspace);
      expect(placed.filter(([path, count]) => ofWorkspace[path] !== Number(count))).toEqual([]);
      const ofDocument = ask(found.document);
      const { value } = readGatingMl(readFileSync(found.document), 'gates.xml');
      const paths = populationPaths(value!.samples[0]!.populations);
      const byPath = new Map([...paths].map(([id, { path }]) => [path, ofDocument[id]]));
      expect(placed.filter(([path, count]) => byPath.get(path) !== Number(count))).toEqual([]);
    },
  );
});

/** A Python that has FlowKit; undefined where there is none. */
function flowKit(): string | undefined {
  const python = process.env.CYTOPAIR_FLOWKIT ?? '';
  if (python !== '' && existsSync(python)) return python;
  console.log('skipped: no Python with FlowKit (set CYTOPAIR_FLOWKIT to its path)');
  return undefined;
}

/** A shipped template, or one imported from the reference data. */
const nested = `cytopair: 1
template: nested
version: 1.0.0
extends: shipped:b-regulatory
populations:
  - name: Brackets
    parent: B
    gate:
      method: boolean
      of: { or: [{ and: [B/Naive, { not: { or: [B/CD24hiCD38hi, B/Plasmablast] } }] }, { not: { or: [B/Naive, B/Switched] } }] }
`;

function templateOf(name: string): string {
  if (name.startsWith('shipped:')) return name;
  const out = join(folder, `template-${name}`);
  if (name === 'nested') {
    writeFileSync(`${out}.yaml`, nested);
    return `${out}.yaml`;
  }
  const files = {
    spleen: { path: truthPath('workspaces', 'spleen', 'gating.wsp'), format: 'flowjo' },
    set1: { path: truthPath('gatingml', 'v2', 'gates1.xml'), format: 'gatingml' },
    set2: { path: truthPath('gatingml', 'v2', 'gates2.xml'), format: 'gatingml' },
  } as const;
  importGates(files[name as keyof typeof files], { out });
  return join(out, 'template.yaml');
}
