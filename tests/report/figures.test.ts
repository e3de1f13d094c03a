import { describe, expect, test } from 'vitest';
import { pairedFigures } from '../../src/report/tools.ts';
import { analyzeInput, gateInput, sampleInput } from './sampleInput.ts';

const figures = pairedFigures(sampleInput());
const [first] = figures;

describe('paired lines', () => {
  test('one figure an endpoint, however many families ask about it, named by order, population and measure', () => {
    expect(figures.map((figure) => figure.fileName)).toEqual([
      'course-01-CD24hiCD38hi-pct_of_B.svg',
      'course-02-CD27+CD38lo-CD24hi-pct_of_B.svg',
      'course-03-B-pct_of_Lymphocytes.svg',
    ]);
  });

  test('a dot for every usable value: 48 planned, less one missing, one failed and one excluded', () => {
    expect(first?.svg.match(/<circle/g)).toHaveLength(45);
  });

  test('the figure says in words what it shows, once', () => {
    expect(first?.svg.match(/aria-label=/g)).toHaveLength(1);
    expect(first?.svg).toContain(
      'aria-label="CD24hiCD38hi, % of B, by visit, one line a patient: 7 up, 0 down from BL to M1"',
    );
  });

  test('it is an SVG file of its own, the same every time, without long decimals', () => {
    expect(first?.svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(pairedFigures(sampleInput())).toEqual(figures);
    expect(first?.svg).not.toMatch(/\d\.\d{3,}/);
    expect(first?.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('without frequencies the pairs are drawn: two visits of the comparison and those of the return', () => {
    const [figure] = pairedFigures(analyzeInput());
    // 8 at BL, 7 at M1; M6 has P06 excluded: 7.
    expect(figure?.svg.match(/<circle/g)).toHaveLength(22);
  });

  test('a zero on a logarithmic axis is a hollow dot on the floor', () => {
    const input = sampleInput();
    const zero = { n: 2000, percent: 0, low: 0, high: 0.2 };
    const frequencies = input.frequencies.map((row) =>
      row.sampleId === 'P01_BL' && row.population.endsWith('CD24hiCD38hi')
        ? { ...row, count: 0, of: { ...row.of, B: zero } }
        : row,
    );
    const [figure] = pairedFigures({ ...input, frequencies });
    expect(figure?.svg.match(/<circle/g)).toHaveLength(45);
    expect(figure?.svg).toMatch(/<g [^>]*fill="none"[^>]*><circle/);
    expect(figure?.svg).not.toMatch(/NaN|Infinity/);
  });

  test('a run without statistics has no figures', () => {
    expect(pairedFigures(gateInput())).toEqual([]);
  });
});
