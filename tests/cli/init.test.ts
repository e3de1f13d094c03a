import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });

function tubes(...names: string[]): void {
  mkdirSync(join(folder.path, 'fcs'), { recursive: true });
  // Another tube for each name: a study that holds the same events twice is refused.
  const drawn = readdirSync(join(tinyStudy, 'fcs'));
  for (const [i, name] of names.entries()) {
    copyFileSync(join(tinyStudy, 'fcs', drawn[i]!), join(folder.path, 'fcs', name));
  }
}
const sheet = () => readFileSync(join(folder.path, 'sheet.csv'), 'utf8').trimEnd().split('\n');

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
    const study = readFileSync(join(folder.path, 'study.yaml'), 'utf8');
    expect(study).toContain('template: shipped:b-regulatory');
    expect(study.match(/# confirm/g)?.length).toBeGreaterThan(5);
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
    expect(readFileSync(join(folder.path, 'study.yaml'), 'utf8')).toMatch(
      /- \{id: BASELINE, day: 0\}\n.*- \{id: WEEK12, day: 84\}/,
    );
  });

  it('leaves open what no name shows, and says how many rows need a person', async () => {
    tubes('a.fcs', 'b.fcs');
    const drafted = await here('init', 'fcs');
    expect(drafted.exit).toBe(0);
    expect(drafted.stdout).toContain('2 rows need a subject or a visit');
    expect(drafted.stdout).toContain('not recognised');
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
