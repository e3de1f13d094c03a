import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { floatFile, integerFile } from '../fcs/soundFiles.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

const tube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });
const write = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder.path, name), bytes);

describe('cytopair inspect of one file', () => {
  it('begins with the verdict: right, compensated, its markers; then the facts and the spillover as a heat map', async () => {
    copyFileSync(tube, join(folder.path, 'tube.fcs'));
    const { exit, stdout, stderr } = await here('inspect', 'tube.fcs');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const [name, file, compensated, markers] = stdout.split('\n');
    expect(name).toBe('tube.fcs');
    expect(file).toMatch(/^ {2}file +right: nothing departs from the standard$/);
    expect(compensated).toMatch(
      /^ {2}compensated +no: in \d+ of \d+ pairs of dye and detector the values hold the spillover/,
    );
    expect(markers).toMatch(/^ {2}markers .*CD38 APC \(APC-A\)/);
    expect(stdout).toMatch(/\n {2}date +not stated\n/);
    expect(stdout).toMatch(/\n +2 +BV510-A +▒ 11 +· +░ {2}4/);
  });

  it('of a damaged file says by how many rules it was read, and each with its byte on stderr', async () => {
    write(
      'odd.fcs',
      floatFile({
        header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd + 1, 0, 0],
        keywords: { $PAR: '2', $DATE: '05-JAN-2024' },
      }),
    );
    const { exit, stdout, stderr } = await here('inspect', 'odd.fcs');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/file +read by the rules that the warnings name: 2 warnings/);
    expect(stdout).toMatch(/date +hidden \(--show-identifiers\)/);
    expect(stdout).not.toContain('JAN');
    expect(stderr).toMatch(
      /^odd\.fcs@26: warning fcs\.data-end-off-by-one: HEADER says DATA lies at .*; used \d+ to \d+/m,
    );
    expect(stderr).toMatch(/^odd\.fcs@\d+: warning fcs\.par-mismatch: /m);
    expect((await here('inspect', 'odd.fcs', '--show-identifiers')).stdout).toMatch(/date +05-JAN-2024/);
  });

  it('reads the events too: what is odd in them is told', async () => {
    write(
      'nan.fcs',
      floatFile({
        rows: [
          [1, Number.NaN, 3],
          [2, 5, 1],
        ],
        keywords: { $P3N: 'Time' },
      }),
    );
    const { stderr } = await here('inspect', 'nan.fcs');
    expect(stderr).toMatch(/warning fcs\.data-not-finite: .*"FL1-A" \(1 event\)/);
    expect(stderr).toMatch(/warning fcs\.time-not-monotone: "Time" steps back 1 time/);
  });

  it('as JSON holds verdict, channels, matrix and problems; and hides what may name a person', async () => {
    write('odd.fcs', integerFile([16, 16, 16], { keywords: { $BYTEORD: undefined, $OP: 'Erika' } }));
    const ended = await here('inspect', tube, 'odd.fcs', '--json');
    expect(ended.exit).toBe(3);
    expect(ended.stdout).not.toContain('Erika');
    const [good, bad] = JSON.parse(ended.stdout);
    expect(good).toMatchObject({
      readable: true,
      events: 4000,
      verdict: { errors: 0, warnings: 0, compensation: 'raw' },
    });
    expect(good.channels[14]).toMatchObject({
      channel: 'APC-A',
      marker: 'CD38 APC',
      range: 262144,
      type: 'F',
      bits: 32,
    });
    expect(good.spillover.matrix.length).toBe(14);
    expect(good.spillover.matrix[0][0]).toBe(1);
    expect(bad).toMatchObject({ file: 'odd.fcs', readable: false, verdict: { errors: 1 }, channels: [] });
    expect(bad.problems[0]).toMatchObject({ severity: 'error', code: 'fcs.byteord-missing', file: 'odd.fcs' });
  });

  it.skipIf(!hasTruth)(
    'tells a raw file from its twin on a display scale, of which the values say nothing',
    async () => {
      const twins = ['peacoqc_111.fcs', 'peacoqc_111_comp_trans.fcs'].map((name) => truthPath('parser', name));
      const states = JSON.parse((await here('inspect', ...twins, '--json')).stdout);
      expect(states.map((one: { verdict: object }) => one.verdict)).toMatchObject([
        { compensation: 'raw' },
        { compensation: 'display_scale' },
      ]);
    },
  );
});

describe('cytopair inspect of several files', () => {
  it('is one table, and what differs: panel, voltages, spillover, cytometer', async () => {
    const text = readFileSync(tube, 'latin1');
    write('a.fcs', Buffer.from(text, 'latin1'));
    write('b.fcs', Buffer.from(text.replaceAll('CD38 APC', 'CD39 APC').replace('14,BV421-A', '14,BV421-A'), 'latin1'));
    write('c.fcs', floatFile({ keywords: { $CYT: 'LSR', $P1V: '450' } }));
    write('d.fcs', floatFile({ keywords: { $CYT: 'LSR', $P1V: '500', $SPILLOVER: '2,FL1-A,FL2-A,1,.1,0,1' } }));
    write('letter.fcs', 'Dear colleague');
    const { exit, stdout } = await here('inspect', 'a.fcs', 'b.fcs', 'c.fcs', 'd.fcs', 'letter.fcs');
    expect(exit).toBe(3);
    expect(stdout).toMatch(/^tube +file +values +compensated +cytometer +events +channels +markers\na\.fcs +right/);
    expect(stdout).toMatch(/\nletter\.fcs +cannot be read as FCS\n/);
    expect(stdout).toMatch(/\ncytometer +synthetic +a\.fcs, b\.fcs\ncytometer +LSR +c\.fcs, d\.fcs\n/);
    expect(stdout).toMatch(/\nAPC-A marker +CD38 APC +a\.fcs\nAPC-A marker +CD39 APC +b\.fcs\n/);
    expect(stdout).toMatch(/\nFSC-A voltage +450 +c\.fcs\nFSC-A voltage +500 +d\.fcs\n/);
    expect(stdout).toMatch(/\nchannels +FL1-A, FL2-A +only c\.fcs, d\.fcs\n/);
    expect(stdout).toMatch(/\nspillover +\$SPILLOVER, PE-CF594-A into PE-A differs by 11\.94 % +d\.fcs\n/);
    expect(stdout).toMatch(/\nspillover +none +c\.fcs\n/);
  });

  it('says so where all agree', async () => {
    write('a.fcs', readFileSync(tube));
    write('b.fcs', readFileSync(tube));
    expect((await here('inspect', 'a.fcs', 'b.fcs')).stdout).toContain(
      'panel, voltages, ranges, spillover and cytometer agree',
    );
  });
});
