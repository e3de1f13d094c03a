import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gateForeign } from '../../src/pipeline/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { workspaceBytes } from './workspaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'gate-foreign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spleen = truthPath('workspaces', 'spleen', 'gating.wsp');
const tube = truthPath('workspaces', 'spleen', '68983.fcs');

function gateBy(path: string, files: readonly string[], out: string, wishes: { readonly concordance?: boolean } = {}) {
  const common = { threads: 0, quiet: true, fresh: false, membership: true, reading: {} };
  const { concordance = false } = wishes;
  const format = path.endsWith('.wsp') ? ('flowjo' as const) : ('gatingml' as const);
  const signal = new AbortController().signal;
  return gateForeign({ path, format }, files, { ...common, out: join(folder, out), concordance, signal });
}

function read(out: string, name: string): string {
  return readFileSync(join(folder, out, name), 'utf8');
}

describe.skipIf(!hasTruth)('gate --workspace', () => {
  test('the tables of gate, the stored counts beside ours, and a report with both', async () => {
    const outcome = await gateBy(spleen, [tube], 'whole', { concordance: true });
    expect([outcome.exit, outcome.problems.filter(({ severity }) => severity === 'error')]).toEqual([0, []]);
    expect(
      readdirSync(join(folder, 'whole'))
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ).toEqual(['concord.csv', 'frequencies.csv', 'import.md', 'log.jsonl', 'membership', 'report.html', 'run.json']);
    const [header = '', ...rows] = read('whole', 'concord.csv').trim().split('\n');
    expect(header).toBe(
      'sample_id,population,imported_name,stored_count,flowjo_count,exact_count,difference,exact_difference,cause',
    );
    const cells = rows.map((row) => row.split(','));
    expect(cells.map((row) => row[6])).toEqual(Array.from({ length: 15 }, () => '0'));
    expect(cells.filter((row) => row[8] === 'grid').length).toBe(9);
    expect(read('whole', 'frequencies.csv')).toMatch(
      /^68983,,,,,sample,,,Lymphocytes\/Singlets,Lymphocytes,2,18702,19225,/m,
    );
    expect(read('whole', 'report.html')).toContain('Of 15 counts that the workspace holds, 15 are the same');
    const sums = read('whole', 'membership/68983.csv').split('\n');
    expect(sums.length).toBe(19225 + 2);
  });

  test('the same bytes again', async () => {
    for (const out of ['first', 'second']) await gateBy(spleen, [tube], out, { concordance: true });
    for (const name of ['frequencies.csv', 'concord.csv', 'import.md', 'report.html', 'membership/68983.csv']) {
      expect(read('second', name)).toBe(read('first', name));
    }
  });

  test('a file that the workspace does not have fails alone, and says what it has', async () => {
    const other = join(folder, 'other.fcs');
    copyFileSync(truthPath('workspaces', 'simple_line', 'data_set_simple_line_100.fcs'), other);
    const outcome = await gateBy(spleen, [tube, other], 'two');
    expect(outcome.exit).toBe(3);
    const said = outcome.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    expect(said).toEqual(['no sample of the workspace is called like the file; it has "68983.fcs"']);
    expect(read('two', 'frequencies.csv')).toContain('other,,,,,sample,,,root,,0,,,,,,,failed,');
  });

  test('a file of another number of events is counted, with a warning', async () => {
    const path = join(folder, 'shorter.wsp');
    const xml = readFileSync(spleen, 'utf8').replaceAll('count="19225"', 'count="20000"');
    writeFileSync(path, xml);
    const { problems, exit } = await gateBy(path, [tube], 'shorter');
    expect(exit).toBe(0);
    expect(problems.map(({ code }) => code)).toContain('import.other-file');
  });

  test('two samples of one name are told apart by their keywords', async () => {
    const path = join(folder, 'twice.wsp');
    writeFileSync(path, workspaceBytes('mac/duplicate-samples.xml.gz'));
    const { problems } = await gateBy(path, [truthPath('workspaces', 'micro', '118795.fcs')], 'twice');
    expect(problems.filter(({ code }) => code === 'import.several-samples')).toEqual([]);
  });

  test('a matrix that is not the file’s own is used, and said', async () => {
    const path = join(folder, 'matrix.wsp');
    const xml = readFileSync(spleen, 'utf8');
    writeFileSync(path, xml.replaceAll('transforms:value="0.4934762716"', 'transforms:value="0.55"'));
    const { problems } = await gateBy(path, [tube], 'matrix');
    const [said] = problems.filter(({ code }) => code === 'import.matrix-differs');
    expect(said?.message).toContain('0.55 in the workspace, 0.49347');
  });

  test('a channel that the file lacks costs its gates, named once, and nothing else', async () => {
    const path = join(folder, 'channel.wsp');
    writeFileSync(path, readFileSync(spleen, 'utf8').replaceAll('"SSC-W"', '"SSC-X"'));
    const { problems, exit } = await gateBy(path, [tube], 'channel');
    expect(exit).toBe(0);
    const [said] = problems.filter(({ code }) => code === 'import.unknown-channel');
    expect(said?.message).toMatch(
      /^the file has no channel "SSC-X": "Lymphocytes\/Singlets\/Singlets2", .* and 10 more are not counted$/,
    );
    expect(read('channel', 'frequencies.csv')).toMatch(
      /Singlets2,Lymphocytes\/Singlets,3,,18702,,,,,not_evaluable,not_imported$/m,
    );
  });
});

describe.skipIf(!hasTruth)('gate --gating-ml', () => {
  test('per-dimension compensation, ratios and spectrum matrices in the tables of gate', async () => {
    const outcome = await gateBy(
      truthPath('gatingml', 'v2', 'gates1.xml'),
      [truthPath('gatingml', 'v2', 'data1.fcs')],
      'gml',
    );
    expect(outcome.exit).toBe(0);
    const table = read('gml', 'frequencies.csv');
    for (const [gate, count] of [
      ['RatRange1', 7679],
      ['Rectangle5', 1303],
      ['FSCD-FL1P', 2978],
    ] as const) {
      expect(table).toContain(`,${gate},root,1,${count},13367,`);
    }
  });
});
