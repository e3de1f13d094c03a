import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });

const tinyTubes = readdirSync(join(tinyStudy, 'fcs')).sort();

/** Sixteen at most: each name is another tube. */
function tubes(...names: string[]): void {
  names.forEach((name, at) => {
    const path = join(folder.path, 'fcs', name);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(tinyStudy, 'fcs', tinyTubes[at] ?? ''), path);
  });
}
const sheet = () => readFileSync(join(folder.path, 'sheet.csv'), 'utf8').trimEnd().split('\n');

const study = () => readFileSync(join(folder.path, 'study.yaml'), 'utf8');

/** The same file with a stain of the same length by another name. */
function renameStain(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'latin1');
  expect(text).toContain(from);
  writeFileSync(path, text.replaceAll(from, to), 'latin1');
}

describe('cytopair init', () => {
  it('drafts a sheet and a study that check and run accept as they are', async () => {
    tubes('P01_BL.fcs', 'P01_M1.fcs', 'P02_BL.fcs', 'P02_M1.fcs');
    const drafted = await here('init', 'fcs');
    expect(drafted).toMatchObject({ exit: 0, stderr: '' });
    expect(sheet()).toEqual([
      'sample_id,file,subject,visit',
      'P01_BL,P01_BL.fcs,P01,BL',
      'P01_M1,P01_M1.fcs,P01,M1',
      'P02_BL,P02_BL.fcs,P02,BL',
      'P02_M1,P02_M1.fcs,P02,M1',
    ]);
    expect(study()).toContain('template: shipped:b-regulatory');
    expect(study().match(/# confirm/g)?.length).toBeGreaterThan(5);
    const checked = await here('check', 'study.yaml');
    expect(checked.exit).toBe(0);
  });

  it('sees subjects and visits in names of other habits, and leaves words that all share out', async () => {
    tubes('LUPUS Bcell 017 Baseline.fcs', 'LUPUS Bcell 017 Week 12.fcs', 'LUPUS Bcell 023 Baseline.fcs');
    await here('init', 'fcs');
    expect(
      sheet()
        .slice(1)
        .map((line) => line.split(',').slice(2)),
    ).toEqual([
      ['017', 'BASELINE'],
      ['017', 'WEEK12'],
      ['023', 'BASELINE'],
    ]);
    expect(study()).toMatch(/- \{id: BASELINE, day: 0\}\n.*- \{id: WEEK12, day: 84\}/);
  });

  it('writes no row where no name says anything, and lists the files as lines to be completed', async () => {
    tubes('a.fcs', 'b.fcs');
    const drafted = await here('init', 'fcs');
    expect(drafted).toMatchObject({ exit: 0, stderr: '' });
    expect(drafted.stdout).toContain('visits: not recognised');
    expect(drafted.stdout).toContain('left out 2 of 2 files');
    expect(sheet()).toEqual(['sample_id,file,subject,visit']);
    expect(study()).toContain('#   a,a.fcs,,\n#   b,b.fcs,,\n');
    expect(study()).toContain('# Nothing is planned');
  });

  it('gives controls their role, leaves out the ones that have none, and says which', async () => {
    const samples = [
      'Pat 1 vor Th. 003.fcs',
      'Pat 1 nach Th. 004.fcs',
      'Pat 11 vor Th. 005.FCS',
      'Pat 11 nach Th. 006.lmd',
    ];
    const single = 'Compensation Controls_PE-A Stained Control.fcs';
    tubes(...samples, 'Unstained.fcs', 'FMO CD24.fcs', single, 'Isotype.fcs', 'Blank.fcs');
    const drafted = await here('init', 'fcs');
    expect(sheet()).toEqual([
      'sample_id,file,subject,visit,role',
      'Compensation Controls_PE-A Stained Control,Compensation Controls_PE-A Stained Control.fcs,,,single',
      'FMO CD24,FMO CD24.fcs,,,fmo',
      'Pat 1 nach Th. 004,Pat 1 nach Th. 004.fcs,Pat 1,NACH,',
      'Pat 1 vor Th. 003,Pat 1 vor Th. 003.fcs,Pat 1,VOR,',
      'Pat 11 nach Th. 006,Pat 11 nach Th. 006.lmd,Pat 11,NACH,',
      'Pat 11 vor Th. 005,Pat 11 vor Th. 005.FCS,Pat 11,VOR,',
      'Unstained,Unstained.fcs,,,unstained',
    ]);
    expect(study()).toMatch(/- \{id: VOR\}\n {2}- \{id: NACH\}/);
    expect(drafted.stdout).toContain('controls: 1 fmo, 1 single, 1 unstained');
    expect(drafted.stdout).toContain('isotype control, for which the sheet has no role\n        Isotype.fcs');
    expect(drafted.stdout).toContain('Blank.fcs');
  });

  it('leaves out what is no tube: by first bytes, cut, hidden, linked from elsewhere, a copy', async () => {
    tubes('P01_BL.fcs', 'P01_M1.fcs', 'P02_BL.fcs', 'Data.001');
    const at = (name: string) => join(folder.path, 'fcs', name);
    for (const name of ['x.fcs', '._P01_BL.fcs', '.DS_Store', 'notes.txt']) writeFileSync(at(name), 'hello');
    writeFileSync(at('empty.fcs'), '');
    copyFileSync(at('P01_BL.fcs'), at('P01_BL (1).fcs'));
    truncateSync(at('P02_BL.fcs'), 3_000);
    copyFileSync(at('P01_M1.fcs'), join(folder.path, 'outside.fcs'));
    symlinkSync(join(folder.path, 'outside.fcs'), at('P03_BL.fcs'));
    symlinkSync(at('P01_M1.fcs'), at('P04_BL.fcs'));
    const drafted = await here('init', 'fcs');
    expect(sheet().slice(1)).toEqual(['P01_BL,P01_BL.fcs,P01,BL', 'P01_M1,P01_M1.fcs,P01,M1']);
    const reasons = [
      'no FCS file by its first bytes\n        x.fcs',
      'an empty file\n        empty.fcs',
      'a hidden file, as systems make beside the real one\n        ._P01_BL.fcs',
      'a copy of another file, byte for byte\n        P01_BL (1).fcs',
      'a link to a file outside the folder\n        P03_BL.fcs',
      'a second name of P01_M1.fcs\n        P04_BL.fcs',
      'neither subject nor visit can be told from the name\n        Data.001',
    ];
    for (const reason of reasons) expect(drafted.stdout).toContain(reason);
    expect(drafted.stdout).toMatch(/check refuses the file: .*\n {8}P02_BL\.fcs/);
    expect(drafted.stdout).not.toContain('.DS_Store');
    expect(drafted.stderr).toBe('');
    expect((await here('check', 'study.yaml')).exit).toBe(0);
  });

  it('reads panels at the end of names, each with the template that its markers fit', async () => {
    tubes(
      'P01_BL_Bcell.fcs',
      'P01_BL_Mix.fcs',
      'P01_M1_Bcell.fcs',
      'P01_M1_Mix.fcs',
      'FMO CD24.fcs',
      'FMO CD38 Mix.fcs',
    );
    const drafted = await here('init', 'fcs');
    expect(sheet().slice(0, 4)).toEqual([
      'sample_id,file,subject,visit,panel,role',
      'FMO CD38 Mix,FMO CD38 Mix.fcs,,,Mix,fmo',
      'P01_BL_Bcell,P01_BL_Bcell.fcs,P01,BL,Bcell,',
      'P01_BL_Mix,P01_BL_Mix.fcs,P01,BL,Mix,',
    ]);
    expect(study()).toContain('several panels: name its panel\n#   FMO CD24,FMO CD24.fcs,,,,fmo\n');
    expect(drafted.stdout).toContain(
      'panels: Bcell (2 tubes): shipped:b-regulatory; Mix (2 tubes): shipped:b-regulatory',
    );
    expect((await here('check', 'study.yaml')).exit).toBe(0);
  });

  it('drafts a template of single cells where none that is shipped fits, and check accepts it', async () => {
    tubes('P01_BL.fcs', 'P01_M1.fcs');
    for (const name of ['P01_BL.fcs', 'P01_M1.fcs']) {
      for (const [from, to] of [
        ['CD3 ', 'XY3 '],
        ['CD14 ', 'XY14 '],
      ] as const) {
        renameStain(join(folder.path, 'fcs', name), from, to);
      }
    }
    const drafted = await here('init', 'fcs');
    expect(drafted.stdout).toContain('template: template.yaml (drafted: single cells only, write your gates there)');
    expect(study()).toContain('No family is planned');
    expect(await here('check', 'study.yaml')).toMatchObject({ exit: 0, stderr: '' });
  });

  it('writes composed names, tells equal names of two folders apart, and says one spelling of a patient', async () => {
    tubes('BL/Ba\u0308rbel_P7.fcs', 'M1/Ba\u0308rbel_P7.fcs', 'BL/P3.fcs', 'M1/p03.fcs');
    const drafted = await here('init', 'fcs');
    expect(sheet().slice(1)).toEqual([
      'BL_B\u00e4rbel_P7,BL/B\u00e4rbel_P7.fcs,P7,BL',
      'P3,BL/P3.fcs,P3,BL',
      'M1_B\u00e4rbel_P7,M1/B\u00e4rbel_P7.fcs,P7,M1',
      'p03,M1/p03.fcs,P3,M1',
    ]);
    expect(drafted.stdout).toContain('"P3", "p03": taken for one subject, "P3"');
  });

  it('never overwrites a file that is there, and then writes none', async () => {
    tubes('P01_BL.fcs');
    writeFileSync(join(folder.path, 'study.yaml'), 'mine');
    const refused = await here('init', 'fcs');
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('study.yaml: error output.exists');
    expect(readFileSync(join(folder.path, 'study.yaml'), 'utf8')).toBe('mine');
    expect(() => sheet()).toThrow();
  });

  it('says so where a folder holds no FCS file', async () => {
    mkdirSync(join(folder.path, 'empty'));
    expect(await here('init', 'empty')).toMatchObject({ exit: 2, stdout: '' });
    expect(await here('init', 'nowhere')).toMatchObject({ exit: 2, stdout: '' });
  });
});
