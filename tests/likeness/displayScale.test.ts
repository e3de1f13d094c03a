import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeScale } from '../../src/likeness/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { displayKinds, displayShapes, type Extract, linearShapes, type RealTube, realTube } from './displayCopies.ts';

const extracts: Readonly<Record<string, Extract>> = {
  whole: (column) => column,
  half: (column) => column.filter((_, i) => i % 2 === 1),
  '500 events': (column) => column.slice(0, 500),
};

/** Stained cells in five or more colours, of five instruments. */
const stained = [
  'activation/Activation_1.fcs',
  'activation/Activation_18.fcs',
  'blood/blood_D1.fcs',
  'bcell/bcell_pbmc_biir.fcs',
  'bcell/bcell_pbmc_nhlbi_half.fcs',
  'dc_mono_nk/dc_mono_nk_1.fcs',
  'gatingml/v2/data2.fcs',
  'workspaces/spleen/68983.fcs',
  'workspaces/diva/124500.fcs',
  'workspaces/micro/118795.fcs',
];

const known = new Map<string, RealTube>();
/** Read once for all kinds. */
function stainedTube(name: string): RealTube {
  const tube = known.get(name) ?? realTube(truthPath(name));
  known.set(name, tube);
  return tube;
}

/** Files of the corpus that nobody can read as FCS, or only after a decision. */
function readable(path: string): RealTube | undefined {
  try {
    return realTube(path);
  } catch {
    return undefined;
  }
}

describe.skipIf(!hasTruth)('real tubes', () => {
  it('are accepted where they are linear, each file of the corpus; what is not is named', () => {
    const files = readdirSync(truthPath(), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:fcs|lmd)$/i.test(name))
      .sort();
    const judged = files.flatMap((name) => {
      const tube = readable(join(truthPath(), name));
      return tube === undefined ? [] : [[name.replaceAll('\\', '/'), judgeScale(linearShapes(tube, (c) => c)).verdict]];
    });
    expect(judged.length).toBeGreaterThan(100);
    expect(judged.filter(([, verdict]) => verdict !== 'linear' && verdict !== 'unknown')).toEqual([
      ['cases/display-scale-values/x1.fcs', 'display'],
      ['cases/display-scale-values/x2.fcs', 'display'],
      ['cases/display-scale-values/x3.fcs', 'display'],
      ['cases/display-scale-values/x4.fcs', 'display'],
      // Made by hand: two normal distributions from -2.8 to 8.9.
      ['parser/citrus_p01.fcs', 'doubtful'],
      ['parser/citrus_p11.fcs', 'doubtful'],
      ['parser/citrus_p20.fcs', 'doubtful'],
      ['parser/peacoqc_111_comp_trans.fcs', 'display'],
    ]);
  });

  it.each(Object.entries(extracts))('are accepted as extracts: %s', (_, extract) => {
    const wrong = stained.filter((name) => judgeScale(linearShapes(stainedTube(name), extract)).verdict !== 'linear');
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(displayKinds))('are recognised on a display: %s', (_, kind) => {
    const missed = stained.flatMap((name) => {
      const tube = stainedTube(name);
      return Object.entries(extracts).flatMap(([what, extract]) => {
        const { verdict } = judgeScale(displayShapes(tube, extract, kind));
        return verdict === 'display' ? [] : [`${name}, ${what}: ${verdict}`];
      });
    });
    expect(missed).toEqual([]);
  });

  it('name the scale, the channels that stand on it, and those that do not', () => {
    const found = judgeScale(linearShapes(realTube(truthPath('parser', 'peacoqc_111_comp_trans.fcs')), (c) => c));
    expect(found.channels).toHaveLength(13);
    expect(found.keys).toContain('logicle');
    expect(found.remark).toContain('"SSC-A" as well');
    expect(found.remark).toContain('not "B710-A", "V705-A", "V655-A", "V605-A", "V565-A"');
  });
});
