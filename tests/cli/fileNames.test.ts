import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessNames } from '../../src/commands/tools.ts';

/** Each name with what it was taken for: "subject | visit | panel", a role, or "?". */
function taken(...names: string[]): Record<string, string> {
  const { guesses } = guessNames(names);
  return Object.fromEntries(
    guesses.map((guess, at) => {
      if (guess.kind === 'sample') return [names[at], [guess.subject, guess.visit, guess.panel].join(' | ')];
      return [names[at], guess.kind === 'control' ? guess.role : '?'];
    }),
  );
}

describe('names of files as laboratories write them', () => {
  test.each<[string, Record<string, string>]>([
    [
      'Diva: specimen, running number',
      {
        'Specimen_001_001-V1_000': '001 | V1 | ',
        'Specimen_001_001-V2_001': '001 | V2 | ',
        'Specimen_001_002-V1_002': '002 | V1 | ',
        'Specimen_001_002-V2_003': '002 | V2 | ',
      },
    ],
    [
      'German words, and patient 1 is not patient 11',
      {
        'Pat 1 vor Th. 003': 'Pat 1 | VOR | ',
        'Pat 1 nach Th. 004': 'Pat 1 | NACH | ',
        'Pat 11 vor Th. 009': 'Pat 11 | VOR | ',
      },
    ],
    ['French words', { 'Patient 3 avant': 'Patient 3 | AVANT | ', 'Patient 3 après': 'Patient 3 | APRES | ' }],
    ['Spanish words', { 'Paciente 3 antes': 'Paciente 3 | ANTES | ', 'Paciente 3 después': 'Paciente 3 | DESPUES | ' }],
    ['glued together', { P01BL: 'P01 | BL | ', P01M1: 'P01 | M1 | ', SLE07V2: '?' }],
    ['a word alone, each visit once', { Bärbel_BL: 'Bärbel | BL | ', Bärbel_M1: 'Bärbel | M1 | ' }],
    ['words that change with the visits', { Anna_BL: 'Anna | BL | ', Anna_M1: 'Anna | M1 | ', Eva_BL: 'Eva | BL | ' }],
    ['a date before', { '20260105_P01_BL': 'P01 | BL | ', '2026-02-06_P01_M1': 'P01 | M1 | ' }],
    ['days', { P01_D0: 'P01 | D0 | ', P01_D28: 'P01 | D28 | ' }],
    ['spellings of one visit', { 'P01 week 4': 'P01 | WEEK4 | ', P02_wk04: 'P02 | WEEK4 | ' }],
    [
      'site and subject by a hyphen, panels behind',
      {
        '01-003_BL_Bcell': '01-003 | BL | Bcell',
        '01-003_BL_Tcell': '01-003 | BL | Tcell',
        '02-003_BL_Bcell': '02-003 | BL | Bcell',
      },
    ],
    ['numbered panels', { 'SLE-07 M1 panel1': 'SLE-07 | M1 | panel1', 'SLE-07 M1 panel2': 'SLE-07 | M1 | panel2' }],
    [
      'words that tell the tubes of one visit apart are panels',
      {
        P01_BL_lymph: 'P01 | BL | lymph',
        P01_BL_mye: 'P01 | BL | mye',
        P02_BL_lymph: 'P02 | BL | lymph',
        P02_BL_mye: 'P02 | BL | mye',
      },
    ],
    ['folders that say it', { 'Pat 1/vor Th': 'Pat 1 | VOR | ', 'Pat 2/nach Th': 'Pat 2 | NACH | ' }],
    [
      'donors are no days where a visit is there',
      { D01_BL: 'D01 | BL | ', D01_M1: 'D01 | M1 | ', D02_BL: 'D02 | BL | ' },
    ],
    ['a time counts from 0, people do not', { D1_T0: 'D1 | T0 | ', D1_T1: 'D1 | T1 | ', D2_T0: 'D2 | T0 | ' }],
    [
      'a number behind a word and before another',
      { '017 Week 12': '017 | WEEK12 | ', '017 Baseline': '017 | BASELINE | ' },
    ],
    ['day -7 lies before day 0', { 'P01 Day -7': 'P01 | DAY-7 | ', 'P01 Day 0': 'P01 | DAY0 | ' }],
  ])('%s', (_, expected) => {
    expect(taken(...Object.keys(expected))).toEqual(expected);
  });

  test.each([
    ['wells of a plate', ['A01 Well - A01', 'A02 Well - A02']],
    ['tubes of Diva without a patient', ['Specimen_001_Tube_001_001', 'Specimen_001_Tube_002_002']],
    ['months or people', ['M01', 'M02', 'M03']],
    ['S1 and S2: visits, samples, subjects', ['P01_S1', 'P01_S2', 'P02_S1', 'P02_S2']],
    ['D1 and V1: no count from 0 tells which is whom', ['D1_V1', 'D1_V2', 'D2_V1', 'D2_V2']],
    ['one number at two places', ['C01_P03_BL', 'C02_P03_M1']],
    ['one number with two names', ['P01_Mueller_BL', 'P01_Schmidt_M1']],
    ['running numbers are no patients', ['001_BL', '002_M1', '003_BL', '004_M1']],
    ['a tube and its repeat', ['P01_BL', 'P01_BL_rep2']],
    ['day 7 or day -7', ['P01_D-7', 'P02_D-7']],
    ['dates alone', ['P01_20260105', 'P01_20260206']],
    ['two visits in a name', ['P01_pre_week 4', 'P02_pre_week 4']],
  ])('%s: left open', (_, names) => {
    expect(Object.values(taken(...names))).toEqual(names.map(() => '?'));
  });

  test('visits whose order no name tells are not both taken: the kind with most files is', () => {
    expect(taken('P01_V1', 'P01_W4', 'P02_V1', 'P02_V2')).toEqual({
      P01_V1: 'P01 | V1 | ',
      P01_W4: '?',
      P02_V1: 'P02 | V1 | ',
      P02_V2: 'P02 | V2 | ',
    });
  });

  test('visits come in the order of time, and follow-up last', () => {
    const { visits } = guessNames(['P01_FU1', 'P01_M12', 'P01_M3', 'P01_SCR', 'P01_BL', 'P01_EOT']);
    expect(visits.map(({ id, day }) => [id, day])).toEqual([
      ['SCR', undefined],
      ['BL', 0],
      ['M3', 91],
      ['M12', 365],
      ['EOT', undefined],
      ['FU1', undefined],
    ]);
  });

  test('controls by role, in four languages; no sample is taken for one', () => {
    const controls = {
      Unstained: 'unstained',
      'Compensation Controls_Unstained Control': 'unstained',
      ungefärbt: 'unstained',
      'non marqué': 'unstained',
      'sin teñir': 'unstained',
      'FMO CD24': 'fmo',
      'FMO-CD38_P01': 'fmo',
      'Compensation Controls_PE-A Stained Control': 'single',
      'Comp beads FITC': 'single',
      'APC-Cy7 single': 'single',
      'Einzelfärbung CD19 PE': 'single',
      FITC: 'single',
      Isotype: '?',
      'CS&T': '?',
      Blank: '?',
      'neg Kontrolle': '?',
      'P01_BL_single cells': 'P01 | BL | ',
      P02_M1_lyse_no_wash: 'P02 | M1 | ',
      HD01_BL: 'HD01 | BL | ',
    };
    expect(taken(...Object.keys(controls))).toEqual(controls);
  });

  test('spellings of one patient are one, and said', () => {
    const { guesses, spellings } = guessNames(['P3_BL', 'p3_M1', 'P03_M3']);
    expect(new Set(guesses.map((guess) => (guess.kind === 'sample' ? guess.subject : '?'))).size).toBe(1);
    expect(spellings).toEqual(['"P3", "p3", "P03": taken for one subject, "P3"']);
  });

  test('whatever the habit, a subject of the draft is one patient and a visit one visit, or the file is left open', () => {
    let sampleCount = 0;
    let openCount = 0;
    fc.assert(
      fc.property(folderOfOneHabit, (files) => {
        const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
        const { guesses } = guessNames(sorted.map(({ name }) => name));
        const pairs = guesses.flatMap((guess, at) => {
          const file = sorted[at];
          return guess.kind === 'sample' && file !== undefined ? [{ guess, file }] : [];
        });
        sampleCount += pairs.length;
        openCount += guesses.length - pairs.length;
        expectOneToOne(pairs.map(({ guess, file }) => [guess.subject, file.patient]));
        expectOneToOne(pairs.map(({ guess, file }) => [guess.visit, file.visit]));
      }),
      { numRuns: 1000 },
    );
    // The law would also hold of a draft that says nothing.
    expect(sampleCount / (sampleCount + openCount)).toBeGreaterThan(0.8);
  });
});

interface NamedFile {
  readonly name: string;
  readonly patient: string;
  readonly visit: string;
}

const patientStyles: readonly ((number: number) => string)[] = [
  (n) => `P${n}`,
  (n) => `P${String(n).padStart(2, '0')}`,
  (n) => `Pat ${n}`,
  (n) => `Patient_${String(n).padStart(3, '0')}`,
  (n) => `SLE-${String(n).padStart(2, '0')}`,
  (n) => `01-${String(n).padStart(3, '0')}`,
  (n) => `RA${n}`,
  (n) => `D${String(n).padStart(2, '0')}`,
  (n) => `HD${n}`,
  (n) => String(n).padStart(3, '0'),
  (n) => `${['Anna', 'Eva', 'Jo', 'Max'][n % 4]}${['berg', 'feld', 'mann'][Math.floor(n / 4) % 3]}`,
];
const visitStyles: readonly (readonly string[])[] = [
  ['BL', 'M1', 'M6'],
  ['baseline', 'week 4', 'week 12'],
  ['vor Th.', 'nach Th.'],
  ['pre', 'post'],
  ['V1', 'V2', 'V3'],
  ['D0', 'D28', 'D90'],
  ['T0', 'T1'],
  ['Tag 0', 'Woche 4', '3 Monate'],
  ['avant', 'après'],
  ['visite 1', 'visite 2'],
];
const panelStyles: readonly (readonly string[])[] = [
  [''],
  ['Bcell', 'Tcell'],
  ['panel1', 'panel2'],
  ['lymph', 'mye'],
  ['B-cell panel'],
];

/** All names of one habit: a patient, a visit, perhaps a panel, a running number, words before; some files missing. */
const folderOfOneHabit: fc.Arbitrary<readonly NamedFile[]> = fc
  .record({
    patients: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
    patientStyle: fc.constantFrom(...patientStyles),
    visits: fc.constantFrom(...visitStyles),
    panels: fc.constantFrom(...panelStyles),
    gap: fc.constantFrom('_', ' ', '-', '/'),
    before: fc.constantFrom('', '', 'Specimen_001', 'LUPUS', '20260105', 'export'),
    counted: fc.boolean(),
    missing: fc.array(fc.nat(), { maxLength: 4 }),
  })
  .map(({ patients, patientStyle, visits, panels, gap, before, counted, missing }) => {
    const files: NamedFile[] = [];
    for (const number of patients) {
      for (const visit of visits) {
        for (const panel of panels) {
          const running = counted ? String(files.length).padStart(3, '0') : '';
          const words = [before, patientStyle(number), visit, panel, running].filter((word) => word !== '');
          files.push({ name: words.join(gap), patient: String(number), visit });
        }
      }
    }
    const gone = new Set(missing.map((at) => at % files.length));
    return files.filter((_, at) => !gone.has(at));
  });

function expectOneToOne(pairs: readonly (readonly [string, string])[]): void {
  const distinct = new Set(pairs.map((pair) => JSON.stringify(pair)));
  expect(new Set(pairs.map(([one]) => one)).size).toBe(distinct.size);
  expect(new Set(pairs.map(([, other]) => other)).size).toBe(distinct.size);
}
