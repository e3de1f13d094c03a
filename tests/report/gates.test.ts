import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { Geometry, Picture } from '../../src/gating/index.ts';

import { type GateData, gateData, type ReportInput, renderReport } from '../../src/report/tools.ts';
import { gateInput, sampleInput } from './sampleInput.ts';

const bins = 64;
const u = (marker: string, channel: string) => ({ marker, channel, frame: 'u' }) as const;
const linear = { kind: 'linear', T: 262144, A: 0 } as const;
const arcsinh = { kind: 'arcsinh', cofactor: 150 } as const;

/** A plane of CD19 (x) and CD3 (y) in u from 0 to 8, or linear from 0 to the range. */
function plane(scale: 'u' | 'linear', change: Partial<Picture> = {}): Picture {
  const kind = scale === 'u' ? { scale: arcsinh, from: 0, to: 8 } : { scale: linear, from: 0, to: 1 };
  const empty = () => new Uint32Array(bins * bins);
  const axes = { x: { marker: 'CD19', channel: 'FL1-A', ...kind }, y: { marker: 'CD3', channel: 'FL2-A', ...kind } };
  return { population: 'Singlets', parent: 'root', ...axes, bins, density: empty(), inside: empty(), ...change };
}

/** The page of one tube with one gate. */
function pageOf(geometry: Geometry, picture: Picture): string {
  const input = gateInput();
  const [panel] = input.panels;
  const [gate] = panel?.book.gates ?? [];
  const [tube] = gate?.tubes ?? [];
  if (!panel || !gate || !tube) throw new Error('the sample has a gate');
  const book = { ...panel.book, gates: [{ ...gate, tubes: [{ ...tube, geometry }] }] };
  const one: ReportInput = { ...input, panels: [{ ...panel, book }], pictures: new Map([[tube.sample_id, [picture]]]) };
  return renderReport(one);
}

/** What the page's script draws from. */
function dataOf(page: string): GateData {
  const [, json = ''] = /<script type="application\/json" id="gate-data">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json);
}

/** The lines of the first plot as path data, in bins. */
function linesOf(page: string): { readonly edge: string; readonly divider: string } {
  const [gate] = dataOf(page).gates;
  const [, , , edge = 0, divider = 0] = gate?.rows[0]?.plots[0] ?? [];
  return { edge: gate?.lines[edge] ?? '', divider: gate?.lines[divider] ?? '' };
}

/** Corner points of the gate's edges, in bins. */
function edges(page: string): number[][][] {
  return linesOf(page)
    .edge.split('M')
    .slice(1)
    .map((line) => line.split('L').map((pair) => pair.split(' ').map(Number)));
}

describe('the outline of a gate', () => {
  test('an interval is drawn at its raw edges on whatever axis the picture has', () => {
    const geometry: Geometry = {
      kind: 'interval',
      dims: [{ ...u('CD19', 'FL1-A'), min: Math.asinh(65536 / 150), max: null, min_raw: 65536, max_raw: null }],
    };
    // A quarter of the linear axis; open to the right and over the whole height, so those edges lie outside.
    expect(linesOf(pageOf(geometry, plane('linear'))).edge).toBe('M16 70H70V-6H16Z');
    const at = Math.round((100 * (Math.asinh(65536 / 150) * 64)) / 8) / 100;
    expect(linesOf(pageOf(geometry, plane('u'))).edge).toBe(`M${at} 70H70V-6H${at}Z`);
  });

  test('a gate whose second marker is on the x axis is turned with it', () => {
    const bound = (marker: string, channel: string, raw: number) =>
      ({ ...u(marker, channel), min: null, max: 1, min_raw: null, max_raw: raw }) as const;
    const geometry: Geometry = {
      kind: 'rectangle',
      dims: [bound('CD3', 'FL2-A', 131072), bound('CD19', 'FL1-A', 65536)],
    };
    expect(linesOf(pageOf(geometry, plane('linear'))).edge).toBe('M-6 70H16V32H-6Z');
  });

  test('a polygon in u keeps its corners, y upwards', () => {
    const vertices = [
      [1, 1],
      [4, 1],
      [4, 6],
    ] as const;
    const dims = [u('CD19', 'FL1-A'), u('CD3', 'FL2-A')] as const;
    const geometry: Geometry = { kind: 'polygon', dims, vertices, vertices_raw: vertices };
    expect(edges(pageOf(geometry, plane('u')))).toEqual([
      [
        [8, 56],
        [32, 56],
        [32, 16],
        [8, 56],
      ],
    ]);
  });

  test('a polygon that is straight in u is bent on a linear axis, corner for corner at the same raw values', () => {
    const corner = Math.asinh(131072 / 150);
    const vertices = [
      [0, 0],
      [corner, 0],
      [corner, corner],
    ] as const;
    const dims = [u('CD19', 'FL1-A'), u('CD3', 'FL2-A')] as const;
    const [outline] = edges(pageOf({ kind: 'polygon', dims, vertices, vertices_raw: vertices }, plane('linear')));
    expect(outline?.length).toBeGreaterThan(20);
    expect(outline).toContainEqual([32, 64]);
    expect(outline).toContainEqual([32, 32]);
  });

  test('every point of an ellipse lies at its Mahalanobis distance', () => {
    const dims = [u('CD19', 'FL1-A'), u('CD3', 'FL2-A')] as const;
    const covariance = [
      [0.5, 0.2],
      [0.2, 0.3],
    ] as const;
    const [outline = []] = edges(
      pageOf({ kind: 'ellipse', dims, mean: [4, 4], covariance, distance_square: 3 }, plane('u')),
    );
    expect(outline).toHaveLength(73);
    for (const [x = 0, y = 0] of outline) {
      const [a, b] = [x / 8 - 4, 8 - y / 8 - 4];
      const determinant = 0.5 * 0.3 - 0.2 * 0.2;
      expect((0.3 * a * a - 2 * 0.2 * a * b + 0.5 * b * b) / determinant).toBeCloseTo(3, 1);
    }
  });

  test('a strip begins at its border across its direction and has its width', () => {
    const dims = [u('CD19', 'FL1-A'), u('CD3', 'FL2-A')] as const;
    const strip = { kind: 'strip', dims, origin: [2, 2], direction: [0.6, 0.8], from: 1, half_width: 0.5 } as const;
    const [outline = []] = edges(pageOf(strip, plane('u')));
    // origin + 1·d ± 0.5·(across): (2.2, 3.1) and (3.0, 2.5) in u.
    expect(outline.slice(1, 3)).toEqual([
      [17.6, 39.2],
      [24, 44],
    ]);
  });

  test('a quadrant shows its corner and both dividers; all shows each part; boolean and none show nothing', () => {
    const dims = [u('CD19', 'FL1-A'), u('CD3', 'FL2-A')];
    const quadrant: Geometry = {
      kind: 'quadrant',
      dims,
      dividers: [0, 0],
      dividers_raw: [65536, 131072],
      side: ['below', 'above'],
    };
    const lines = linesOf(pageOf(quadrant, plane('linear')));
    expect(lines.divider.match(/M/g)).toHaveLength(2);
    expect(lines.edge).toBe('M-6 32H16V-6H-6Z');
    expect(linesOf(pageOf({ kind: 'all', of: [quadrant, quadrant] }, plane('linear'))).edge.match(/M/g)).toHaveLength(
      2,
    );
    expect(linesOf(pageOf({ kind: 'boolean', op: 'and', of: [] }, plane('u'))).edge).toBe('');
    expect(linesOf(pageOf({ kind: 'none' }, plane('u'))).edge).toBe('');
  });

  test('the lines of a ratio run through the points where numerator is bound times denominator', () => {
    const dims = [
      { ...u('CD3', 'FL2-A'), frame: 'raw' } as const,
      { ...u('CD19', 'FL1-A'), frame: 'raw' } as const,
    ] as const;
    const lines = edges(pageOf({ kind: 'ratio', dims, min: 0.5, max: 1 }, plane('linear')));
    expect(lines.map((line) => line.at(-1))).toEqual([
      [64, 32],
      [64, 0],
    ]);
  });
});

describe('the density', () => {
  const counted = (filled: Readonly<Record<number, number>>): Uint32Array => {
    const grid = new Uint32Array(bins * bins);
    for (const [bin, count] of Object.entries(filled)) grid[Number(bin)] = count;
    return grid;
  };

  function pixels(picture: Picture) {
    const page = pageOf({ kind: 'none' }, picture);
    const [, data = ''] = page.match(/<script type="text\/plain" id="image-0-0">([^<]+)</) ?? [];
    const png = decode(Buffer.from(data, 'base64'));
    const at = (column: number, rowFromBelow: number): number =>
      png.data[(bins - 1 - rowFromBelow) * bins + column] ?? -1;
    return { png, at };
  }

  test('the lowest y is the bottom row, and an empty bin is the ground', () => {
    const { png, at } = pixels(plane('u', { density: counted({ 5: 10 }) }));
    expect([png.width, png.height]).toEqual([bins, bins]);
    expect(at(5, 0)).toBeGreaterThan(0);
    expect(png.data.filter((pixel) => pixel !== 0)).toHaveLength(1);
  });

  test('more events are darker; bins are coloured by the share that is inside, grey where none is', () => {
    const density = counted({ 0: 1, 1: 10, 2: 1000, 3: 1000 });
    const { png, at } = pixels(plane('u', { density, inside: counted({ 3: 600 }) }));
    const colour = (column: number): number[] => png.palette?.[at(column, 0)] ?? [];
    const lightness = [0, 1, 2].map((column) => colour(column)[0] ?? 0);
    expect(lightness).toEqual([...lightness].sort((a, b) => b - a));
    expect(new Set(lightness).size).toBe(3);
    const spread = (rgb: readonly number[]): number => Math.max(...rgb.slice(0, 3)) - Math.min(...rgb.slice(0, 3));
    expect(spread(colour(2))).toBeLessThan(10);
    expect(spread(colour(3))).toBeGreaterThan(30);
    const all = pixels(plane('u', { density, inside: counted({ 3: 1000 }) }));
    expect(spread(all.png.palette?.[all.at(3, 0)] ?? [])).toBeGreaterThan(spread(colour(3)) + 20);
  });
});

test('a gate that has no picture says why', () => {
  const input = gateInput();
  const said = (page: string) => dataOf(page).gates.flatMap(({ rows }) => rows.flatMap(({ says }) => says));
  expect(said(renderReport({ ...input, pictures: new Map() }))).toContain('a combination of other populations');
  expect(said(pageOf({ kind: 'none' }, plane('u', { population: 'another' })))).toContain(
    'the gate could not be placed',
  );
});

test('axes bear the marker with its channel, decades on a fluorescence axis and thousands on a linear one', () => {
  const page = pageOf({ kind: 'none' }, plane('u'));
  const [x] = dataOf(page).gates[0]?.axes ?? [];
  expect(x?.name).toBe('CD19 (FL1-A)');
  const labels = x?.ticks.map(([, label]) => label) ?? [];
  for (const label of ['0', '10³', '10⁴', '10⁵']) expect(labels).toContain(label);
  // 2 … 9 times each decade, where the axis has it.
  expect(labels.filter((label) => label === '').length).toBeGreaterThan(25);
  const linearAxis = dataOf(pageOf({ kind: 'none' }, plane('linear'))).gates[0]?.axes[0];
  expect(linearAxis?.ticks.map(([, label]) => label)).toContain('100k');
});

/** Sample ids of the plots of the first gate, in the order of the page. */
function plotsOf(input: ReportInput): string[] {
  const { gates, tubes } = dataOf(renderReport(input));
  return gates[0]?.rows.map(({ tube }) => tubes[tube]?.sampleId ?? '') ?? [];
}

/** The made-up run with other flags on the tubes of its gates. */
function flagged(flagsOf: (tube: number) => readonly string[]): GateData['gates'][number] {
  const input = sampleInput({ subjects: 3, visits: 6 });
  const panels = input.panels.map((panel) => ({
    ...panel,
    book: {
      ...panel.book,
      gates: panel.book.gates.map((gate) => ({
        ...gate,
        tubes: gate.tubes.map((tube, t) => ({ ...tube, flags: flagsOf(t) })),
      })),
    },
  }));
  const [gate] = dataOf(renderReport({ ...input, panels })).gates;
  if (!gate) throw new Error('the sample has a gate');
  return gate;
}

test('tubes follow patient by patient in the order of the visits, however the sheet is ordered', () => {
  const input = sampleInput({ subjects: 2, visits: 6 });
  const expected = ['P01_BL', 'P01_M1', 'P01_M3', 'P01_M6', 'P01_M9', 'P01_M12', 'P02_BL'];
  expect(plotsOf(input).slice(0, 7)).toEqual(expected);
  expect(plotsOf({ ...input, tubes: [...input.tubes].reverse() })).toEqual(plotsOf(input));
});

test('a flag of every tube is said once for the gate; tubes are marked by what sets them apart', () => {
  const gate = flagged((t) => (t === 3 ? ['cut_moved', 'three_modes'] : ['three_modes']));
  expect(gate.common).toEqual(['three_modes']);
  expect(gate.rows.filter(({ flags }) => flags.includes('cut_moved'))).toHaveLength(1);
  expect(gate.rows.some(({ flags }) => flags.includes('three_modes'))).toBe(false);
  const others = flagged((t) => (t === 0 ? [] : ['three_modes']));
  expect(others.rows.filter(({ flags }) => flags.includes('three_modes')).length).toBeGreaterThan(10);
});

test('the tube whose flag asks for a look comes first in the order "worst first", before one with a note', () => {
  const { rows } = flagged((t) => (t === 3 ? ['cut_moved'] : t === 5 ? ['one_mode'] : []));
  const order = rows.map(({ score }, t) => ({ score, t })).sort((a, b) => b.score - a.score);
  expect(order[0]?.t).toBe(3);
  expect(rows[5]?.score).toBeGreaterThan(rows[6]?.score ?? 0);
});

test('hostile names end no script of the page and come back from the data as they were', () => {
  const evil = '</script><img src=x onerror=alert(1)>\u2028';
  const input = sampleInput({ subjects: 2, visits: 2 });
  const page = renderReport({ ...input, tubes: input.tubes.map((tube) => ({ ...tube, subject: evil, batch: evil })) });
  expect(page).not.toContain('<img src=x');
  expect(dataOf(page).tubes[0]?.subject).toBe(evil);
});

test('a name with a lone surrogate, which neither an address nor a file can hold, does not stop the page', () => {
  const input = gateInput();
  const broken = (id: string): string => `${id}\uD800`;
  const panels = input.panels.map((panel) => ({
    ...panel,
    book: {
      ...panel.book,
      gates: panel.book.gates.map((gate) => ({
        ...gate,
        tubes: gate.tubes.map((one) => ({ ...one, sample_id: broken(one.sample_id) })),
      })),
    },
  }));
  const page = renderReport({
    ...input,
    panels,
    tubes: input.tubes.map((one) => ({ ...one, sampleId: broken(one.sampleId) })),
  });
  expect(page).toContain('#tube=P01_BL%EF%BF%BD');
});

describe('what the page of a tube is drawn from', () => {
  const data = gateData(sampleInput());

  test('a matrix that all tubes share stands once, in percent', () => {
    expect(data.matrices).toEqual([
      { channels: ['FL1-A', 'FL2-A', 'FL3-A'], percent: [100, 12.3, 0, 2, 100, 30, 0, 0, 100] },
    ]);
    expect(new Set(data.extras.map((extra) => (extra ? extra.matrix : extra)))).toEqual(new Set([0, false]));
  });

  test('cells have a place on the axes of the gates above them, the same as the events of the plots', () => {
    const [gate = 0, bytes = ''] = data.extras.flatMap((extra) => (extra ? extra.cells : []))[0] ?? [];
    expect(data.gates[gate]?.path).toBe('Singlets/Lymphocytes/B/CD24hiCD38hi');
    const axes = data.cellAxes[gate] ?? [];
    const places = [...Buffer.from(bytes, 'base64')];
    expect(places).toHaveLength(axes.length * 40);
    const above = [0, 1].map((g) => data.gates[g]?.axes.map(({ all }) => all) ?? []);
    for (const own of above.flat()) expect(axes).toContain(own);
    // FSC-A of the first cell is 900 of 262144, on a linear axis from 0.
    const fsc = data.gates[1]?.axes.findIndex(({ name }) => name === 'FSC-A') ?? -1;
    const at = axes.indexOf(data.gates[1]?.axes[fsc]?.all ?? -1);
    expect(places[at * 40]).toBe(Math.round((900 / 262144) * 254));
    // CD19, the fourth marker: arcsinh of 1500 ÷ 150, from −2.6 to 8.16.
    const b = data.gates.findIndex(({ name }) => name === 'B');
    const cd19 = data.gates[b]?.axes.find(({ name }) => name.startsWith('CD19'))?.all ?? -1;
    expect(places[axes.indexOf(cd19) * 40]).toBe(Math.round(((Math.asinh(10) + 2.6) / 10.76) * 254));
  });

  test('of many tubes fewer cells are shown, so that the page stays small', () => {
    const many = gateData(sampleInput({ subjects: 12, visits: 6 }));
    const [gate = 0, bytes = ''] = many.extras.flatMap((extra) => (extra ? extra.cells : []))[0] ?? [];
    expect(Buffer.from(bytes, 'base64')).toHaveLength((many.cellAxes[gate]?.length ?? 0) * 12);
  });
});
