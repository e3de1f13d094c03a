import { describe, expect, test } from 'vitest';
import { readingOptions } from '../../src/cli/options.ts';
import { codes, inStudyWords, problem } from '../../src/problems/index.ts';
import { StudyFile } from '../../src/study/tools.ts';

/** A decision for each option. */
const wishes = {
  offsets: { offsets: 'header' },
  'data-set': { data_set: 1 },
  'bit-order': { bit_order: 'low' },
  'accept-truncated': { accept_truncated: true },
  'accept-trailing': { accept_trailing: true },
} as const;

describe('hints about how a file is read', () => {
  test.each(readingOptions().map((option) => option.name()))(
    '--%s is a key of study.yaml, and hints of `run` say so',
    (name) => {
      const wish = Object.entries(wishes).find(([option]) => option === name)?.[1];
      if (wish === undefined) throw new Error(`no decision for --${name}`);
      const hint = ['try ', wish, ' on it'];
      const found = problem('error', 'fcs.data-truncated', 'cut', { sampleId: 'P01_BL' }, hint);
      expect(found.hint).toMatch(new RegExp(`^try --${name}( \\w+)? on it$`));
      const said = inStudyWords(found).hint;
      const [, key = '', written = ''] =
        /^try reading: \{P01_BL: \{(\w+): (\w+)\}\} in study\.yaml on it$/.exec(said) ?? [];
      expect(key).toBe(name.replaceAll('-', '_'));
      const reading = {
        P01_BL: { [key]: /^\d+$/.test(written) ? Number(written) : written === 'true' ? true : written },
      };
      expect(StudyFile.shape.reading.safeParse(reading).success, said).toBe(true);
    },
  );

  test('no hint of a code keeps an option of reading where a study is run', () => {
    const names = readingOptions().map((option) => option.long ?? '');
    const left = Object.entries(codes).filter(([code, { hint }]) => {
      const said = inStudyWords(problem('note', code as keyof typeof codes, '', {}, hint)).hint;
      // Only the command that has the option raises it.
      return !code.startsWith('fcs.deidentify') && names.some((name) => said.includes(name));
    });
    expect(left).toEqual([]);
  });

  test('sample ids that YAML would take for something else stand in quotes', () => {
    const hintFor = (sampleId: string) =>
      inStudyWords(problem('error', 'fcs.data-truncated', 'cut', { sampleId }, [{ accept_truncated: true }])).hint;
    expect(hintFor('03')).toBe('reading: {"03": {accept_truncated: true}} in study.yaml');
    expect(hintFor('no')).toBe('reading: {"no": {accept_truncated: true}} in study.yaml');
    expect(hintFor('P: 1')).toBe('reading: {"P: 1": {accept_truncated: true}} in study.yaml');
  });
});
