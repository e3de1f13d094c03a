import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { codes } from '../../src/problems/index.ts';
import type { Odd } from './odd.ts';
import { oddCombined } from './oddCombined.ts';
import { oddLayout } from './oddLayout.ts';
import { oddOffsets } from './oddOffsets.ts';
import { oddText } from './oddText.ts';
import { oddTrailing } from './oddTrailing.ts';
import { peerRows } from './peerRows.ts';
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
  ['bytes behind DATA', oddTrailing],
])('made files with odd %s', (_, list) => {
  test.each(list.map((odd) => [odd.kind, odd] as const))('%s', (_kind, odd) => {
    const { values, codes } = readAll(odd);
    expect(codes).toEqual([...odd.codes].sort());
    expect(values).toEqual(odd.values);
  });
});

const all = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing];

describe('made files without faults', () => {
  test('a sound file is read without a word', () => {
    expect(readAll({ kind: '', bytes: floatFile(), codes: [], values: rows })).toEqual({ values: rows, codes: [] });
  });

  test('each kind is tried once', () => {
    expect(new Set(all.map((odd) => odd.kind)).size).toBe(all.length);
  });
});

describe('docs/fcs.md', () => {
  const page = readFileSync(new URL('../../docs/fcs.md', import.meta.url), 'utf8');

  /** ✓ right and said, r right and nothing to say, x refused with a reason; anything else would be a failure above. */
  const outcome = (odd: Odd): string => (odd.values === undefined ? 'x' : odd.codes.length > 0 ? '✓' : 'r');

  test('tells how many of the made files are read right, and how many are refused', () => {
    const silent = all.filter((odd) => outcome(odd) === 'r').length;
    const said = all.filter((odd) => outcome(odd) === '✓').length;
    const refused = all.filter((odd) => outcome(odd) === 'x').length;
    const sentence =
      `Of ${all.length} made files, ${silent + said} are read right (${said} of them odd, each with its code; ${silent} as ` +
      `the standard allows) and ${refused} refused with the reason: 0 wrong numbers in silence, 0 stray exceptions, 0 hangs.`;
    expect(page.replaceAll(/\s+/g, ' ').includes(sentence), sentence).toBe(true);
  });

  test.each(peerRows)('shows what we do with: %s', (label, kinds) => {
    const odds = kinds.map((kind) => all.find((odd) => odd.kind === kind));
    const ours = odds.map((odd) => (odd === undefined ? 'no such file' : outcome(odd)));
    const shown = new Set(ours).size === 1 ? ours[0] : ours.join(' / ');
    const row = `| ${label} | ${shown} |`;
    expect(page.includes(row), row).toBe(true);
  });

  test('names every code of the FCS room that reading can raise', () => {
    const missing = Object.keys(codes)
      .filter((code) => code.startsWith('fcs.') && !code.startsWith('fcs.deidentify'))
      .map((code) => code.slice('fcs.'.length))
      .filter((code) => !page.includes(code) && !page.includes(`\`-${code.split('-').at(-1)}\``));
    expect(missing).toEqual([]);
  });
});
