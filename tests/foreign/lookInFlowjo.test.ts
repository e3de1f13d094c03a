import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

const folder = ownFolder();
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

describe('a study looked at in FlowJo', () => {
  test('from the run to the handed-over folder, the edited workspace, the patches and the moved run', async () => {
    const study = copyOfTinyStudy(folder.path, 4);
    const run = ['run', study, '--threads', '0', '--quiet', '--out', at('out')];
    expect((await cytopair(run)).exit).toBe(0);
    const given = await cytopair(['export-gates', at('out'), '--as', 'flowjo', '--blind', '--out', at('look')]);
    expect([given.exit, given.stderr]).toEqual([0, expect.stringContaining('gates of 8 tubes, 0 without')]);
    const shown = readdirSync(at('look')).map((name) => readFileSync(join(at('look'), name), 'latin1'));
    for (const told of ['P01', 'P02', '_BL', '_M1', 'baseline']) {
      expect(shown.filter((text) => text.includes(told)).length, told).toBe(0);
    }
    const key: Record<string, string> = JSON.parse(readFileSync(join(at('look-private'), 'key.json'), 'utf8'));
    expect(Object.values(key)).toEqual(expect.arrayContaining(['P01_BL', 'P01_M1', 'P02_BL', 'P02_M1']));

    const workspace = join(at('look'), 'gates.wsp');
    const text = readFileSync(workspace, 'utf8');
    const code = Object.keys(key).find((one) => key[one] === 'P01_BL')!;
    const node = text.indexOf('<Population name="B"', text.indexOf(`<SampleNode name="${code}.fcs"`));
    const moved = text
      .slice(node)
      .replace('annotation=""', 'annotation="debris in gate"')
      .replace(/min="(\d+\.?\d*)"/, (_, edge) => `min="${2 * Number(edge)}"`);
    writeFileSync(workspace, text.slice(0, node) + moved);
    const back = [
      'overrides',
      'from-wsp',
      workspace,
      '--run',
      at('out'),
      '--author',
      'AB',
      '--out',
      at('overrides.yaml'),
    ];
    const taken = await cytopair(back);
    expect([taken.exit, taken.stderr]).toEqual([0, expect.stringContaining('1 gate moved, 0 taken out, 0 accepted')]);
    expect(readFileSync(at('overrides.yaml'), 'utf8')).toContain(`tube: "${code}"`);

    const again = await cytopair([...run, '--overrides', at('overrides.yaml')]);
    expect(again.exit).toBe(0);
    expect(again.stdout).toMatch(/1 of \d+ gates moved by AB/);
    const rows = readFileSync(join(at('out'), 'frequencies.csv'), 'utf8').split('\n');
    const own = rows.filter((row) => row.includes('moved_by_hand'));
    expect(own.map((row) => row.split(',')[0])).toEqual(['P01_BL']);
  });
});
