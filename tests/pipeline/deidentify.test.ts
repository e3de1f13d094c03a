import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deidentify } from '../../src/commands/index.ts';
import type { DeidentifyOptions } from '../../src/commands/tools.ts';
import { type FcsFile, openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource, writeFcs } from '../../src/fcs/tools.ts';
import { ownFolder } from '../cli/cytopair.ts';
import { buildFcs, integerRows, joinBytes, latin1 } from '../fcs/buildFcs.ts';
import { corpusPaths, hashRows } from '../fcs/corpusFiles.ts';
import { oddCombined } from '../fcs/oddCombined.ts';
import { oddLayout } from '../fcs/oddLayout.ts';
import { oddOffsets } from '../fcs/oddOffsets.ts';
import { oddText } from '../fcs/oddText.ts';
import { oddTrailing } from '../fcs/oddTrailing.ts';
import { floatFile } from '../fcs/soundFiles.ts';
import { hasTruth, truthPath } from '../truth.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
  mkdirSync(join(folder.path, 'private'));
  // A fixed secret, so that the shifts are the same on every run.
  writeFileSync(join(folder.path, 'private', 'map.csv.secret'), 'a secret of this test\n');
});
afterEach(() => folder.remove());

function run(files: readonly string[], options: Partial<DeidentifyOptions> = {}): ReturnType<typeof deidentify> {
  const { path } = folder;
  const usual = { out: join(path, 'out'), subjects: undefined, map: join(path, 'private', 'map.csv'), reading: {} };
  return deidentify(files, { ...usual, ...options });
}

interface Row {
  readonly file: string;
  readonly newFile: string;
  readonly shiftDays: number;
}

function mapRows(): Row[] {
  const lines = readFileSync(join(folder.path, 'private', 'map.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [file = '', newFile = '', , shift = ''] = line.split(',');
    return { file, newFile, shiftDays: Number(shift) };
  });
}

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return path;
}

function read(path: string, reading = {}): { file: FcsFile; bytes: Buffer } {
  const source = openFile(path);
  const { value: file, problems } = readFcs(source, reading);
  source.close();
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return { file, bytes: readFileSync(path) };
}

const outPath = (row: Row | undefined): string => join(folder.path, 'out', row?.newFile ?? '');
const dataOf = ({ file, bytes }: { file: FcsFile; bytes: Buffer }): Buffer =>
  bytes.subarray(file.layout.offsetBytes, file.layout.offsetBytes + file.layout.lengthBytes);

/** Written down a second time, apart from the code: what computing needs, and nothing else. */
const allowed =
  /^(\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|BEGINDATA|ENDDATA|BEGINANALYSIS|ENDANALYSIS|BEGINSTEXT|ENDSTEXT|TIMESTEP|VOL|CYT|DATE|BTIM|ETIM)|\$P\d+(B|E|G|N|R|S|V|L|O|F|T|D|DATATYPE|CALIBRATION|TYPE|FEATURE|TAG|ANALYTE|DET)|\$?SPILL(OVER)?|\$COMP|\$DFC\d+TO\d+|TB\d+|LASER\d+DELAY|(ORIGINAL)?GUID)$/;

/** A single stain is often named by its dye alone. */
function isByRight(value: string, { keywords, parameters }: FcsFile): boolean {
  const names = parameters.map(({ name, stain }) => `${name} ${stain ?? ''}`.toLowerCase());
  return value === keywords.get('$CYT') || names.some((words) => words.includes(value.toLowerCase()));
}

/** Keywords in which the public files name staff, sites, samples and moments. */
const telling =
  /^(\$(OP|EXP|SRC|SMNO|FIL|COM|PROJ|INST|SYS|CYTSN|CELLS|PLATENAME|PLATEID|WELLID|LAST_MODIFIER|LAST_MODIFIED|DATE)|CYTNUM|EXPORT (USER NAME|TIME)|EXPERIMENT NAME|TUBE NAME|SAMPLE ID|PATIENT ID|USER.*|OPERATOR|GUID|FILENAME|CREATOR|@.*)$/;

describe.skipIf(!hasTruth)('files as published, with names of staff and accession numbers', () => {
  test('nothing that tells is left in any byte or name; the events are the same, byte for byte', () => {
    const paths = hasTruth ? corpusPaths().map((path) => truthPath(path)) : [];
    const outcome = run(paths);
    expect(outcome.exit).toBe(3);
    const unreadable = new Set(['corrupted.fcs', 'cytek_nl2000_header_only.fcs', 'cyan.fcs']);
    expect(outcome.problems.filter((one) => one.severity === 'error').map((one) => one.where.file)).toEqual(
      paths.map((path) => basename(path)).filter((name) => unreadable.has(name)),
    );
    let valueCount = 0;
    let eventCount = 0;
    for (const row of mapRows()) {
      const before = read(row.file);
      const after = read(outPath(row));
      expect(dataOf(after).equals(dataOf(before))).toBe(true);
      expect([...after.file.keywords.keys()].filter((key) => !allowed.test(key))).toEqual([]);
      const text = after.bytes.toString('latin1').toLowerCase();
      const stem = basename(row.file).replace(/\.[^.]*$/, '');
      const values = [...before.file.keywords].filter(([key]) => telling.test(key)).map(([, value]) => value.trim());
      for (const value of new Set([stem, ...values])) {
        // A number that is no long code, the machine's model, and names of channels stand there by right.
        if (value.length < 4 || /^[\d.,\s-]{1,7}$|^\d+\.0+$/.test(value) || isByRight(value, before.file)) continue;
        for (const encoding of ['utf8', 'latin1', 'utf16le'] as const) {
          const needle = Buffer.from(value, encoding).toString('latin1').toLowerCase();
          if (text.includes(needle)) throw new Error(`a value of ${basename(row.file)} is left in ${row.newFile}`);
        }
        valueCount++;
      }
      eventCount += after.file.eventCount;
    }
    console.log(`searched for ${valueCount} values in ${mapRows().length} files of ${eventCount} events: none left`);
    expect(mapRows().length).toBe(78);
    expect(valueCount).toBeGreaterThan(400);
  });
});

describe('dates', () => {
  const dated = (date: string, seed: number): Uint8Array =>
    floatFile({
      keywords: { $DATE: date, $BTIM: '09:15:00', $P1S: 'CD3', $P2S: 'CD4', $P3S: 'CD8' },
      rows: [[seed, 2, 3]],
    });
  const weekday = (date: string): number => new Date(`${date.replaceAll('-', ' ')} UTC`).getUTCDay();

  test('of one subject move together by whole weeks, of two subjects apart', () => {
    const files = [
      write('A_BL.fcs', dated('05-JAN-2024', 1)),
      write('A_M1.fcs', dated('02-FEB-2024', 2)),
      write('B_BL.fcs', dated('05-JAN-2024', 3)),
    ];
    const sheet = write('sheet.csv', latin1('file,subject\nA_BL.fcs,Anna\nA_M1.fcs,Anna\nB_BL.fcs,Bert\n'));
    expect(run(files, { subjects: sheet })).toMatchObject({ exit: 0, problems: [] });
    const rows = files.map((file) => mapRows().find((row) => row.file === file));
    const dates = rows.map((row) => read(outPath(row)).file.keywords.get('$DATE') ?? '');
    const days = dates.map((date) => Date.parse(`${date.replaceAll('-', ' ')} UTC`) / 86_400_000);
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(28);
    expect(dates.map(weekday)).toEqual([5, 5, 5]);
    expect(rows[0]?.shiftDays).toBe(rows[1]?.shiftDays);
    expect(rows[2]?.shiftDays).not.toBe(rows[0]?.shiftDays);
    for (const row of rows) {
      expect(Math.abs(row?.shiftDays ?? 0)).toBeLessThanOrEqual(364);
      expect(Math.abs((row?.shiftDays ?? 1) % 7)).toBe(0);
      expect(row?.shiftDays).not.toBe(0);
      expect(read(outPath(row)).file.keywords.get('$BTIM')).toBe('09:15:00');
    }
  });

  test.each(['2024-01-05', '5-Jan-24', '05 January 2024'])(
    'written as %s are read, and written as the standard says',
    (text) => {
      run([write('a.fcs', dated(text, 1))]);
      expect(read(outPath(mapRows()[0])).file.keywords.get('$DATE')).toMatch(/^\d\d-[A-Z]{3}-20\d\d$/);
    },
  );

  test.each(['01/02/2024', 'last Friday', '31-FEB-2024'])('that cannot be moved, %s, are left out', (text) => {
    run([write('a.fcs', dated(text, 1))]);
    expect(read(outPath(mapRows()[0])).file.keywords.has('$DATE')).toBe(false);
  });
});

describe('the map', () => {
  test('and the secret lie apart, for the eyes of the owner; the same file gets the same name again', () => {
    const file = write('Erika.fcs', floatFile());
    run([file]);
    const first = mapRows();
    for (const name of ['map.csv', 'map.csv.secret']) {
      expect(statSync(join(folder.path, 'private', name)).mode & 0o777).toBe(name === 'map.csv' ? 0o600 : 0o644);
    }
    expect(readdirSync(join(folder.path, 'out'))).toEqual([first[0]?.newFile]);
    expect(run([file]).exit).toBe(0);
    expect(mapRows()).toEqual(first);
  });

  test('a secret that the command makes itself is unreadable for others', () => {
    run([write('a.fcs', floatFile())], { map: join(folder.path, 'apart', 'names.csv') });
    expect(statSync(join(folder.path, 'apart', 'names.csv.secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder.path, 'apart', 'names.csv.secret'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('is not written where every file failed, and an earlier one stays as it was', () => {
    const letter = write('letter.fcs', latin1('Dear colleague'));
    const failed = run([letter]);
    expect(failed.exit).toBe(3);
    expect(failed.closing).toMatch(/^cytopair: 0 of 1 files written, 1 failed, \d+ warnings? -> [^;]*$/);
    expect(readdirSync(join(folder.path, 'private'))).toEqual(['map.csv.secret']);
    run([write('a.fcs', floatFile())]);
    const first = mapRows();
    run([letter]);
    expect(mapRows()).toEqual(first);
  });

  test('never lies in the folder that is passed on; a folder with other files is not touched', () => {
    const file = write('a.fcs', floatFile());
    expect(run([file], { map: join(folder.path, 'out', 'map.csv') }).exit).toBe(2);
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
    mkdirSync(join(folder.path, 'out'));
    writeFileSync(join(folder.path, 'out', 'notes.txt'), 'mine');
    const outcome = run([file]);
    expect(outcome).toMatchObject({ exit: 2, problems: [{ code: 'output.not-ours' }] });
    expect(readdirSync(join(folder.path, 'out'))).toEqual(['notes.txt']);
  });

  test('identifiers that link files become keyed hashes that still link them', () => {
    const guid = '00000000-1111-2222-3333-444444444444';
    const sheet = write('sheet.csv', latin1('file,subject\na.fcs,Anna\nb.fcs,Anna\n'));
    const one = write('a.fcs', floatFile({ keywords: { GUID: guid } }));
    const two = write('b.fcs', floatFile({ keywords: { ORIGINALGUID: guid } }));
    run([one, two], { subjects: sheet });
    const [a, b] = [one, two].map((file) => read(outPath(mapRows().find((row) => row.file === file))).file.keywords);
    expect(a?.get('GUID')).toMatch(/^[0-9a-f]{32}$/);
    expect(b?.get('ORIGINALGUID')).toBe(a?.get('GUID'));
  });
});

describe('what is kept', () => {
  test('names of channels are kept where every word is a marker, dye or detector; else replaced, and said', () => {
    const file = write(
      'tube.fcs',
      writeFcs({
        parameters: [
          { name: 'FSC-A', range: 1024 },
          { name: 'FITC-A', stain: 'CD19 FITC', range: 1024 },
          { name: 'PE-A', stain: 'CD38 Mrs Miller', range: 1024 },
          { name: 'Miller-A', stain: 'P0123', range: 1024 },
        ],
        keywords: {
          $CYT: 'LSR II of Dr Miller',
          $SPILLOVER: '3,FITC-A,PE-A,Miller-A,1,.1,0,.2,1,0,0,.3,1',
          $OP: 'Miller',
          'PATIENT ID': 'P0123',
        },
        columns: [1, 2, 3, 4].map((value) => Float32Array.of(value)),
        eventCount: 1,
      }),
    );
    const { problems } = run([file]);
    expect(problems.map((one) => one.code)).toContain('fcs.deidentify-name-replaced');
    expect(problems.some((one) => /miller/i.test(one.message))).toBe(false);
    const { file: made, bytes } = read(outPath(mapRows()[0]));
    expect(made.parameters.map(({ name, stain }) => [name, stain])).toEqual([
      ['FSC-A', undefined],
      ['FITC-A', 'CD19 FITC'],
      ['PE-A', 'P3'],
      ['P4', 'P4'],
    ]);
    expect(made.keywords.get('$SPILLOVER')).toBe('3,FITC-A,PE-A,P4,1,.1,0,.2,1,0,0,.3,1');
    expect(made.keywords.get('$CYT')).toBe('LSR II');
    expect(bytes.toString('latin1')).not.toMatch(/miller|0123/i);
  });

  test('ANALYSIS, supplemental TEXT, other segments and stray bytes are gone', () => {
    const name = 'Erika Mustermann';
    const sound = floatFile({ gapBytes: 40, keywords: { $COM: name } });
    const at = sound.length;
    const bytes = joinBytes(sound, latin1(`|NAME|${name}|`));
    bytes.set(latin1(`${at}`.padStart(8)), 42);
    bytes.set(latin1(`${bytes.length - 1}`.padStart(8)), 50);
    const gap = Buffer.from(bytes).indexOf(' '.repeat(40));
    bytes.set(latin1(name), gap + 4);
    const file = write('tube.fcs', bytes);
    expect(read(file).file.analysis).toBeDefined();
    run([file]);
    expect(read(outPath(mapRows()[0])).bytes.toString('latin1')).not.toContain('Mustermann');
  });

  test('every odd file that can be read keeps its numbers, whatever its types, widths and orders', () => {
    const odd = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing].filter(
      (one) => one.values !== undefined,
    );
    let compared = 0;
    for (const [i, { kind, bytes, options = {} }] of odd.entries()) {
      const file = write(`odd-${i}.fcs`, bytes);
      const out = join(folder.path, `out-${i}`);
      const map = join(folder.path, 'private', `map-${i}.csv`);
      const { exit, problems } = run([file], { out, map, reading: options });
      expect([kind, exit, problems.filter((one) => one.severity === 'error' && one.code.includes('deident'))]).toEqual([
        kind,
        exit,
        [],
      ]);
      if (exit !== 0) continue;
      const [before, after] = [bytesSource('a', bytes), openFile(join(out, readdirSync(out)[0] ?? ''))];
      const { bitOrder } = options;
      expect([kind, valuesOf(after, bitOrder === undefined ? {} : { bitOrder })]).toEqual([
        kind,
        valuesOf(before, options),
      ]);
      after.close();
      compared++;
    }
    expect(compared).toBeGreaterThan(90);
  });
});

function valuesOf(source: ReturnType<typeof bytesSource>, options: object): string {
  const { value: file } = readFcs(source, options);
  if (file === undefined) throw new Error(`${source.name} is not read`);
  const indices = file.parameters.map((parameter) => parameter.index);
  return hashRows(readColumns(source, file, indices).columns);
}

describe('the check after writing', () => {
  test('refuses a file whose event data spell a removed value, and leaves none behind', () => {
    const name = 'Mustermann Erika';
    const events = [...latin1(name)].map((byte) => [byte]);
    const file = write(
      'tube.fcs',
      buildFcs({
        keywords: {
          $BEGINDATA: 'BBBBBBBBBBBB',
          $ENDDATA: 'EEEEEEEEEEEE',
          $BYTEORD: '1,2,3,4',
          $DATATYPE: 'I',
          $MODE: 'L',
          $NEXTDATA: '0',
          $PAR: '1',
          $TOT: String(events.length),
          $P1B: '8',
          $P1E: '0,0',
          $P1N: 'FL1-A',
          $P1R: '256',
          $P1S: 'CD19',
          $SRC: name,
        },
        data: integerRows(events, [8]),
      }),
    );
    const outcome = run([file]);
    expect(outcome.exit).toBe(3);
    expect(outcome.problems.map((one) => one.code)).toContain('fcs.deidentify-failed');
    expect(outcome.problems.every((one) => !one.message.includes('Muster'))).toBe(true);
    expect(readdirSync(join(folder.path, 'out'))).toEqual([]);
  });

  test('a file that is no FCS fails alone', () => {
    const outcome = run([write('letter.fcs', latin1('Dear colleague')), write('tube.fcs', floatFile())]);
    expect(outcome.exit).toBe(3);
    expect(outcome.closing).toMatch(/^cytopair: 1 of 2 files written, 1 failed/);
    expect(mapRows().length).toBe(1);
  });
});
