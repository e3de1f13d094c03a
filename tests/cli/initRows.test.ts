import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFile, draft } from '../../src/commands/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { checkSheet } from '../../src/study/index.ts';
import { tinyStudy } from './cytopair.ts';

const tinyTubes = readdirSync(join(tinyStudy, 'fcs'))
  .sort()
  .map((name) => join(tinyStudy, 'fcs', name));

/** Pieces of names as people and machines write them, and as nobody should. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('P01', 'P1', 'p01', 'P11', 'Pat 2', 'Patient 3', 'HD01', '01-003', '017', 'SLE-07'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('BL', 'M1', 'vor Th.', 'nach', 'pre', 'post', 'V1', 'V2', 'D0', 'week 4', 'T0', 'EOT'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('Bcell', 'Tcell', 'panel1', 'panel2', 'lymph', 'Tube_001', 'CD24', 'mono 2'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('001', '000', '12', 'rep2', '(1)', 'Kopie', '20260105', 'Specimen_001', 'A01'),
  },
  { weight: 1, arbitrary: fc.constantFrom('Unstained', 'FMO CD24', 'Comp FITC', 'Isotype', 'CS&T', 'Blank', 'FITC') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '=1',
      '+P',
      '-x',
      '@a',
      "'q",
      '#REF!',
      'a,b',
      'a"b',
      'a;b',
      ' x',
      'y ',
      'é',
      '1E5',
      'NA',
      'Mrz 01',
      'ΚΛ',
      '%',
    ),
  },
);
const separator = fc.constantFrom('_', ' ', '-', '.', '/', '');
const ending = fc.constantFrom('.fcs', '.fcs', '.fcs', '.FCS', '.lmd', '.001');
const name = fc
  .tuple(fc.array(fc.tuple(separator, piece), { minLength: 1, maxLength: 5 }), ending)
  .map(([pieces, end]) => `${pieces.map(([gap, text], at) => (at === 0 ? '' : gap) + text).join('')}${end}`)
  .filter((text) => !text.split('/').some((part) => part === '' || part === '.' || part === '..'));
const state = fc.constantFrom('whole', 'whole', 'whole', 'whole', 'whole', 'cut', 'text');

/** A few patients at two visits by one habit, so that there are rows. */
const habit = fc
  .tuple(
    fc.constantFrom('P', 'Pat ', 'SLE-0', '01-00'),
    fc.constantFrom(['BL', 'M1'], ['vor Th.', 'nach Th.'], ['D0', 'D28'], ['V1', 'V2']),
    fc.constantFrom([''], ['_Bcell', '_Tcell']),
    fc.constantFrom('_', ' ', '/'),
  )
  .map(([patient, visits, panels, gap]) =>
    [1, 2].flatMap((number) =>
      visits.flatMap((visit) =>
        panels.map((panel): [string, string] => [`${patient}${number}${gap}${visit}${panel}.fcs`, 'whole']),
      ),
    ),
  );
const oddNames = fc.array(fc.tuple(name, state), { maxLength: 8 });
const folderOfFiles = fc
  .tuple(fc.oneof(habit, fc.constant([])), oddNames)
  .map(([usual, odd]) => [...new Map([...odd, ...usual].map((one) => [one[0].toLowerCase(), one])).values()])
  .filter((files) => files.length > 0);

describe('a drafted sheet', () => {
  test('holds no row and its study no line that check refuses, whatever the files are called', () => {
    let rowCount = 0;
    let emptyCount = 0;
    fc.assert(
      fc.property(folderOfFiles, (files) => {
        const folder = mkdtempSync(join(tmpdir(), 'cytopair-names-'));
        try {
          const written = files.filter(([text, how], at) => writeTube(join(folder, 'fcs', text), how, at));
          fc.pre(written.length > 0);
          const { exit, problems } = draft(join(folder, 'fcs'), { out: folder, showIdentifiers: false });
          if (exit === 2) {
            expect(problems.map((found) => found.code)).toEqual(['input.not-found']);
            return;
          }
          const rows = checkSheet(join(folder, 'sheet.csv')).value ?? [];
          rowCount += rows.length;
          emptyCount += rows.length === 0 ? 1 : 0;
          const checked = checkFile(join(folder, 'study.yaml'));
          const errors = checked.problems.filter((found) => found.severity === 'error');
          // Where no name says enough there is no row, and that is all that check may say.
          expect(
            errors.filter((found) => rows.length > 0 || found.code !== 'sheet.no-tubes').map(printProblem),
          ).toEqual([]);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 25 },
    );
    expect(rowCount).toBeGreaterThan(40);
    expect(emptyCount).toBeLessThan(15);
  });
});

/** @returns false where the name cannot be: a folder of it stands in the way */
function writeTube(path: string, how: string, at: number): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (how === 'text') writeFileSync(path, 'no FCS');
    else copyFileSync(tinyTubes[at] ?? '', path);
    if (how === 'cut') truncateSync(path, 2_000);
    return true;
  } catch {
    return false;
  }
}
