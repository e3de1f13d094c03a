import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasTruth, truthPath } from '../truth.ts';
import { cytopair, ownFolder } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });
const gate = (template: string, ...files: string[]) =>
  here('gate', '--template', template, '--threads', '0', '--out', 'o', ...files);

/** sample_id population -> count. */
function countsIn(out: string): Record<string, number> {
  const [header = '', ...rows] = readFileSync(join(folder.path, out, 'frequencies.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  const cell = (row: string, name: string) => row.split(',')[names.indexOf(name)] ?? '';
  return Object.fromEntries(
    rows.map((row) => [`${cell(row, 'sample_id')} ${cell(row, 'population')}`, Number(cell(row, 'count'))]),
  );
}

describe.skipIf(!hasTruth)('a matrix that a template names', () => {
  beforeEach(() => cpSync(truthPath('cases', 'matrix-csv-forms'), folder.path, { recursive: true }));

  it.each(['named_corner', 'empty_corner', 'r_write_table'])('%s: 975 cells, and not a word of error', async (form) => {
    const ended = await gate(`t_${form}.yaml`, 'tube.fcs');
    expect(ended.exit).toBe(0);
    expect(ended.stderr).not.toContain('error');
    expect(countsIn('o')).toMatchObject({ 'tube M3pos': 975 });
  });

  it('transposed: refused in words, no count given', async () => {
    const ended = await gate('t_transposed.yaml', 'tube.fcs');
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toContain('rows and columns of the matrix seem exchanged');
  });

  it('of two of four channels: the markers outside it are named', async () => {
    const ended = await gate('t_part.yaml', 'tube.fcs');
    expect(ended.stderr).toContain('warning compensation.uncovered-markers: the matrix does not cover M3 (ECD-A), M4');
  });

  it('that is wrong: `check` opens it, names it as the template does, and no path of the machine', async () => {
    cpSync(truthPath('compensation', 'compref2'), join(folder.path, 'part.csv'));
    const ended = await here('check', 't_part.yaml');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^part\.csv: error compensation\.spillover-exchanged/);
    expect(ended.stderr).not.toContain(folder.path);
  });
});

describe.skipIf(!hasTruth)('tubes that were compensated before they were written', () => {
  beforeEach(() => cpSync(truthPath('cases', 'compensated-small-tube'), folder.path, { recursive: true }));

  it.each([
    ['large', 587],
    ['small', 238],
  ])('%s: not compensated again, whatever its size', async (name, M3pos) => {
    const ended = await gate('template.yaml', `${name}.fcs`);
    expect(ended.exit).toBe(0);
    expect(ended.stderr).toContain('warning fcs.already-compensated');
    expect(countsIn('o')).toMatchObject({ [`${name} M3pos`]: M3pos, [`${name} M4neg`]: 0 });
  });
});

describe.skipIf(!hasTruth)('real controls: an unstained one and four single stains, never compensated', () => {
  it('are not taken for compensated by the matrix that was made of them, and one note says so', async () => {
    for (const k of [1, 2, 3, 4, 5]) cpSync(truthPath('compensation', `060909.00${k}`), join(folder.path, `s${k}.fcs`));
    cpSync(truthPath('compensation', 'compmatrix'), join(folder.path, 'compmatrix'));
    const gates = '[{ name: X, parent: root, gate: { method: interval, marker: FL1-H, min: 100, units: raw } }]';
    const template = `cytopair: 1
template: controls
version: 0.1.0
compensation: { from: compmatrix, apply: detect }
markers: { FL1-H: {} }
populations: ${gates}
`;
    writeFileSync(join(folder.path, 't.yaml'), template);
    const ended = await gate('t.yaml', 's1.fcs', 's2.fcs', 's3.fcs', 's4.fcs', 's5.fcs');
    expect(ended.exit).toBe(0);
    expect(ended.stderr).not.toContain('already-compensated');
    expect(ended.stderr.match(/note compensation\.not-told: .*the same in 4 more/g)).toHaveLength(1);
    expect(ended.stderr + readFileSync(join(folder.path, 'o', 'run.json'), 'utf8')).not.toContain(folder.path);
  });
});
