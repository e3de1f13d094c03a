import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read, sheet, sheetWords } from './studyFolder.ts';

const header = 'sample_id,file,subject,visit';

/** One further row below a sound sheet with more columns; only what is wrong with it. */
function rowWords(columns: string, cells: string): string[] {
  const extra = columns === '' ? '' : `,${columns}`;
  return sheetWords(`${header}${extra}\nP01_BL,P01_BL.fcs,P01,BL\nP01_M1,P01_M1.fcs,P01,M1\n${cells}\n`);
}

function one(words: readonly string[]): string {
  expect(words).toHaveLength(1);
  return words[0] ?? '';
}

describe('a sheet as people and Excel write it', () => {
  test('a German Excel: semicolons, CRLF, umlauts in Windows-1252, decimal commas, German names', () => {
    const text =
      'Sample;Datei;Patient;Visite;Date;Beads-Added;Exclude;Exclude Reason\r\n' +
      'M\xFCller_BL;P01_BL.fcs;P01;BL;31.10.2019;1200,5;nein;\r\n' +
      'M\xFCller_M1;P01_M1.fcs;P01;M1;30.11.2019;1000;ja;verschüttet\r\n;;;;;;;\r\n';
    const { study, words } = read({ 'sheet.csv': Buffer.from(text, 'latin1') });
    expect(
      study?.tubes.map(({ sampleId, date, absolute, excluded }) => ({ sampleId, date, absolute, excluded })),
    ).toEqual([
      { sampleId: 'Müller_BL', date: '2019-10-31', absolute: { beads_added: 1200.5 }, excluded: false },
      { sampleId: 'Müller_M1', date: '2019-11-30', absolute: { beads_added: 1000 }, excluded: true },
    ]);
    expect(words.filter((line) => line.includes('sheet.alias'))).toHaveLength(4);
    expect(words.filter((line) => line.includes(' error '))).toEqual([]);
  });

  test('an alias that was used is told', () => {
    expect(sheetWords(sheet.replace('subject', 'Patient'))).toEqual([
      'sheet.csv:1:3: note sheet.alias: column "Patient" taken for "subject" (rename it to be sure)',
    ]);
  });

  test('a sheet with German heads is read: Probe, Datei, Patient, Visite, Charge, Datum', () => {
    const text = 'Probe;Datei;Patient;Visite;Charge;Datum\nP01_BL;P01_BL.fcs;P01;BL;Lauf 3;31.10.2019\n';
    const { study, words } = read({ 'sheet.csv': text });
    expect(study?.tubes).toMatchObject([{ sampleId: 'P01_BL', subject: 'P01', batch: 'Lauf 3', date: '2019-10-31' }]);
    expect(words.filter((line) => line.includes('sheet.alias'))).toHaveLength(6);
  });

  test('two columns that could be the same are refused', () => {
    expect(sheetWords('sample_id,file,patient,subject_id,visit\nP01_BL,P01_BL.fcs,P01,x,BL\n').join()).toContain(
      'error sheet.ambiguous-column: "patient" and "subject_id" could both be "subject"',
    );
  });

  test('columns that nothing uses are named', () => {
    expect(one(rowWords('drugs', '').filter((line) => !line.includes('pair')))).toContain(
      'note sheet.ignored-column: not used: "drugs"',
    );
  });

  test('a missing column is told with the columns that are there', () => {
    expect(sheetWords('sample_id,file,subject\nP01_BL,P01_BL.fcs,P01\n').join()).toContain(
      'error sheet.missing-column: column "visit" is missing',
    );
  });

  test('order of rows changes nothing but the order of tubes', () => {
    const [, ...rows] = sheet.trim().split('\n');
    const expected = read().study?.tubes.map(({ sheetRow: _, path: __, ...tube }) => tube);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const { study } = read({ 'sheet.csv': [header, ...shuffled, ''].join('\n') });
        const tubes = study?.tubes.map(({ sheetRow: _, path: __, ...tube }) => tube) ?? [];
        expect(tubes.sort((a, b) => (a.sampleId < b.sampleId ? -1 : 1))).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe('faults are told at their cells', () => {
  test.each([
    [
      '',
      'P01_BL,P02_BL.fcs,P02,BL',
      'sheet.csv:4:1: error sheet.duplicate-sample: sample_id "P01_BL" is also in row 2 (rename one of them)',
    ],
    ['', 'p01_bl,P02_BL.fcs,P02,BL', 'sample_id "p01_bl" is also in row 2 as "P01_BL", and case does not count'],
    [
      '',
      'x,P02_BL.fcs,P01,BL',
      'sheet.csv:4:4: error sheet.duplicate-tube: subject "P01" has another tube at visit "BL", in row 2',
    ],
    ['', 'x,P01_BL.fcs,P02,BL', 'sheet.csv:4:2: error sheet.duplicate-file: "P01_BL.fcs" is also the file of row 2'],
    ['', 'x,P02_BL.FCS,P02,BL', 'sheet.file-not-found: there is no file "P02_BL.FCS" (did you mean "P02_BL.fcs"?)'],
    ['', 'x,P02_BL.fcs,P02,bl', 'sheet.unknown-visit: visit "bl" is not in study.yaml (did you mean "BL"?)'],
    ['', 'x,P02_BL.fcs,,BL', 'sheet.csv:4:3: error sheet.missing-cell: "subject" is empty'],
    ['', ',P02_BL.fcs,P02,BL', 'sheet.csv:4:1: error sheet.missing-cell: "sample_id" is empty'],
    ['', 'a/b,P02_BL.fcs,P02,BL', 'sheet.wrong-id: sample_id "a/b" holds /'],
    ['', '=x,P02_BL.fcs,P02,BL', 'sheet.wrong-id: sample_id "=x" begins with ='],
    ['', 'x.,P02_BL.fcs,P02,BL', 'begins or ends with a blank or a dot'],
    ['', '#NAME?,P02_BL.fcs,P02,BL', 'error sheet.excel-changed: sample_id "#NAME?": Excel has changed this value'],
    ['role', 'x,P02_BL.fcs,P02,BL,smaple', 'sheet.wrong-value: role "smaple" is not one of sample'],
    [
      'date',
      'x,P02_BL.fcs,P02,BL,10/31/2019',
      'sheet.csv:4:5: error sheet.wrong-date: date "10/31/2019" could be day/month or month/day (write it as 2019-10-31 or 31.10.2019)',
    ],
    ['date', 'x,P02_BL.fcs,P02,BL,2019-02-29', 'is no day of the calendar'],
    ['exclude', 'x,P02_BL.fcs,P02,BL,maybe', 'exclude "maybe" is neither yes nor no'],
    ['exclude', 'x,P02_BL.fcs,P02,BL,WAHR', 'sheet.reason-missing'],
    ['dilution', 'x,P02_BL.fcs,P02,BL,0', '"dilution" must be above 0, found 0'],
    ['dilution', 'x,P02_BL.fcs,P02,BL,1:2', 'error sheet.not-a-number: "1:2" in column "dilution" is not a number'],
    ['specimen', 'x,P02_BL.fcs,P02,BL,pbmc', 'specimen "pbmc" is not one of blood, pbmc_fresh, pbmc_frozen'],
  ])('%s %s', (columns, cells, expected) => {
    expect(one(rowWords(columns, cells).filter((line) => line.includes(' error ')))).toContain(expected);
  });

  test('a folder is no file, and its own name is no hint', () => {
    const rows = `${header}\nP01_BL,P01_BL.fcs,P01,BL\nP01_M1,tube.fcs,P01,M1\n`;
    const { words } = read({ 'sheet.csv': rows, 'fcs/tube.fcs/inside': '' });
    expect(one(words.filter((line) => line.includes(' error ')))).toMatch(
      /^sheet\.csv:3:2: error sheet\.file-not-found: "tube\.fcs" is a folder, not a file (?!.*did you mean)/,
    );
  });

  test('everything at once', () => {
    const words = rowWords('date,role', 'P01_BL,none.fcs,P02,M9,1.13.2020,samples');
    expect(words.filter((line) => line.includes(' error '))).toHaveLength(5);
  });
});

describe('warnings', () => {
  test.each([
    [
      '',
      'x,P02_BL.fcs,P02,BL',
      'warning sheet.missing-pair: comparison "M1-BL": 1 of 2 subjects have both visits; without a pair: "P02" (no M1)',
    ],
    ['', '1E5,P02_BL.fcs,P01,M3', 'in column "sample_id" R and pandas read "1E5" as the number 100000'],
    ['arm', 'x,P02_BL.fcs,P01,M3,T', 'R reads "T" as a logical value'],
    ['batch', 'x,P02_BL.fcs,P01,M3,001', 'column "batch" is all digits: R and pandas read "001" as the number 1'],
    ['batch', 'x,P02_BL.fcs,P01,M3,Mrz 01', 'batch "Mrz 01": Excel has changed this value'],
    ['batch', 'x,P02_BL.fcs,P01,M3,"1,00E+05"', 'batch "1,00E+05": Excel has changed this value'],
    ['', 'x,P02_BL.fcs,p01,M3', 'subject "p01" differs from "P01" in row 2 by case or blanks only'],
    ['role', 'x,P02_BL.fcs,D1,,bridge', 'a tube of role "bridge" has a subject, which is not used'],
  ])('%s %s', (columns, cells, expected) => {
    const words = rowWords(columns, cells);
    expect(words.filter((line) => line.includes(' error '))).toEqual([]);
    expect(words.join('\n')).toContain(expected);
  });

  test('a mix of specimens within a subject', () => {
    const text = `${header},specimen\nP01_BL,P01_BL.fcs,P01,BL,blood\nP01_M1,P01_M1.fcs,P01,M1,pbmc_frozen\n`;
    expect(one(sheetWords(text))).toContain(
      'sheet.csv:3:5: warning sheet.mixed-specimen: subject "P01" has "pbmc_frozen" here and "blood" in row 2',
    );
  });

  test('an excluded tube may stand beside the one that replaced it, and takes no part in a pair', () => {
    const text = (last: string) =>
      `${header},exclude,exclude_reason\nP01_BL,P01_BL.fcs,P01,BL,,\nP01_M1,P01_M1.fcs,P01,M1,yes,clot\n${last}`;
    expect(sheetWords(text('P01_M1b,P02_M1.fcs,P01,M1,,\n'))).toEqual([]);
    expect(one(sheetWords(text('')))).toContain('"P01" (M1 excluded)');
  });

  test('text stays text: subject 001 is not 1', () => {
    expect(read({ 'sheet.csv': `${header}\na,P01_BL.fcs,001,BL\n` }).study?.tubes[0]?.subject).toBe('001');
  });

  test('ids are brought to one Unicode form', () => {
    expect(read({ 'sheet.csv': `${header}\na,P01_BL.fcs,Mu\u0308ller,BL\n` }).study?.tubes[0]?.subject).toBe(
      'M\u00FCller',
    );
  });
});
