import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

const tube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });
const exported = (...args: string[]) => here('export', tube, '--template', 'shipped:lineages', ...args);

/** Stored values of a file by event, with the names of the channels. */
function read(path: string): { names: string[]; rows: number[][] } {
  const source = openFile(path);
  const { value: file, problems } = readFcs(source);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  expect(problems.filter((problem) => problem.severity !== 'note')).toEqual([]);
  const { columns } = readColumns(
    source,
    file,
    file.parameters.map((parameter) => parameter.index),
    { amplification: 'stored' },
  );
  source.close();
  const rows = Array.from({ length: file.eventCount }, (_, i) => columns.map((column) => column[i] as number));
  return { names: file.parameters.map((parameter) => parameter.name), rows };
}

/** What `gate` says of the same tube: the rows of the tube that lie in B. */
async function membersOfB(): Promise<{ names: string[]; rows: number[][] }> {
  const gated = await here('gate', tube, '--template', 'shipped:lineages', '--membership', '--threads', '0');
  expect(gated.exit).toBe(0);
  const text = readFileSync(join(folder.path, 'cytopair-out', 'gate', 'membership', 'P01_BL.csv'), 'utf8');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const column = header.split(',').findIndex((name) => name.endsWith('/Lymphocytes/B'));
  const all = read(tube);
  return { names: all.names, rows: all.rows.filter((_, event) => lines[event]?.split(',')[column] === '1') };
}

describe('cytopair export', () => {
  it('writes the events that gate counts, all channels as they were, as FCS, CSV and Parquet', async () => {
    const truth = await membersOfB();
    expect(truth.rows.length).toBeGreaterThan(50);

    const asFcs = await exported('--population', 'Lymphocytes/B');
    expect(asFcs).toMatchObject({ exit: 0, stdout: 'P01_BL.B.fcs\n' });
    expect(asFcs.stderr).toContain(`${truth.rows.length} events of Singlets/Live/Leukocytes/Lymphocytes/B`);
    expect(read(join(folder.path, 'P01_BL.B.fcs'))).toEqual(truth);

    expect((await exported('--population', 'Lymphocytes/B', '--out', 'b.csv')).exit).toBe(0);
    const [header = '', ...lines] = readFileSync(join(folder.path, 'b.csv'), 'utf8').trimEnd().split('\n');
    expect(header.split(',')).toEqual(truth.names);
    expect(lines.map((line) => line.split(',').map(Number))).toEqual(truth.rows);

    expect((await exported('--population', 'Lymphocytes/B', '--as', 'parquet')).exit).toBe(0);
    const bytes = readFileSync(join(folder.path, 'P01_BL.B.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const objects = await parquetReadObjects({ file });
    expect(objects.map((row) => truth.names.map((name) => row[name]))).toEqual(truth.rows);
    const panel = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'panel')?.value ?? '{}';
    expect(JSON.parse(panel)).toMatchObject({ 'APC-A': 'CD38 APC' });
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('writes all events of root, into a folder that it makes', async () => {
    expect((await exported('--population', 'root', '--out', 'new/folder/all.fcs')).exit).toBe(0);
    expect(read(join(folder.path, 'new', 'folder', 'all.fcs'))).toEqual(read(tube));
  });

  it.each([
    [['--population', 'Lymphocyte/B'], /error cli\.unknown-population.*did you mean "Lymphocytes\/B"\?/],
    [['--population', 'B', '--as', 'xlsx'], /Allowed choices are fcs, csv, parquet/],
    [['--population', 'B', '--out', 'taken.fcs'], /"taken\.fcs" exists already/],
  ])('refuses %j before anything is written', async (args, words) => {
    writeFileSync(join(folder.path, 'taken.fcs'), 'mine');
    const ended = await exported(...args);
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(readdirSync(folder.path)).toEqual(['taken.fcs']);
    expect(readFileSync(join(folder.path, 'taken.fcs'), 'utf8')).toBe('mine');
  });

  it('of a file that is no FCS ends with 3, of one that is not there with 2', async () => {
    writeFileSync(join(folder.path, 'letter.fcs'), 'Dear colleague');
    const options = ['--template', 'shipped:lineages', '--population', 'B'];
    const failed = await here('export', 'letter.fcs', ...options);
    expect(failed).toMatchObject({ exit: 3, stdout: '' });
    expect(failed.stderr).toMatch(/^letter\.fcs@0: error fcs\.not-fcs/m);
    expect((await here('export', 'none.fcs', ...options)).exit).toBe(2);
    expect(existsSync(join(folder.path, 'letter.B.fcs'))).toBe(false);
  });
});
