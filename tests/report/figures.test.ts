import { describe, expect, test } from 'vitest';
import { type ProfileEffect, profileEffectColumns } from '../../src/analysis/index.ts';
import { pairedFigures } from '../../src/report/tools.ts';
import { analyzeInput, gateInput, sampleInput } from './sampleInput.ts';

const figures = pairedFigures(sampleInput());
const [first] = figures;
const blank = Object.fromEntries(profileEffectColumns.map(({ name }) => [name, null])) as unknown as ProfileEffect;

describe('paired lines', () => {
  test('one figure an endpoint, however many families ask about it, named by order, population and measure', () => {
    expect(figures.map((figure) => figure.fileName)).toEqual([
      'course-01-CD24hiCD38hi-pct_of_B.svg',
      'course-02-CD27+CD38lo-CD24hi-pct_of_B.svg',
      'course-03-B-pct_of_Lymphocytes.svg',
    ]);
  });

  test('a dot for every usable value: 48 planned, less one missing, one failed and one excluded', () => {
    expect(first?.svg.match(/class="dot/g)).toHaveLength(45);
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
    expect((first?.svg ?? '').replace(/>[^<]*</g, '><')).not.toMatch(/\d\.\d{3,}/);
    expect(first?.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('a table that was analysed on its own shows the same courses as the run that wrote it', () => {
    expect(pairedFigures(analyzeInput())).toEqual(figures);
  });

  test('the two compared visits stand beside it: 8 patients at BL, 7 at M1', () => {
    expect(first?.pair.fileName).toBe('pairs-01-CD24hiCD38hi-pct_of_B.svg');
    expect(first?.pair.svg.match(/class="dot/g)).toHaveLength(15);
  });

  test('over a missed visit the line goes on as a dashed bridge: P03 has no M1, P05 no M3, P06 no M6', () => {
    expect(first?.svg.match(/class="bridge"/g)).toHaveLength(3);
  });

  test('it bears what a paper asks: title, n, effect with interval, p, the scale at the axis, a legend', () => {
    const words = (first?.svg ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(words).toMatch(
      /CD24hiCD38hi .*n = 7 pairs, BL to M1: ×1\.91 \[1\.37, 2\.00\].*p = 0\.0156, in the family 0\.0313/,
    );
    expect(words).toContain('% of B, logarithmic');
    expect(words).toMatch(/up 7.*no pair 1/);
  });

  test('letters are at least 7 pt at a column of 85 mm, and no colour or font is left to a page', () => {
    for (const { svg, pair } of figures) {
      const [, width = '', units = ''] = /width="([\d.]+)mm".* viewBox="0 0 ([\d.]+) /.exec(svg) ?? [];
      expect(Number(width)).toBeCloseTo(85, 0);
      const pointsPerUnit = (Number(width) * 72) / 25.4 / Number(units);
      for (const text of [svg, pair.svg]) {
        for (const [, size] of text.matchAll(/font-size="([\d.]+)"/g))
          expect(Number(size) * pointsPerUnit).toBeGreaterThanOrEqual(6.99);
        expect(text).not.toMatch(/currentColor|var\(|<style/);
        expect(text).toContain('font-family="Helvetica, Arial');
      }
    }
  });

  test('up and down differ in lightness, dashes and shape, so that a grey copy tells them', () => {
    const input = sampleInput();
    const turned = input.pairs.map((pair) =>
      pair.subject === 'P01' && pair.delta !== null ? { ...pair, delta: -pair.delta } : pair,
    );
    const svg = pairedFigures({ ...input, pairs: turned })[0]?.svg ?? '';
    const [, down = ''] = /<g class="who down"(.*?)<\/g>/s.exec(svg) ?? [];
    expect(down).toContain('stroke-dasharray="4 2"');
    expect(down).toMatch(/<path class="dot"/);
    const grey = (hex: string): number =>
      [0.299, 0.587, 0.114].reduce(
        (sum, part, i) => sum + part * Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16),
        0,
      );
    expect(Math.abs(grey('#00677a') - grey('#d4781f'))).toBeGreaterThan(50);
  });

  test('ticks of a logarithmic axis are 1, 2 and 5 of each decade', () => {
    const [, axis = ''] = /<g class="f-axis"(.*?)<\/g>/s.exec(first?.svg ?? '') ?? [];
    const labels = [...axis.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) => label ?? '');
    expect(labels.length).toBeGreaterThan(2);
    for (const label of labels) expect(label).toMatch(/^0?\.?0*[125]0*$/);
  });

  test('visits stand to scale of time: from M1 to M6 five times as far as from BL to M1', () => {
    const at = (visit: string): number =>
      Number(new RegExp(`<text x="([\\d.]+)"[^>]*text-anchor="middle">${visit}<`).exec(first?.svg ?? '')?.[1]);
    expect((at('M6') - at('M1')) / (at('M1') - at('BL'))).toBeCloseTo(5, 1);
  });

  test('above 15 patients there are thin lines without names and marks, with medians and quartiles', () => {
    const [many] = pairedFigures(sampleInput({ subjects: 30, visits: 6 }));
    expect(many?.svg.match(/class="who /g)).toHaveLength(30);
    expect(many?.svg).not.toMatch(/class="dot|class="f-name /);
    const [, quartiles = ''] = /<g class="quartiles"(.*)<\/g>/s.exec(many?.svg ?? '') ?? [];
    expect(quartiles.match(/<path d="M[\d.]+ [\d.]+V/g)).toHaveLength(6);
  });

  test('a zero on a logarithmic axis is a hollow dot on the floor', () => {
    const input = sampleInput();
    const values = input.values.map((one) =>
      one.sampleId === 'P01_BL' && one.endpointKey.includes('CD24hiCD38hi') ? { ...one, percent: 0 } : one,
    );
    const [figure] = pairedFigures({ ...input, values });
    expect(figure?.svg.match(/class="dot/g)).toHaveLength(45);
    expect(figure?.svg.match(/class="dot zero"[^>]*fill="#fff"/g)).toHaveLength(1);
    expect(figure?.svg).not.toMatch(/NaN|Infinity/);
  });

  describe('events of the study', () => {
    const events = [
      { day: 0, label: 'infusion', subject: null },
      { day: 120, label: 'relapse', subject: 'P03' },
      { day: 100, label: 'relapse', subject: 'P01' },
      { day: 900, label: 'rescue', subject: 'P02' },
    ];
    const [marked] = pairedFigures({ ...sampleInput(), events });
    const svg = marked?.svg ?? '';
    const words = svg.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

    test('of all patients are a line with their name; of one a wedge on that patient’s line, with a letter', () => {
      expect(svg).toMatch(/<path d="M35 48V150"[^>]*\/><text[^>]*>infusion</);
      expect(svg.match(/class="f-wedge"/g)).toHaveLength(2);
      expect(svg).toContain('<title>P03, day 120: relapse</title>');
      expect(words).toContain('a relapse (P03 day 120, P01 day 100), b rescue (P02 day 900)');
    });

    test('beyond the last visit are told, not left out', () => {
      expect(words).toContain('outside the axis: rescue of P02 on day 900');
    });

    test('lie on the line between the visits around them, to scale', () => {
      const wedge = /P03, day 120: relapse<\/title><path class="f-wedge" d="M([\d.]+) ([\d.]+)/.exec(svg);
      // From BL at 35 to M12, day 360, at 191.
      expect(Number(wedge?.[1])).toBeCloseTo(35 + (156 * 120) / 360, 1);
      const line =
        /<g class="who[^"]*" data-s="2"[^>]*><title>P03<\/title>\s*<path class="hit" d="([^"]*)"/.exec(svg)?.[1] ?? '';
      const points = [...line.matchAll(/([\d.]+) ([\d.]+)/g)]
        .map(([, x, y]) => [Number(x), Number(y)] as const)
        .sort((a, b) => a[0] - b[0]);
      const after = points.findIndex(([x]) => x >= Number(wedge?.[1]));
      const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
      const height = y0 + ((y1 - y0) * (Number(wedge?.[1]) - x0)) / (x1 - x0);
      expect(Number(wedge?.[2])).toBeCloseTo(height - 1, 0);
    });

    test('leave a figure without events as it is', () => {
      expect(pairedFigures({ ...sampleInput(), events: [] })).toEqual(figures);
    });
  });

  test('a run without statistics has no figures', () => {
    expect(pairedFigures(gateInput())).toEqual([]);
  });

  test('beside a primary endpoint: what moved, cells or gate, and the effect over every border with the chosen one marked', () => {
    const input = sampleInput();
    const pairs = input.pairs.map((pair) => ({ ...pair, cells_moved: 1.5, gate_moved: -0.2 }));
    const effect = { ...blank, endpoint: figures[0]?.endpoint ?? '', visit_to: 'M1', analysis: 'border', status: 'ok' };
    const profileEffects = [1, 1.2, 1.4].map((border, i) => {
      return {
        ...effect,
        border,
        ratio: 1.5 + i,
        estimate: Math.log(1.5 + i),
        ci_low: 0.1,
        ci_high: 1.4,
        is_chosen: i === 1,
      };
    });
    const [primary, second, lineage] = pairedFigures({ ...input, pairs, profileEffects });
    expect(primary?.further.map(({ fileName }) => fileName)).toEqual([
      'split-01-CD24hiCD38hi-pct_of_B.svg',
      'border-01-CD24hiCD38hi-pct_of_B.svg',
    ]);
    const [split, border] = primary?.further ?? [];
    expect(split?.svg.match(/class="row"/g)).toHaveLength(8);
    expect(split?.svg.match(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="3.4"/g)).toHaveLength(16);
    expect(border?.svg.match(/class="chosen"/g)).toHaveLength(1);
    expect(border?.svg.match(/V[\d.]+"\/>/g)?.length).toBeGreaterThanOrEqual(3);
    expect(second?.further).toHaveLength(1);
    expect(lineage?.further).toEqual([]);
    for (const { svg } of primary?.further ?? []) expect(svg).not.toMatch(/NaN|undefined|Infinity|currentColor/);
  });
});
