import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { type ExportedRun, exportRegistry, typedTable } from '../../src/exports/index.ts';
import { madeRun } from './madeRun.ts';
import { ask, hasPackages } from './python.ts';

async function filesOf(format: string, run: ExportedRun): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const piece of exportRegistry.get(format)?.pieces(run) ?? []) {
    if (piece.kind === 'file') files.set(piece.path, piece.bytes);
  }
  return files;
}

const hostile = ['=1+1', '+49', '-2+3', '@SUM(A1)', '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"];
const finding = { severity: 'warning', code: 'sheet.encoding', sampleId: null, file: null, hint: null } as const;
const withHostile = madeRun({ problems: hostile.map((message) => ({ ...finding, message })) });

describe('texts that a spreadsheet would run', () => {
  it('are texts in the workbook, with a mark before them', async () => {
    const book = await readXlsx((await filesOf('xlsx', withHostile)).get('frequencies.xlsx') ?? new Uint8Array());
    const sheet = book.sheets.find(({ name }) => name === 'problems');
    expect(sheet?.rows.slice(1).map((row) => row[4])).toEqual(hostile.map((text) => `'${text}`));
    expect([...(sheet?.cells ?? [])].filter(([, cell]) => cell.formula !== undefined)).toEqual([]);
  });

  it.skipIf(!hasPackages('openpyxl'))('are no formulas to openpyxl', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
    const path = join(folder, 'frequencies.xlsx');
    writeFileSync(path, (await filesOf('xlsx', withHostile)).get('frequencies.xlsx') ?? '');
    expect(ask('readWorkbook.py', path)).toMatchObject({ formulas: 0 });
    rmSync(folder, { recursive: true });
  });
});

describe('the types of a table', () => {
  it('follow the column and never the look of a cell: a patient "007" stays text', () => {
    const text = 'sample_id,subject,population,depth,count,pct_parent,n_B,pct_of_B\n1e5,007,B,1,12,5.5,,\n';
    expect(typedTable('frequencies', text).rows).toEqual([['1e5', '007', 'B', 1, 12, 5.5, null, null]]);
  });

  it('are known of every column, or the table is refused', () => {
    expect(() => typedTable('visits', 'family,colour\na,b\n')).toThrow(/"colour" that is not known/);
  });
});

describe('drafts', () => {
  it('are told apart from what an independent reader has read', () => {
    const drafts = [...exportRegistry.values()].filter(({ isDraft }) => isDraft).map(({ name }) => name);
    expect(drafts).toEqual(['immport', 'sdtm-cp']);
    for (const name of drafts) expect(exportRegistry.get(name)?.summary).toMatch(/^draft: /);
  });
});
