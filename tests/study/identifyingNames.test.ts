import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { identifyingNames } from '../../src/study/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { head, read, sheet } from './studyFolder.ts';

const alone = (file: string) => identifyingNames([{ file, sampleId: 'X77_BL', subject: 'X77', known: ['BL'] }], {});

describe('names of files and folders that hold a person', () => {
  test.each([
    'Mueller_Hans_1950/P01_BL.fcs',
    'Müller_Hans/P01.fcs',
    'Müller, Hans BL.fcs',
    'MuellerHans_BL.fcs',
    'MUELLER_HANS_BL.fcs',
    'mueller_hans_1950_BL.fcs',
    'M. Mueller 1950.fcs',
    'Hans 12.03.1950 BL.fcs',
    'P01_19500312.fcs',
    'fcs/Schmidt-Anna/BL.fcs',
  ])('"%s" is warned of', (file) => {
    expect(alone(file)?.severity).toBe('warning');
  });

  test.each([
    'P01_BL.fcs',
    'fcs/P01_BL.fcs',
    'Activation_1.fcs',
    'blood_D1.fcs',
    'Specimen_001_Tube_001.fcs',
    'Specimen_001_001-V1_000.fcs',
    '2026-01-05/A01 Well - A01.fcs',
    '2019-05-21 Berlin/P01.fcs',
    'export_PBMC_CD19+.fcs',
    'Pat 1 vor Th. 003.fcs',
    'Compensation Controls_Unstained Control.fcs',
    'Alexa Fluor 488 Stained Control_001.fcs',
    'Healthy Donor 3.fcs',
    'Experiment_003/Specimen_001/Tube_003_003.fcs',
    'Bärbel_BL.fcs',
  ])('"%s" is not', (file) => {
    expect(alone(file)).toBeUndefined();
  });

  test.skipIf(!hasTruth)('no file of the reference data is', () => {
    const files = readFileSync(truthPath('manifest.csv'), 'utf8').match(/^[^,\n]+\.(fcs|lmd)(?=,)/gim) ?? [];
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => alone(file) !== undefined)).toEqual([]);
  });

  test('words that the sheet itself has, or that many patients share, are nobody', () => {
    const tubeOf = (subject: string, file: string) => ({ file, sampleId: `${subject}_BL`, subject, known: [] });
    expect(identifyingNames([tubeOf('Mueller_Hans', 'Mueller_Hans_BL.fcs')], {})).toBeUndefined();
    const shared = ['P1', 'P2', 'P3'].map((subject) => tubeOf(subject, `Charite Berlin/${subject}.fcs`));
    expect(identifyingNames(shared, {})).toBeUndefined();
    const two = [tubeOf('P1', 'Mueller_Hans/a.fcs'), tubeOf('P1', 'Mueller_Hans/b.fcs'), tubeOf('P2', 'x.fcs')];
    expect(identifyingNames(two, {})?.message).toMatch(/^the names of 2 files or their folders hold .* "P1_BL"\)$/);
  });
});

describe('a study whose files are called by persons', () => {
  const files = {
    'fcs/Mueller_Hans_1950/BL.fcs': '',
    'sheet.csv': sheet.replace('P01_BL.fcs', 'Mueller_Hans_1950/BL.fcs'),
  };

  test('is one warning that does not repeat the name', () => {
    const { words, study } = read(files);
    expect(words).toEqual([
      expect.stringMatching(/^sheet\.csv: warning sheet\.identifying-name: .*"P01_BL".*names: hidden in study\.yaml/),
    ]);
    expect(words.join()).not.toMatch(/Mueller|Hans|1950/);
    expect(study?.tubes[0]?.displayPath).toContain('Mueller');
  });

  test('prints ids alone where names are hidden, in what is wrong too', () => {
    const hidden = { ...files, 'study.yaml': `${head}names: hidden\n` };
    const { words, study } = read(hidden);
    expect(words).toEqual([]);
    expect(study?.tubes.map(({ displayPath }) => displayPath)).toEqual([
      '<P01_BL>',
      '<P01_M1>',
      '<P02_BL>',
      '<P02_M1>',
    ]);
    const absent = read({ ...hidden, 'sheet.csv': sheet.replace('P01_BL.fcs', 'Mueller_Hans_1950/B.fcs') });
    expect(absent.words[0]).toContain('there is no file "<P01_BL>"');
    expect(absent.words.join()).not.toMatch(/Mueller|Hans|1950/);
  });
});
