import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { f1Of, gzipLines } from '../agreement/labels.ts';
import { type PlacedTubes, placeTubes, templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';

// Shipped templates as they are, on real tubes that other people gated or counted: nothing here was written for a tube.

const templates = join(import.meta.dirname, '..', '..', 'gating-templates');

interface GatedTube {
  /** 0 or 1 an event, in file order. */
  members(name: string): Uint8Array;
  count(name: string): number;
  flags(name: string): readonly string[];
}

function gated(template: string, path: string): GatedTube {
  const placed: PlacedTubes = placeTubes(templateOf(join(templates, `${template}.yaml`)), [path], { membership: true });
  const indexOf = (name: string) => placed.book.gates.findIndex((gate) => gate.population.split('/').at(-1) === name);
  const members = (name: string) => {
    const found = placed.counts[0]?.membership?.[indexOf(name)];
    if (!found) throw new Error(`"${name}" has no place`);
    return found;
  };
  return {
    members,
    count: (name) => members(name).reduce((sum, one) => sum + one, 0),
    flags: (name) => placed.book.gates[indexOf(name)]?.tubes[0]?.flags ?? [],
  };
}

describe.skipIf(!hasTruth)('shipped:lineages on whole blood without CD14', () => {
  let tube: GatedTube;
  let labels: readonly string[] = [];
  beforeAll(() => {
    tube = gated('lineages', truthPath('blood', 'blood_D1.fcs'));
    labels = gzipLines(truthPath('truth', 'blood_D1_labels.csv.gz')).slice(1);
  });

  it.each([
    ['T', ['CD4+ T cells', 'CD8+ T cells'], 0.99],
    ['CD4', ['CD4+ T cells'], 0.98],
    ['CD8', ['CD8+ T cells'], 0.98],
    ['B', ['B cells'], 0.95],
    ['NK', ['NK'], 0.93],
    ['Monocytes', ['monocytes'], 0.95],
  ] as const)('%s: the cells that its own laboratory labelled', (name, own, atLeast) => {
    const f1 = f1Of(tube.members(name), (event) => own.some((label) => label === labels[event]));
    console.log(`donor D1, shipped:lineages: ${name} F1 ${f1.toFixed(3)}`);
    expect(f1).toBeGreaterThanOrEqual(atLeast);
  });

  it('says of NK cells, all of one mode of CD56, by what they were told', () => {
    expect(tube.flags('NK')).toEqual(expect.arrayContaining(['internal_reference', 'pure_parent', 'stand_in']));
  });
});

describe.skipIf(!hasTruth)('shipped:monocytes and shipped:nk on a DC, monocyte and NK tube', () => {
  const path = truthPath('dc_mono_nk', 'dc_mono_nk_1.fcs');

  it('live monocytes are brighter than live lymphocytes and stay: CD14+ within 10 % of openCyto', () => {
    const tube = gated('monocytes', path);
    const stored = storedCount('CD14+');
    console.log(`CD14+ ${tube.count('CD14+')}, openCyto ${stored}`);
    expect(Math.abs(tube.count('CD14+') / stored - 1)).toBeLessThan(0.1);
    expect(f1Of(tube.members('CD14+'), isStored('CD14+'))).toBeGreaterThan(0.95);
    expect(tube.flags('Live')).toContain('bright_live');
  });

  it('CD56+ within 10 % of openCyto', () => {
    const tube = gated('nk', path);
    expect(Math.abs(tube.count('NK') / storedCount('CD56+') - 1)).toBeLessThan(0.1);
    expect(f1Of(tube.members('NK'), isStored('CD56+'))).toBeGreaterThan(0.95);
  });
});

function storedCount(name: string): number {
  const rows = readFileSync(truthPath('truth', 'dc_mono_nk_1_counts.csv'), 'utf8').trim().split('\n');
  return Number(rows.map((row) => row.split(',')).find(([population]) => population === name)?.[2]);
}

function isStored(name: string): (event: number) => boolean {
  const [head = '', ...rows] = gzipLines(truthPath('truth', 'dc_mono_nk_1_membership.csv.gz'));
  const column = head.split(',').indexOf(name);
  return (event) => rows[event]?.split(',')[column] === '1';
}

describe.skipIf(!hasTruth)('shipped:b-regulatory on real B cells', () => {
  const corners = ['Naive', 'DoubleNegative', 'Unswitched', 'Switched'];

  it('IgD without a valley: the corners of the NHLBI tube as openCyto and hand found them', () => {
    const tube = gated('b-regulatory', truthPath('bcell', 'bcell_pbmc_nhlbi_half.fcs'));
    const b = tube.count('B');
    const share = Object.fromEntries(corners.map((name) => [name, tube.count(name) / b]));
    console.log(`NHLBI: B ${b}, ${JSON.stringify(share)}`);
    expect(Math.abs(b / 5578 - 1)).toBeLessThan(0.05);
    const within = (name: string, low: number, high: number) => {
      expect(share[name], name).toBeGreaterThanOrEqual(low);
      expect(share[name], name).toBeLessThanOrEqual(high);
    };
    within('Naive', 0.8, 0.88);
    within('DoubleNegative', 0.04, 0.1);
    within('Unswitched', 0.03, 0.09);
    within('Switched', 0.045, 0.075);
    expect(tube.flags('Naive')).toEqual(expect.arrayContaining(['not_separable', 'internal_reference']));
  });

  it('IgD as dim as on T cells: said, and the memory cells of the BIIR tube are there', () => {
    const tube = gated('b-regulatory', truthPath('bcell', 'bcell_pbmc_biir.fcs'));
    const b = tube.count('B');
    const memory = (tube.count('Unswitched') + tube.count('Switched')) / b;
    console.log(`BIIR: B ${b}, CD27+ ${memory.toFixed(3)}`);
    expect(b).toBeGreaterThanOrEqual(3000);
    expect(b).toBeLessThanOrEqual(3250);
    expect(memory).toBeGreaterThanOrEqual(0.29);
    expect(memory).toBeLessThanOrEqual(0.34);
    expect(tube.flags('Naive')).toContain('like_negative');
  });
});
