import { describe, expect, it } from 'vitest';
import { gatherProblems, type Problem, problem } from '../../src/problems/index.ts';

function found(sampleId: string, message: string, where: Problem['where'] = {}): Problem {
  return problem('warning', 'fcs.bytes-after-data', message, { file: `${sampleId}.fcs`, sampleId, ...where });
}

const messages = (problems: readonly Problem[]) => gatherProblems(problems).map((one) => one.message);
const ids = ['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08'];

describe('what is found alike in many tubes', () => {
  it('is one line with its number and the first names', () => {
    expect(messages(ids.map((id) => found(id, 'the clock is wrong')))).toEqual([
      'the clock is wrong; the same in 7 more: P02, P03, P04, P05, P06 …',
    ]);
  });

  it('is one line too where only numbers or the tube’s own name differ', () => {
    expect(messages(ids.slice(0, 4).map((id, i) => found(id, `"${id}" holds ${100 + i} bytes more`)))).toEqual([
      '"P01" holds 100 bytes more; likewise, with other numbers, in 3 more: P02, P03, P04',
    ]);
  });

  it('of two tubes with other numbers is two lines', () => {
    expect(messages([found('P01', '3 bytes more'), found('P02', '4 bytes more')])).toEqual([
      '3 bytes more',
      '4 bytes more',
    ]);
  });

  it('is one line where a sentence names all of its tubes', () => {
    const both = '"P01" and "P02" are the same file';
    expect(messages([found('P01', both), found('P02', both)])).toEqual([both]);
  });

  it('stays a line each where each has its own place in a text file', () => {
    const rows = [2, 3, 4, 5].map((line) =>
      problem('error', 'sheet.missing-cell', '"subject" is empty', { file: 'sheet.csv', line }),
    );
    expect(gatherProblems(rows)).toHaveLength(4);
  });
});
