import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { spilloverFromText } from '../../src/compensation/index.ts';
import { type DrawnControl, detectors, drawnControl, drawnMatrix } from '../compensation/drawnControls.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { cytopair, ownFolder } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);
const read = (name: string) => readFileSync(at(name), 'utf8');

/** Controls of all four dyes and an unstained one, some of them drawn otherwise. */
function writeControls(changed: Readonly<Record<string, DrawnControl>> = {}, channels: readonly string[] = detectors) {
  const names = ['fitc', 'pe', 'percp', 'apc'];
  names.forEach((name, dye) => {
    writeFileSync(at(`${name}.fcs`), drawnControl({ dye, seed: dye + 1, ...changed[name] }));
  });
  writeFileSync(at('blank.fcs'), drawnControl({ ...changed.blank, seed: 77 }));
  const rows = names.map((name, i) => `${name}.fcs,${channels[i]}`);
  writeFileSync(at('controls.csv'), ['file,channel', 'blank.fcs,Unstained', ...rows, ''].join('\n'));
}

const compensate = (...more: string[]) =>
  cytopair(['compensate', '--controls', 'controls.csv', '--out', 'm', ...more], { cwd: folder.path });

/** Greatest distance of a written matrix from another one. */
function farthest(name: string, wanted: readonly (readonly number[])[]): number {
  const { value } = spilloverFromText(read(name), { file: name }, 'refused');
  if (!value) throw new Error(`${name} is no matrix`);
  const n = value.channels.length;
  return (
    Math.max(...wanted.flat().map((one, k) => Math.abs(one - (value.matrix[k] ?? Number.NaN)))) + (n - wanted.length)
  );
}

describe('controls that were drawn with a known matrix', () => {
  test('give it back within .002, and not a word', async () => {
    writeControls();
    const { exit, stderr } = await compensate();
    expect([exit, stderr]).toEqual([0, 'cytopair: matrix of 4 controls, 0 warnings -> m\n']);
    expect(farthest('m/matrix.csv', drawnMatrix)).toBeLessThan(0.002);
  });

  test('also where the sheet leaves the channels open, and says which was found', async () => {
    writeControls({}, ['', 'auto', '', '']);
    const { exit, stdout } = await compensate();
    expect(exit).toBe(0);
    for (const name of detectors) expect(stdout).toContain(`${name} (found)`);
    expect(farthest('m/matrix.csv', drawnMatrix)).toBeLessThan(0.002);
  });

  test('also from their own dim events, where the sheet names no unstained control', async () => {
    writeControls();
    writeFileSync(at('controls.csv'), read('controls.csv').replace(/.*Unstained\n/, ''));
    const { exit, stdout } = await compensate();
    expect(exit).toBe(0);
    expect(stdout).toContain('its own,');
    expect(farthest('m/matrix.csv', drawnMatrix)).toBeLessThan(0.004);
  });

  test('the same bytes again, in a folder that held an earlier matrix', async () => {
    writeControls();
    await compensate();
    const first = ['matrix.csv', 'coefficients.csv', 'controls.csv', 'autofluorescence.csv'].map((name) =>
      read(`m/${name}`),
    );
    expect((await compensate()).exit).toBe(0);
    const again = ['matrix.csv', 'coefficients.csv', 'controls.csv', 'autofluorescence.csv'].map((name) =>
      read(`m/${name}`),
    );
    expect(again).toEqual(first);
  });

  test('a template takes the matrix: what a control spills is gone', async () => {
    writeControls();
    await compensate();
    const population =
      '{ name: Bright, parent: root, gate: { method: interval, marker: PE-A, min: 1500, units: raw } }';
    const template = (compensation: string) =>
      `cytopair: 1\ntemplate: t\nversion: 1.0.0\nmarkers: { PE-A: {} }\ncompensation: ${compensation}\npopulations: [${population}]\n`;
    writeFileSync(at('with.yaml'), template('m/matrix.csv'));
    writeFileSync(at('without.yaml'), template('none'));
    const brightOf = async (name: string) => {
      await cytopair(['gate', '--template', `${name}.yaml`, '--threads', '0', '--out', name, 'fitc.fcs'], {
        cwd: folder.path,
      });
      return Number(read(`${name}/frequencies.csv`).split('\n')[2]?.split(',')[11]);
    };
    expect(await brightOf('without')).toBeGreaterThan(2000);
    expect(await brightOf('with')).toBeLessThan(20);
  });
});

describe('a control that cannot be trusted is told', () => {
  const faults: [string, Record<string, DrawnControl>, string, number][] = [
    ['few stained events', { pe: { dye: 1, stained: 0.03, count: 3000 } }, 'warning compensation.control-weak: ', 0],
    ['dim', { pe: { dye: 1, light: 300 } }, 'warning compensation.control-weak: the stain of "PE-A" is dim', 0],
    ['not stained', { pe: { dye: 1, stained: 0 } }, 'error compensation.control-unstained: ', 2],
    [
      'not stained, of many events',
      { pe: { dye: 1, stained: 0, count: 60_000 } },
      'error compensation.control-unstained: ',
      2,
    ],
    ['off scale', { apc: { dye: 3, light: 200_000 } }, 'warning compensation.control-off-scale: ', 0],
    ['wholly off scale', { apc: { dye: 3, light: 2e6 } }, 'error compensation.control-', 2],
    [
      'with events of the tube before',
      { pe: { dye: 1, stained: 0.7, stranger: { dye: 3, share: 0.06 } } },
      'warning compensation.control-contaminated: events of "PE-A" are brighter than its dye makes them: ',
      0,
    ],
    [
      'of another voltage',
      { apc: { dye: 3, voltage: '540' } },
      'error compensation.controls-unlike: differs from "blank.fcs": voltage of "FITC-A" 540 against 500',
      2,
    ],
    ['empty', { percp: { dye: 2, count: 0 } }, 'error compensation.control-empty: the control holds no event', 2],
    [
      'compensated before',
      { pe: { dye: 1, names: detectors.map((name) => `Comp-${name}`) } },
      'error compensation.control-compensated: channels are named "Comp-FITC-A"',
      2,
    ],
  ];

  test.each(faults)('%s', async (_name, changed, words, exit) => {
    writeControls(changed);
    const ended = await compensate();
    expect(ended.stderr).toContain(words);
    expect(ended.exit).toBe(exit);
    expect(existsSync(at('m/matrix.csv'))).toBe(exit === 0);
  });

  test('two rows exchanged: both are named, with the detector in which each is brightest', async () => {
    writeControls({}, ['FITC-A', 'PerCP-A', 'PE-A', 'APC-A']);
    const { exit, stderr } = await compensate();
    expect(exit).toBe(2);
    expect(stderr).toContain(
      'pe.fcs: error compensation.control-other-channel: the sheet says "PerCP-A", but the stain is brightest in "PE-A"',
    );
    expect(stderr).toContain(
      'percp.fcs: error compensation.control-other-channel: the sheet says "PE-A", but the stain is brightest in "PerCP-A"',
    );
  });

  test.each([
    ['file,channel\nfitc.fcs,FITC-A\nno.fcs,PE-A\n', 'error sheet.file-not-found: there is no file "no.fcs"'],
    [
      'file,channel\nfitc.fcs,FITC\nblank.fcs,unstained\n',
      'error compensation.spillover-unknown-channel: "fitc.fcs" names "FITC"',
    ],
    [
      'file,channel\nfitc.fcs,FSC-A\nblank.fcs,unstained\n',
      'error compensation.control-channel: "FSC-A" measures no stain',
    ],
    ['file,channel\nfitc.fcs,FITC-A\npe.fcs,FITC-A\nblank.fcs,-\n', 'are both controls of "FITC-A"'],
    ['file,channel\nblank.fcs,unstained\n', 'error compensation.control-empty: the sheet names no stained control'],
    ['file,channel\nblank.fcs,unstained\nfitc.fcs,blank\n', 'two unstained controls: "blank.fcs" and "fitc.fcs"'],
    ['file,stain\nfitc.fcs,FITC-A\n', 'error sheet.missing-column: column "channel" is missing'],
    [
      'file,channel\nfitc.fcs,FITC-A\nfitc.fcs,PE-A\n',
      'error sheet.duplicate-file: "fitc.fcs" stands in line 2 as well',
    ],
  ])('a sheet that is wrong: %j', async (sheet, words) => {
    writeControls();
    writeFileSync(at('controls.csv'), sheet);
    const { exit, stderr } = await compensate();
    expect(stderr).toContain(words);
    expect(exit).toBe(2);
    expect(existsSync(at('m'))).toBe(false);
  });

  test("a folder with somebody's files is left alone", async () => {
    writeControls();
    const { exit, stderr } = await cytopair(['compensate', '--controls', 'controls.csv', '--out', '.'], {
      cwd: folder.path,
    });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('error output.not-ours')]);
  });
});

describe.skipIf(!hasTruth)('the Calibur set, against what R makes of it', () => {
  beforeEach(() => {
    for (const n of [1, 2, 3, 4, 5]) copyFileSync(truthPath('compensation', `060909.00${n}`), at(`060909.00${n}`));
    for (const name of ['comp_match', 'compmatrix']) copyFileSync(truthPath('compensation', name), at(name));
  });

  test.each(['compref', 'compref1'])('%s: each coefficient within .005', async (reference) => {
    const ended = await cytopair(['compensate', '--controls', 'comp_match', '--out', 'm'], { cwd: folder.path });
    expect(ended.exit).toBe(0);
    const lines = readFileSync(truthPath('compensation', reference), 'utf8').trim().split('\n').slice(1);
    const wanted = lines.map((line) => line.split(' ').slice(1).map(Number));
    expect(wanted).toHaveLength(4);
    expect(farthest('m/matrix.csv', wanted)).toBeLessThan(0.005);
  });

  test('the control whose background does not go with its stain is the only one that is doubted', async () => {
    const { stderr } = await cytopair(['compensate', '--controls', 'comp_match', '--out', 'm'], { cwd: folder.path });
    const told = stderr.split('\n').filter((line) => line.includes('compensation.'));
    expect(told).toEqual([expect.stringContaining('060909.005: warning compensation.control-background: "FL3-H"')]);
  });

  test('is compared with the matrix of the instrument, coefficient by coefficient', async () => {
    const args = ['compensate', '--controls', 'comp_match', '--against', 'compmatrix', '--out', 'm'];
    const { exit, stdout } = await cytopair(args, { cwd: folder.path });
    expect(exit).toBe(0);
    expect(stdout).toMatch(/FL3-H +FL4-H +22\.\d\d % +21\.00 % +\+1\.\d\d %/);
    expect(read('m/coefficients.csv').split('\n')).toHaveLength(4 * 3 + 2);
  });
});

describe('inspect --spillover', () => {
  test('a matrix that takes too much away is named pair by pair, beside the right one', async () => {
    writeControls();
    await compensate();
    writeFileSync(at('wrong.csv'), read('m/matrix.csv').replace(/^(FITC-A,1,)[\d.]+/m, '$10.35'));
    const inspect = (matrix: string) =>
      cytopair(['inspect', 'fitc.fcs', '--spillover', '--matrix', matrix], { cwd: folder.path });
    const right = await inspect('m/matrix.csv');
    expect([right.exit, right.stdout]).toEqual([0, expect.stringContaining('3 pairs that show it 0 over, 0 under')]);
    const wrong = await inspect('wrong.csv');
    expect(wrong.stdout).toMatch(/FITC-A +PE-A +35\.0 % +-1\d\.\d % .*over-compensated/);
  });

  test('without a matrix it says how to name one; a matrix of another panel is refused by name', async () => {
    writeControls();
    const inspect = (...more: string[]) =>
      cytopair(['inspect', 'fitc.fcs', '--spillover', ...more], { cwd: folder.path });
    expect((await inspect()).stdout).toContain('there is no spillover matrix to judge (--matrix FILE names one)');
    writeFileSync(at('other.csv'), ',A,B\nA,1,0.1\nB,0.2,1\n');
    const { exit, stderr } = await inspect('--matrix', 'other.csv');
    expect([exit, stderr]).toEqual([
      3,
      expect.stringContaining('other.csv names "A", "B", which are no parameters of this file'),
    ]);
  });

  test.skipIf(!hasTruth)(
    "the published matrix of the Activation set differs from the files' own by 7.68 %",
    async () => {
      const [tube, matrix] = ['Activation_1.fcs', 'Compensation-Spillover-Matrix.csv'].map((name) =>
        truthPath('activation', name),
      );
      const { exit, stdout } = await cytopair(['inspect', tube!, '--spillover', '--matrix', matrix!], {
        cwd: folder.path,
      });
      expect(exit).toBe(0);
      expect(stdout).toMatch(/APC-Cy7-A +Qdot 605-A +9\.58 % +1\.90 % +\+7\.68 %/);
    },
  );
});
