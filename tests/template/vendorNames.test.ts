import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFile, readFcs } from '../../src/fcs/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { resolve } from './resolving.ts';

describe('stains as vendors and people write them', () => {
  test.each([
    ['CD3', 'CD3ε'],
    ['CD3', 'CD3e'],
    ['CD3', 'CD3 epsilon'],
    ['CD3', 'CD3-ε BV421'],
    ['CD3', 'CD3 A750'],
    ['CD8', 'CD8α'],
    ['CD8', 'CD8a'],
    ['CD8', 'CD8alpha APC'],
    ['CD8', 'CD8-alpha'],
    ['CD8', 'CD8 ECD'],
    ['CD8a', 'CD8'],
    ['CD24', 'hCD24'],
    ['CD24', 'huCD24 PE'],
    ['CD27', 'anti-human CD27'],
    ['CD27', 'anti-hu CD27'],
    ['CD27', 'Anti-CD27'],
    ['CD27', 'antiCD27'],
    ['CD27', 'CD27 (O323)'],
    ['CD27', 'αCD27'],
    ['CD27', 'CD27 APC-eFluor 780'],
    ['IgD', 'sIgD'],
    ['IgD', 'surface IgD'],
    ['IgD', 'IgD FITC'],
    ['HLA-DR', 'HLADR'],
    ['HLA-DR', 'HLA DR'],
    ['HLADR', 'HLA-DR PerCP'],
    ['IFN-γ', 'IFNg'],
    ['IFNg', 'IFN-γ PE'],
    ['IFNg', 'IFN gamma'],
    ['IFN-gamma', 'IFNγ'],
    ['TNFa', 'TNF-α'],
    ['TNF-α', 'TNF'],
    ['CD20', 'CD20 (MS4A1)'],
    ['CD20', 'MS4A1'],
    ['CD19', 'CD19_PECy7'],
    ['CD19', 'PE-Cy7-A :: CD19'],
    ['CD45RA', '45RA PE'],
    ['CD45RA', 'CD45-RA FITC'],
    ['CD62L', 'L-selectin'],
    ['CD62L', 'CD62-L'],
    ['TCRgd', 'TCRγδ'],
    ['TCRgd', 'TCR γ/δ PE'],
    ['TCRγδ', 'TCR gamma delta'],
    ['CCR7', 'CD197 (CCR7)'],
    ['CD279', 'PD-1'],
    ['Viability', 'Live/Dead'],
    ['Viability', 'L/D Aqua'],
    ['Viability', 'Zombie Aqua'],
    ['Viability', '7-AAD'],
    ['Viability', 'eFluor 780'],
    ['Viability', 'FVS780'],
    ['Granzyme B', 'GzmB'],
    ['Kappa', 'κ'],
    ['Time', 'HDR-T'],
  ])('%s is meant by "%s"', (marker, stain) => {
    expect(resolve({ [`"${marker}"`]: '{}' }, `X1-A=${stain}`, 'X2-A=CD99').channels).toEqual({ [marker]: 'X1-A' });
  });

  test.each([
    ['CD4', 'CD45'],
    ['CD45', 'CD4 5'],
    ['CD8', 'CD8β'],
    ['CD8', 'CD8 beta'],
    ['CD3', 'CD33'],
    ['CD3', 'CD3ζ'],
    ['CD16', 'CD161'],
    ['CD16', 'CD16b'],
    ['CD45', 'CD45RA'],
    ['CD45', 'CD45 RA'],
    ['CD45', 'CD45-RO APC'],
    ['CD62', 'CD62 L'],
    ['CD45', 'mCD45'],
    ['HLA-DR', 'HLA-DQ'],
    ['HLA', 'HLA-ABC'],
    ['TNFa', 'TNF R1'],
    ['IFNg', 'IFN-γ R1'],
    ['IL-2', 'IL-21'],
    ['IL-2', 'IL-2 R'],
    ['PE-Cy5', 'PE-Cy5.5'],
    ['Viability', 'CD27 eFluor 780'],
    ['Viability', 'CD3 Aqua'],
    ['Lin', 'FS INT LIN'],
    ['Lin', 'FL1-Peak-Lin'],
  ])('%s is not meant by "%s"', (marker, stain) => {
    expect(resolve({ [`"${marker}"`]: '{}' }, `X1-A=${stain}`).channels).toBeUndefined();
  });

  test('both chains of CD8 in a tube are named, and the author decides', () => {
    const both = ['APC-A=CD8α', 'PE-A=CD8β'];
    expect(resolve({ CD8: '{}' }, ...both).words[0]).toContain('marker "CD8" fits "APC-A" (CD8α) and "PE-A" (CD8β)');
    expect(resolve({ CD8: '{ aliases: [CD8a] }' }, ...both).channels).toEqual({ CD8: 'APC-A' });
    expect(resolve({ CD8: '{ channel: PE-A }' }, ...both).channels).toEqual({ CD8: 'PE-A' });
    expect(resolve({ CD8: '{}', CD8b: '{}' }, ...both).channels).toEqual({ CD8: 'APC-A', CD8b: 'PE-A' });
  });

  test('what a template calls a marker is never the spelling of another one', () => {
    expect(resolve({ CD3: '{}', CD3e: '{}' }, 'APC-A=CD3', 'PE-A=CD3e').channels).toEqual({
      CD3: 'APC-A',
      CD3e: 'PE-A',
    });
  });

  test('a name and a known spelling of it in two channels are left to the author', () => {
    expect(resolve({ CD3: '{}' }, 'APC-A=CD3', 'PE-A=CD3ε').words[0]).toContain('template.stain-ambiguous');
  });
});

describe('scatter as instruments name it', () => {
  test.each([
    ['FSC-A', 'FS INT'],
    ['FSC-A', 'FS INT LIN'],
    ['FSC-A', 'FS Area'],
    ['FSC-A', 'FSC 488/10-A'],
    ['FSC-A', 'FSC 488-A'],
    ['FSC-A', 'FSC.A'],
    ['FSC-A', 'FSC_A'],
    ['FSC-A', 'Forward Scatter Area'],
    ['FS-A', 'FSC-A'],
    ['FSC-H', 'FS PEAK'],
    ['FSC-H', 'FSC-Height'],
    ['FSC-W', 'FSC-Width'],
    ['FSC-W', 'FS TOF'],
    ['SSC-A', 'SS INT'],
    ['SSC-A', 'SS-A'],
    ['SSC-A', 'VSSC-A'],
    ['SSC-A', 'SSC 405/10-A'],
  ])('%s is meant by "%s", as $PnN and as $PnS', (marker, label) => {
    const others = ['X2-A=CD99', 'FL1 INT LOG'];
    expect(resolve({ [marker]: '{}' }, label, ...others).channels).toEqual({ [marker]: label });
    expect(resolve({ [marker]: '{}' }, `P1=${label}`, ...others).channels).toEqual({ [marker]: 'P1' });
  });

  test.each([
    ['FSC-A', 'FSC-H'],
    ['FSC-A', 'FS PEAK'],
    ['FSC-A', 'SS INT'],
    ['FSC-A', 'FS LOG'],
    ['FSC-A', 'FSC'],
    ['FSC-A', 'FS-H=FS INT LIN'],
    ['FSC-A', 'FL1-H=FS INT'],
    ['FSC-A', 'SSC-A=FS INT'],
    ['FSC-H', 'FSC-A'],
    ['SSC-A', 'FSC-A'],
    ['VSSC-A', 'SSC-A'],
  ])('%s is not meant by "%s"', (marker, label) => {
    expect(resolve({ [marker]: '{}' }, label).words[0]).toContain('template.marker-missing');
  });

  test('area, height and width under one $PnS are told apart by $PnN', () => {
    const labels = ['FS-A', 'FS-H', 'FS-W'].map((name) => `${name}=FS INT LIN`);
    expect(resolve({ 'FSC-A': '{}', 'FSC-H': '{}', 'FSC-W': '{}' }, ...labels).channels).toEqual({
      'FSC-A': 'FS-A',
      'FSC-H': 'FS-H',
      'FSC-W': 'FS-W',
    });
  });

  test('two side scatters of one pulse are left to the author, unless one is called as the marker is', () => {
    expect(resolve({ 'SSC-A': '{}' }, 'SSC 488-A', 'SSC 405-A').words[0]).toContain('template.stain-ambiguous');
    expect(resolve({ 'SSC-A': '{}' }, 'SSC-A', 'VSSC-A').channels).toEqual({ 'SSC-A': 'SSC-A' });
    expect(resolve({ 'SSC-A': '{}', 'VSSC-A': '{}' }, 'SSC-A', 'VSSC-A').channels).toEqual({
      'SSC-A': 'SSC-A',
      'VSSC-A': 'VSSC-A',
    });
  });
});

const commonMarkers = (
  'CD1a CD1c CD2 CD3 CD4 CD5 CD7 CD8 CD8b CD9 CD10 CD11a CD11b CD11c CD13 CD14 CD15 CD16 CD16b CD19 CD20 CD21 CD22 ' +
  'CD23 CD24 CD25 CD27 CD28 CD31 CD32 CD33 CD34 CD36 CD38 CD39 CD40 CD40L CD43 CD44 CD45 CD45RA CD45RO CD56 CD57 ' +
  'CD62L CD62P CD64 CD66b CD69 CD71 CD73 CD79a CD79b CD80 CD86 CD95 CD103 CD107a CD117 CD122 CD123 CD127 CD138 CD161 ' +
  'CD183 CD185 CD194 CD196 CD197 CD279'
).split(' ');

const manners: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => `${name} FITC`,
  (name) => `PE-Cy7-A :: ${name}`,
  (name) => `anti-human ${name}`,
  (name) => `h${name}`,
  (name) => `hu${name} BV421`,
  (name) => `α${name}`,
  (name) => name.replace('CD', 'CD '),
  (name) => name.replace(/^(CD\d+)([a-z]|L|P|R[AO])$/i, '$1-$2').replace(/-A$/, '-a'),
  (name) => `${name} (clone 12)`,
  (name) => `5 ${name} 5`,
];

test('no spelling of a common marker is taken for another one', () => {
  expect(commonMarkers.length).toBeGreaterThanOrEqual(60);
  const failures: string[] = [];
  for (const stained of commonMarkers) {
    for (const manner of manners) {
      const stain = manner(stained);
      for (const marker of commonMarkers) {
        const found = resolve({ [marker]: '{ optional: true }' }, `X1-A=${stain}`).channels ?? {};
        if (marker in found !== (marker === stained)) failures.push(`${marker} by "${stain}"`);
      }
    }
  }
  expect(failures).toEqual([]);
});

test('a number after a marker, whatever it is, never makes another one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...commonMarkers), fc.constantFrom(...commonMarkers), fc.nat(999), (a, b, n) => {
      const found = resolve({ [a]: '{ optional: true }' }, `X1-A=${b} ${n}`).channels ?? {};
      expect(a in found).toBe(a === b);
    }),
  );
});

test.skipIf(!hasTruth)('a Coulter tube is read by its own names', () => {
  const path = truthPath('blood', 'blood_D1.fcs');
  const source = openFile(path, 'blood_D1.fcs');
  const { value } = readFcs(source, {});
  source.close();
  const labels = value?.parameters.map(({ name, stain }) => `${name}=${stain ?? ''}`) ?? [];
  const markers = ['FSC-A', 'FSC-H', 'FSC-W', 'SSC-A', 'CD8', 'CD45RA', 'CD45', 'CD3', 'CD16', 'CD4'];
  expect(resolve(Object.fromEntries(markers.map((name) => [name, '{}'])), ...labels).channels).toEqual({
    'FSC-A': 'FS-A',
    'FSC-H': 'FS-H',
    'FSC-W': 'FS-W',
    'SSC-A': 'SS-A',
    CD8: 'FL3-A',
    CD45RA: 'FL2-A',
    CD45: 'FL7-A',
    CD3: 'FL8-A',
    CD16: 'FL9-A',
    CD4: 'FL5-A',
  });
  expect(resolve({ Lineage: '{ aliases: [Lin, Dump], optional: true }' }, ...labels).absent).toEqual(['Lineage']);
});

describe('several antibodies in one colour', () => {
  test.each([
    ['CD3', 'CD3/CD14', 'CD14'],
    ['CD3', 'CD3 CD19 CD56', 'CD19 and CD56'],
    ['CD3', 'CD3/19/56', 'CD19 and CD56'],
    ['CD16', 'CD16+56 PE', 'CD56'],
    ['IgD', 'IgD/IgM', 'IgM'],
  ])('"%s" is not taken from "%s" unless the author says so', (marker, stain, others) => {
    const { channels, words } = resolve({ [marker]: '{}' }, `X1-A=${stain}`);
    expect(channels).toBeUndefined();
    expect(words.join()).toContain(`which holds ${others} too`);
    expect(resolve({ [marker]: `{ aliases: ["${stain}"] }` }, `X1-A=${stain}`).channels).toEqual({ [marker]: 'X1-A' });
    expect(resolve({ [marker]: '{ channel: X1-A }' }, `X1-A=${stain}`).channels).toEqual({ [marker]: 'X1-A' });
  });

  test.each([
    ['CCR7', 'CD197 (CCR7)'],
    ['CD8', 'CD8a'],
    ['CD45RA', 'CD45 RA'],
    ['CD3', 'CD3 IgG1'],
    ['CD4', 'CD4 525/50'],
    ['CD4', 'CD4-610/20'],
    ['Dump', 'Dump (CD3/CD19/CD14)'],
  ])('"%s" is one antigen in "%s"', (marker, stain) => {
    expect(resolve({ [marker]: '{}' }, `X1-A=${stain}`)).toMatchObject({ channels: { [marker]: 'X1-A' }, words: [] });
  });
});

test('the guide names the spellings that are known', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/template-guide.md'), 'utf8');
  for (const spelling of ['CD3ε', 'CD8α', 'hCD24', 'sIgD', 'FS INT', 'FSC 488/10-A']) expect(guide).toContain(spelling);
});
