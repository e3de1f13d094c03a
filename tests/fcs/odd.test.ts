import { describe, expect, test } from 'vitest';
import { bytesSource, readColumns, readFcs } from '../../src/fcs/index.ts';
import type { Odd } from './odd.ts';
import { oddCombined } from './oddCombined.ts';
import { oddLayout } from './oddLayout.ts';
import { oddOffsets } from './oddOffsets.ts';
import { oddText } from './oddText.ts';
import { floatFile, rows } from './soundFiles.ts';

/** Reads all there is: stored values by row, and every code raised, without its area. */
function readAll({ bytes, options }: Odd): { values: number[][] | undefined; codes: string[] } {
  const source = bytesSource('made.fcs', bytes);
  const { value: file, problems } = readFcs(source, options);
  const code = (problem: { code: string }): string => problem.code.replace(/^fcs\./, '');
  if (file === undefined) {
    expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
    return { values: undefined, codes: [...new Set(problems.map(code))].sort() };
  }
  const indices = file.parameters.map((parameter) => parameter.index);
  const read = readColumns(source, file, indices, { amplification: 'stored' });
  const values = Array.from({ length: file.eventCount }, (_, i) => read.columns.map((column) => column[i] as number));
  return { values, codes: [...new Set([...problems, ...read.problems].map(code))].sort() };
}

describe.each([
  ['offsets, counts and segments', oddOffsets],
  ['TEXT', oddText],
  ['types, widths, names and values', oddLayout],
  ['combinations', oddCombined],
])('made files with odd %s', (_, list) => {
  test.each(list.map((odd) => [odd.kind, odd] as const))('%s', (_kind, odd) => {
    const { values, codes } = readAll(odd);
    expect(codes).toEqual([...odd.codes].sort());
    expect(values).toEqual(odd.values);
  });
});

describe('made files without faults', () => {
  test('a sound file is read without a word', () => {
    expect(readAll({ kind: '', bytes: floatFile(), codes: [], values: rows })).toEqual({ values: rows, codes: [] });
  });

  test('more than a hundred odd kinds are tried', () => {
    const kinds = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined].map((odd) => odd.kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThan(190);
  });
});
