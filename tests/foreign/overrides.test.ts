import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decidedTube } from '../../bench/decidedTube.ts';
import { exportGates, type OverridesOptions, overridesFromWorkspace } from '../../src/commands/tools.ts';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { type PlacementBook, tubeBook } from '../../src/gating/index.ts';
import { gate, gateForeign } from '../../src/pipeline/index.ts';
import { applyOverrides, type Patch, placedHash, readOverrides } from '../../src/review/index.ts';
import { runTubeTask } from '../../src/tube/index.ts';
import { templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'overrides-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = join(folder, 'run');
const blind = join(folder, 'blind');
const files = { bcell_pbmc_biir: 'T-1cbaad', bcell_pbmc_nhlbi_half: 'T-f96118' } as const;
const B = 'Singlets/Live/Leukocytes/Lymphocytes/B';
const usual: OverridesOptions = {
  run,
  record: undefined,
  author: 'AB',
  date: '2026-11-29',
  reason: undefined,
  out: undefined,
};

describe.skipIf(!hasTruth)('gates given to a person in FlowJo and taken back', () => {
  let exported = '';
  let book: PlacementBook;
  beforeAll(async () => {
    const options = { threads: 0, quiet: true, fresh: false, membership: false, reading: {}, signal };
    const paths = Object.keys(files).map((name) => truthPath('bcell', `${name}.fcs`));
    await gate('shipped:b-regulatory', paths, { ...options, out: run });
    const outcome = exportGates(run, { as: 'flowjo', out: blind, fcs: truthPath('bcell'), isBlind: true });
    expect([outcome.exit, outcome.problems]).toEqual([0, []]);
    exported = readFileSync(join(blind, 'gates.wsp'), 'utf8');
    book = JSON.parse(readFileSync(join(run, 'placements.json'), 'utf8'));
  });

  /** The patches that an edited text becomes; the workspace is saved over the one that was given. */
  function patchesOf(text: string, own: Partial<OverridesOptions> = {}): readonly Patch[] {
    writeFileSync(join(blind, 'gates.wsp'), text);
    const outcome = overridesFromWorkspace(join(blind, 'gates.wsp'), { ...usual, ...own });
    expect([outcome.exit, outcome.problems.filter(({ severity }) => severity === 'error')]).toEqual([0, []]);
    return readOverrides(outcome.text).value!.map(({ patch }) => patch);
  }

  function refusalOf(text: string, own: Partial<OverridesOptions> = {}): readonly string[] {
    writeFileSync(join(blind, 'gates.wsp'), text);
    const outcome = overridesFromWorkspace(join(blind, 'gates.wsp'), { ...usual, ...own });
    expect([outcome.exit, outcome.text]).toEqual([2, '']);
    return outcome.problems.map(({ code, message }) => `${code}: ${message}`);
  }

  function replaces(population: string, sampleId: keyof typeof files): string {
    const entry = book.gates
      .find((one) => one.population === population)
      ?.tubes.find((one) => one.sample_id === sampleId);
    return placedHash(entry!);
  }

  test('what is given away tells neither file, sheet, date nor count; the key stays apart', () => {
    const names = readdirSync(blind).sort();
    expect(names).toEqual(['T-1cbaad.fcs', 'T-f96118.fcs', 'gates.csv', 'gates.wsp']);
    const all = names.map((name) => readFileSync(join(blind, name)).toString('latin1')).join('\n');
    for (const word of [...Object.keys(files), '$DATE', '$BTIM', '$FIL', '$OP'])
      expect(all.includes(word), word).toBe(false);
    expect(exported).not.toMatch(/<(?:Population|AndNode|NotNode)[^>]* count="\d/);
    const key = JSON.parse(readFileSync(join(`${blind}-private`, 'key.json'), 'utf8'));
    expect(key).toEqual(Object.fromEntries(Object.entries(files).map(([id, code]) => [code, id])));
    for (const [id, code] of Object.entries(files))
      expect(columnsOf(join(blind, `${code}.fcs`))).toEqual(columnsOf(truthPath('bcell', `${id}.fcs`)));
  });

  test('a workspace that nobody touched is no patch', () => {
    expect(patchesOf(exported)).toEqual([]);
  });

  test('an edge that was moved is that shift, with the reason that stands beside the population', () => {
    const edited = inNode(exported, 'T-1cbaad', 'B', (node) =>
      node.replace('annotation=""', 'annotation="valley missed"').replace(/min="491\.0\d+"/, 'min="700"'),
    );
    expect(patchesOf(edited)).toEqual([
      {
        tube: 'T-1cbaad',
        population: B,
        action: 'shift',
        axis: 'CD19 min',
        by: round(Math.asinh(700 / 150) - Math.asinh(edgeOf(exported, 'T-1cbaad', 'B', 491) / 150)),
        frame: 'u',
        scope: 'tube',
        author: 'AB',
        date: '2026-11-29',
        reason: 'valley missed',
        replaces: replaces(B, 'bcell_pbmc_biir'),
      },
    ]);
  });

  test('a gate that was opened and left is accepted; edges moved by rounding are not moved', () => {
    const edited = inNode(exported, 'T-f96118', 'Naive', (node) =>
      node
        .replace('count="-1"', 'count="4704"')
        .replace(/min="(\d+\.\d+)"/, (_, at) => `min="${Number(at) * 1.0000001}"`),
    );
    expect(patchesOf(edited)).toEqual([
      {
        tube: 'T-f96118',
        population: `${B}/Naive`,
        action: 'accept',
        author: 'AB',
        date: '2026-11-29',
        replaces: replaces(`${B}/Naive`, 'bcell_pbmc_nhlbi_half'),
      },
    ]);
  });

  test('two dividers, a part of a gate of several, a side of a box of three: each by its name', () => {
    const reason = 'spillover';
    const dividers = inNode(exported, 'T-1cbaad', 'Naive', (node) =>
      node.replace(/max="(\d+\.\d+)"/, 'max="1700"').replace(/min="(\d+\.\d+)"/, 'min="1300"'),
    );
    const part = inNode(dividers, 'T-1cbaad', 'CD24hiCD38hi part 2', (node) =>
      node.replace(/max="(\d+\.\d+)"/, 'max="999"'),
    );
    const box = inNode(part, 'T-f96118', 'Plasmablast box 2', (node) => node.replace(/min="(\d+\.\d+)"/, 'min="2500"'));
    const found = patchesOf(box, { reason });
    expect(found.map((patch) => [patch.tube, patch.population, 'axis' in patch ? patch.axis : ''])).toEqual([
      ['T-1cbaad', `${B}/Naive`, 'CD27'],
      ['T-1cbaad', `${B}/Naive`, 'IgD'],
      ['T-1cbaad', `${B}/CD24hiCD38hi`, 'CD27 max'],
      ['T-f96118', `${B}/Plasmablast`, 'CD27 min'],
    ]);
    expect(found.every((patch) => patch.reason === reason)).toBe(true);
  });

  test('after the patches our counts are those of the edited workspace', { timeout: 120_000 }, async () => {
    const wide = inNode(exported, 'T-1cbaad', 'B', (node) => node.replace(/min="(\d+\.\d+)"/, 'min="700"'));
    const redrawn = inNode(wide, 'T-1cbaad', 'Naive', (node) =>
      node.replace(/<gating:RectangleGate[\s\S]*<\/gating:RectangleGate>/, polygon),
    );
    const dragged = inNode(redrawn, 'T-f96118', 'CD24hiCD38hi part 1', (node) =>
      node.replace(/data-type:value="(-?\d+(?:\.\d+)?)"/g, (_, at) => `data-type:value="${Number(at) * 1.2}"`),
    );
    const found = patchesOf(dragged, { reason: 'debris in gate' });
    expect(found.map(({ tube, population, action }) => [tube, population, action])).toEqual([
      ['T-1cbaad', B, 'shift'],
      ['T-1cbaad', `${B}/Naive`, 'geometry'],
      ['T-f96118', `${B}/CD24hiCD38hi`, 'geometry'],
    ]);
    const theirs = await countsByWorkspace(dragged);
    for (const [id, code] of Object.entries(files)) {
      const counts = countsAfter(found, id);
      const compared = [...counts].filter(([path]) => theirs.has(`${code} ${path}`));
      expect(compared.length).toBeGreaterThan(8);
      const off = compared.map(([path, count]) => [path, count - theirs.get(`${code} ${path}`)!] as const);
      expect(off.filter(([, by]) => Math.abs(by) > 1)).toEqual([]);
    }
  });

  test('a population that was taken out is excluded, what stands below it is not said twice; one that was drawn is told', () => {
    const without = exported.replace(nodeAt(exported, 'T-1cbaad', 'B').whole, '');
    expect(patchesOf(without, { reason: 'no B cells' })).toMatchObject([
      { tube: 'T-1cbaad', population: B, action: 'exclude', reason: 'no B cells' },
    ]);
    const node = nodeAt(exported, 'T-1cbaad', 'DoubleNegative').whole;
    const added = exported.replace(
      node,
      node + node.replace('"DoubleNegative"', '"My gate"').replace(/max="[\d.]+"/, 'max="5"'),
    );
    writeFileSync(join(blind, 'gates.wsp'), added);
    const outcome = overridesFromWorkspace(join(blind, 'gates.wsp'), usual);
    expect([outcome.exit, outcome.text, outcome.problems.map(({ message }) => message)]).toEqual([
      0,
      '[]\n',
      [`"${B}/My gate" of "T-1cbaad": drawn in FlowJo and in no template; not taken`],
    ]);
  });

  test('a renamed population is the same one', () => {
    const { whole } = nodeAt(exported, 'T-1cbaad', 'B');
    const renamed = whole.replace('"B"', '"B cells"').replaceAll('Lymphocytes/B/', 'Lymphocytes/B cells/');
    expect(patchesOf(exported.replace(whole, renamed))).toEqual([]);
  });

  test('what cannot be said is refused by name, all at once, and nothing is written', () => {
    const moved = inNode(exported, 'T-1cbaad', 'B', (node) => node.replace(/min="(\d+\.\d+)"/, 'min="700"'));
    expect(refusalOf(moved)).toEqual([`import.no-reason: "${B}" of "T-1cbaad": it was changed without a reason`]);
    const stored = inNode(moved, 'T-1cbaad', 'T', (node) => node.replace('Comp-V450-A', 'V450-A'));
    const inside = inNode(stored, 'T-f96118', 'B', (node) => node.replace('eventsInside="1"', 'eventsInside="0"'));
    expect(refusalOf(inside, { reason: 'x' })).toEqual([
      'import.not-a-patch: "Singlets/Live/Leukocytes/Lymphocytes/T" of "T-1cbaad": it was drawn on "V450-A" as it is stored, where the run gates compensated values',
      `import.not-a-patch: "${B}" of "T-f96118": it was turned inside out`,
    ]);
    const broken = inNode(exported, 'T-1cbaad', 'B', (node) => node.replace(/min="491\.0\d+"/, 'min="abc"'));
    expect(refusalOf(broken, { reason: 'x' })[0]).toMatch(/^import.unreadable-gate: .*is no number/);
    const first = /transforms:coefficient data-type:parameter="[^"]*" transforms:value="0\.\d+"/;
    const matrix = exported.replace(first, (one) => one.replace(/"0\.\d+"$/, '"0.5"'));
    expect(refusalOf(matrix, { reason: 'x' })).toEqual([
      expect.stringMatching(/its compensation was changed in FlowJo, so that its gates mean other cells/),
    ]);
    expect(refusalOf(exported, { date: 'today' })[0]).toMatch(/"today" is no date/);
    expect(refusalOf(exported, { record: folder })[0]).toMatch(/^import.no-record/);
  });

  test('gates of another run are refused', async () => {
    const other = join(folder, 'other');
    cpSync(run, other, { recursive: true });
    const text = readFileSync(join(`${blind}-private`, 'exported.json'), 'utf8');
    writeFileSync(
      join(folder, 'exported.json'),
      text.replace(/"placements": \[\s*"[0-9a-f]{6}/, (one) => `${one.slice(0, -6)}000000`),
    );
    cpSync(join(`${blind}-private`, 'exported.wsp'), join(folder, 'exported.wsp'));
    expect(refusalOf(exported, { record: folder })).toEqual([
      'import.other-run: the gates of the run are not those that were exported: it was made anew, or it is another one',
    ]);
  });

  test('codes go with a workspace only', () => {
    const outcome = exportGates(run, { as: 'gatingml', out: join(folder, 'ml'), fcs: undefined, isBlind: true });
    expect([outcome.exit, outcome.problems.map(({ code }) => code)]).toEqual([2, ['cli.usage']]);
  });

  function countsAfter(patches: readonly Patch[], sampleId: string): ReadonlyMap<string, number> {
    const tubes = Object.entries(files).map(([id, code]) => ({ sampleId: id, code, batch: '', subjectKey: id }));
    const applied = applyOverrides(
      book,
      patches.map((patch) => ({ patch, where: {} })),
      tubes,
    );
    expect(applied.problems).toEqual([]);
    const template = templateOf(join(import.meta.dirname, '../../gating-templates/b-regulatory.yaml'));
    const tube = { sampleId, path: truthPath('bcell', `${sampleId}.fcs`), displayPath: sampleId, reading: {} };
    const own = tubeBook(applied.value!.book, sampleId);
    const result = runTubeTask({
      kind: 'count',
      tube,
      template,
      ...decidedTube(tube, template),
      book: own,
      membership: false,
    });
    if (result.status === 'failed' || result.kind !== 'count') throw new Error('not counted');
    return new Map(
      result.counts.populations.flatMap(({ population, count }) => (count === null ? [] : [[population, count]])),
    );
  }

  async function countsByWorkspace(text: string): Promise<ReadonlyMap<string, number>> {
    const path = join(folder, 'edited.wsp');
    writeFileSync(path, text);
    const out = join(folder, 'by-workspace');
    const paths = Object.values(files).map((code) => join(blind, `${code}.fcs`));
    const options = {
      threads: 0,
      quiet: true,
      fresh: true,
      membership: false,
      reading: {},
      concordance: false,
      signal,
    };
    await gateForeign({ path, format: 'flowjo' }, paths, { ...options, out });
    const [header = '', ...lines] = readFileSync(join(out, 'frequencies.csv'), 'utf8').trim().split('\n');
    const [id, population, count] = ['sample_id', 'population', 'count'].map((name) => header.split(',').indexOf(name));
    const rows = lines.map((line) => line.split(','));
    return new Map(rows.map((row) => [`${row[id!]} ${row[population!]}`, Number(row[count!])]));
  }
});

const signal = new AbortController().signal;

const polygon = `<gating:PolygonGate eventsInside="1" quadId="-1" gateResolution="256">
  <gating:dimension><data-type:fcs-dimension data-type:name="Comp-PE-Cy7-A"/></gating:dimension>
  <gating:dimension><data-type:fcs-dimension data-type:name="Comp-V500-A"/></gating:dimension>
  ${[
    [-300, 900],
    [1200, 500],
    [2500, 20000],
    [-300, 60000],
  ]
    .map(
      (point) =>
        `<gating:vertex>${point.map((at) => `<gating:coordinate data-type:value="${at}"/>`).join('')}</gating:vertex>`,
    )
    .join('')}
</gating:PolygonGate>`;

/** A population of a sample: all of it, and its part before what stands below it. */
function nodeAt(text: string, sample: string, name: string): { readonly whole: string; readonly own: string } {
  const from = text.indexOf(`<SampleNode name="${sample}.fcs"`);
  const start = text.indexOf(`<Population name="${name}"`, from);
  const indent = /[^\n]*$/.exec(text.slice(0, start))![0];
  const end = text.indexOf(`\n${indent}</Population>`, start) + `\n${indent}</Population>`.length;
  const whole = text.slice(start, end);
  const below = whole.indexOf('<Subpopulations>');
  return { whole, own: below < 0 ? whole : whole.slice(0, below) };
}

function inNode(text: string, sample: string, name: string, edit: (node: string) => string): string {
  const { own } = nodeAt(text, sample, name);
  const at = text.indexOf(own, text.indexOf(`<SampleNode name="${sample}.fcs"`));
  const changed = edit(own);
  expect(changed).not.toBe(own);
  return text.slice(0, at) + changed + text.slice(at + own.length);
}

function edgeOf(text: string, sample: string, name: string, about: number): number {
  const found = [...nodeAt(text, sample, name).own.matchAll(/(?:min|max)="([\d.]+)"/g)].map((one) => Number(one[1]));
  return found.find((at) => Math.abs(at - about) < 1) ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function columnsOf(path: string): readonly Float64Array[] {
  const source = openFile(path);
  const { value: file } = readFcs(source);
  const { columns } = readColumns(
    source,
    file!,
    file!.parameters.map(({ index }) => index),
  );
  source.close();
  return columns;
}
