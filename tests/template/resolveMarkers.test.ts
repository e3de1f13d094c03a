import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve } from './resolving.ts';

describe('a stain names a marker by whole tokens', () => {
  test.each([
    ['CD4', 'CD4'],
    ['CD4', 'cd4 BV421'],
    ['CD4', 'BV421_CD4'],
    ['CD4', 'CD 4-FITC'],
    ['IgD', 'Ig D'],
    ['IgD', 'anti IgD PE'],
    ['HLA-DR', 'HLA DR PerCP'],
    ['HLA-DR', 'HLADR'],
    ['CD45RA', 'CD45RA PE'],
    ['CD45', 'CD45'],
  ])('%s is in "%s"', (marker, stain) => {
    expect(resolve({ [marker]: '{}' }, `BV421-A=${stain}`, 'PE-A=CD99').channels).toEqual({ [marker]: 'BV421-A' });
  });

  test.each([
    ['CD4', 'CD45'],
    ['CD8', 'CD8b'],
    ['CD3', 'CD38'],
    ['CD4', 'CD 45'],
    ['IgD', 'IgDx'],
    ['CD45', 'CD45RA'],
  ])('%s is not in "%s"', (marker, stain) => {
    expect(resolve({ [marker]: '{}' }, `BV421-A=${stain}`).words[0]).toContain('template.marker-missing');
  });

  test('an alias counts like the name', () => {
    expect(resolve({ CD8: '{ aliases: [CD8a] }' }, 'PE-A=CD8a').channels).toEqual({ CD8: 'PE-A' });
  });

  test('channel names are asked only where no stain matches', () => {
    expect(resolve({ CD4: '{}' }, 'CD4-A=', 'PE-A=CD4').channels).toEqual({ CD4: 'PE-A' });
    expect(resolve({ 'FSC-A': '{}' }, 'FSC-A', 'FSC-H').channels).toEqual({ 'FSC-A': 'FSC-A' });
  });
});

describe('what cannot be decided is left to the author', () => {
  test('two channels for one marker', () => {
    expect(resolve({ CD4: '{}' }, 'PE-A=CD4', 'PE-H=CD4').words).toEqual([
      'P01_BL: error template.stain-ambiguous: marker "CD4" fits "PE-A" (CD4) and "PE-H" (CD4) (decide it in the template: CD4: { channel: "PE-A" })',
    ]);
    expect(resolve({ CD4: '{ channel: PE-H }' }, 'PE-A=CD4', 'PE-H=CD4').channels).toEqual({ CD4: 'PE-H' });
  });

  test('two markers for one channel', () => {
    expect(resolve({ CD3: '{}', CD14: '{}' }, 'PE-A=CD3 CD14 dump').words).toEqual([
      'P01_BL: error template.stain-ambiguous: channel "PE-A" fits the markers "CD3" and "CD14" (decide it by `channel:` in `markers:`)',
    ]);
  });
});

describe('a marker that a tube does not have', () => {
  test('a tube without CD24 fails, and says what it has', () => {
    expect(resolve({ CD24: '{}', CD3: '{}' }, 'PE-A=CD3', 'APC-A=CD25', 'FSC-A').words).toEqual([
      expect.stringContaining('no channel for "CD24"; the tube has "CD3", "CD25", "FSC-A" ('),
    ]);
  });

  test('a name close to it is a hint, another antigen never is', () => {
    const hintFor = (marker: string, label: string) => resolve({ [marker]: '{}' }, `APC-A=${label}`).words.join();
    expect(hintFor('CD8', 'CD8b')).toContain('if "CD8b" is meant: CD8: { aliases: ["CD8b"] }');
    expect(hintFor('Viability', 'Viabilty')).toContain('if "Viabilty" is meant');
    expect(hintFor('CD24', 'CD25')).not.toContain('is meant');
    expect(hintFor('CD19', 'CD123')).not.toContain('is meant');
  });

  test('an optional one is absent, and that is no problem', () => {
    expect(resolve({ IgD: '{ optional: true }', CD3: '{}' }, 'PE-A=CD3')).toEqual({
      channels: { CD3: 'PE-A' },
      absent: ['IgD'],
      words: [],
    });
  });
});

test('the order of channels does not matter', () => {
  const labels = ['PE-A=CD3', 'APC-A=CD4 x', 'FSC-A', 'FITC-A=CD45', 'BV-A=CD8a'];
  const markers = { CD3: '{}', CD4: '{}', CD45: '{}', CD8: '{ aliases: [CD8a] }', 'FSC-A': '{}' };
  const expected = resolve(markers, ...labels).channels;
  fc.assert(
    fc.property(fc.shuffledSubarray(labels, { minLength: labels.length }), (shuffled) => {
      expect(resolve(markers, ...shuffled).channels).toEqual(expected);
    }),
  );
});
