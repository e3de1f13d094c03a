import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../src/gating/index.ts';
import { entryOf, fromU, type MarkerValues, normals, placeAll, studyTube, templateWith, twoModes } from './inMemory.ts';

const markers = ['X', 'Y', 'FSC-A'];

/** Where one gate lies in a study of the given tubes. */
function placed(gate: string, tubes: Readonly<Record<string, MarkerValues>>, id = 'a') {
  const template = templateWith(markers, [`{ name: Gate, parent: root, gate: ${gate} }`]);
  const { book } = placeAll(
    template,
    Object.entries(tubes).map(([sampleId, values]) => studyTube(template, sampleId, values)),
  );
  return entryOf(book, 'Gate', id);
}

function edgesOf(geometry: Geometry): readonly (number | null)[] {
  return geometry.kind === 'interval' ? [geometry.dims[0].min, geometry.dims[0].max] : [];
}

/** A t distribution with 3 degrees of freedom, a normal over the root of a mean of three squares, within a detector's range. */
function heavyTails(key: number, count: number, mean: number, scale: number): number[] {
  const squares = [1, 2, 3].map((more) => normals(key + 100 * more, count, 0, 1));
  return normals(key, count, 0, 1).map((z, i) => {
    const chi = squares.reduce((sum, column) => sum + (column[i] ?? 0) ** 2, 0);
    return Math.min(7.5, mean + (scale * z) / Math.sqrt(chi / 3));
  });
}

describe('a mixture on one marker', () => {
  // Two overlapping Gaussians of known share, mean and sd: no valley, but a border that Bayes gives.
  const values = [...normals(11, 6000, 1, 0.5), ...normals(12, 2000, 2.4, 0.5)];
  // Equal sd: log(.75 / .25) = ((x − 1)² − … ) solved for x: midway + sd² · log(share ratio) / distance.
  const border = 1.7 + (0.25 * Math.log(3)) / 1.4;

  it('cuts where the two populations are equally likely, as Bayes has it', () => {
    const { geometry, modes } = placed('{ method: mixture, marker: X, keep: above }', { a: { X: fromU(values) } });
    expect(edgesOf(geometry)[0]).toBeGreaterThan(border - 0.06);
    expect(edgesOf(geometry)[0]).toBeLessThan(border + 0.06);
    expect(modes[0]?.at[0]).toBeCloseTo(1, 1);
    expect(modes[0]?.at[1]).toBeCloseTo(2.4, 1);
  });

  it('asks a higher posterior of the upper component farther up', () => {
    const at = (posterior: number) => {
      const gate = `{ method: mixture, marker: X, keep: above, posterior: ${posterior}, pool: tube }`;
      return edgesOf(placed(gate, { a: { X: fromU(values) } }).geometry)[0] ?? Number.NaN;
    };
    // For equal sd the border moves by sd² · log(.9 / .1) / distance.
    expect(at(0.9) - at(0.5)).toBeCloseTo((0.25 * Math.log(9)) / 1.4, 1);
  });

  it('with t distributions stays between the populations where tails are heavy', () => {
    const tailed = [...heavyTails(21, 3000, 1, 0.25), ...normals(22, 3000, 3.2, 0.25)];
    const cut = (family: string) => {
      const gate = `{ method: mixture, marker: X, keep: above, family: ${family} }`;
      return edgesOf(placed(gate, { a: { X: fromU(tailed) } }).geometry)[0] ?? Number.NaN;
    };
    expect(Math.abs(cut('student') - 2.1)).toBeLessThan(0.1);
    expect(Math.abs(cut('student') - 2.1)).toBeLessThan(Math.abs(cut('gaussian') - 2.1));
  });

  it('says that components which lie on each other are no two populations', () => {
    const one = placed('{ method: mixture, marker: X, keep: above }', { a: { X: fromU(normals(31, 4000, 2, 0.5)) } });
    expect(one.flags).toContain('separation');
  });

  it('is placed by the pool, so that a tube of thirty events follows the study', () => {
    const tubes = {
      a: { X: fromU(values) },
      b: { X: fromU(values.map((u) => u + 0.01)) },
      c: { X: fromU(normals(41, 30, 1, 0.5)) },
    };
    const gate = '{ method: mixture, marker: X, keep: above }';
    expect(placed(gate, tubes, 'c').geometry).toEqual(placed(gate, tubes, 'a').geometry);
  });

  it('does not take the noise of expected means for a population', () => {
    const gate = '{ method: mixture, marker: X, keep: above, means: [1, 2.4] }';
    const { geometry, flags } = placed(gate, { a: { X: fromU(values) } });
    expect(edgesOf(geometry)[0]).toBeCloseTo(border, 1);
    expect(flags).toEqual([]);
  });
});

describe('a mixture in a plane', () => {
  it('lies on the component that the template names, as an ellipse of its own mean and covariance', () => {
    const slope = normals(53, 3000, 0, 0.3);
    const X = [...normals(51, 3000, 1, 0.4), ...slope.map((z) => 3.5 + z)];
    const Y = [...normals(52, 3000, 1, 0.4), ...slope.map((z, i) => 3 + 0.8 * z + (normals(54, 3000, 0, 0.1)[i] ?? 0))];
    const gate = '{ method: mixture, x: X, y: Y, target: { nearest: [3, 3] } }';
    const { geometry } = placed(gate, { a: { X: fromU(X), Y: fromU(Y) } });
    if (geometry.kind !== 'ellipse') throw new Error(`found ${geometry.kind}`);
    expect(geometry.mean[0]).toBeCloseTo(3.5, 1);
    expect(geometry.mean[1]).toBeCloseTo(3, 1);
    expect(geometry.covariance[0]?.[0]).toBeCloseTo(0.09, 2);
    expect(geometry.covariance[0]?.[1]).toBeCloseTo(0.8 * 0.09, 2);
    expect(geometry.covariance[1]?.[1]).toBeCloseTo(0.64 * 0.09 + 0.01, 2);
  });
});

describe('levels of one marker', () => {
  const three = [...normals(61, 2000, 0.5, 0.3), ...normals(62, 1000, 2.5, 0.3), ...normals(63, 1000, 4.5, 0.3)];
  const levels = (keep: string, cuts: string) =>
    `{ method: levels, marker: X, levels: [neg, lo, hi], keep: ${keep}, cuts: [${cuts}] }`;
  const valleys = '{ method: valley, which: first }, { method: valley, which: first }';

  it('are divided from below, each cut above the one before, and share their borders', () => {
    const edges = ['neg', 'lo', 'hi', '[lo, hi]'].map((keep) =>
      edgesOf(placed(levels(keep, valleys), { a: { X: fromU(three) } }).geometry),
    );
    const [first, second] = [edges[0]?.[1], edges[2]?.[0]];
    expect(first).toBeCloseTo(1.5, 0);
    expect(second).toBeCloseTo(3.5, 0);
    expect(edges).toEqual([
      [null, first],
      [first, second],
      [second, null],
      [first, null],
    ]);
  });

  it('are refused where the cuts stand in the wrong order, never swapped', () => {
    const wrong = '{ method: valley, which: first }, { method: fixed, at: 0.2 }';
    const { geometry, flags } = placed(levels('lo', wrong), { a: { X: fromU(three) } });
    expect(geometry.kind).toBe('none');
    expect(flags).toContain('order_broken');
  });

  it('of a tube out of order are those of the pool', () => {
    const usual = three.map((u) => u + 0.001);
    // Its own second population lies so close above the first that its cuts fall within the gap.
    const odd = [...normals(71, 2000, 0.5, 0.3), ...normals(72, 800, 3.3, 0.05), ...normals(73, 1500, 3.62, 0.05)];
    const tubes = { a: { X: fromU(three) }, b: { X: fromU(usual) }, c: { X: fromU(three) }, odd: { X: fromU(odd) } };
    const tight = '{ method: valley, which: first, bound: 3 }, { method: valley, which: first, bound: 3, shift: -1.6 }';
    const own = placed(levels('lo', tight), tubes, 'odd');
    expect(own.flags).toContain('order_broken');
    expect(own.rule === 'pooled' || own.geometry.kind === 'none').toBe(true);
  });
});

describe('a valley', () => {
  it('moves with its cells by what they moved, not from bin to bin', () => {
    const cells = twoModes(81, 3000, 1, 3.4);
    const cutAt = (shift: number) => {
      const { geometry } = placed('{ method: valley, marker: X, keep: above }', {
        a: { X: fromU(cells.map((u) => u + shift)) },
      });
      return edgesOf(geometry)[0] ?? Number.NaN;
    };
    const start = cutAt(0);
    for (const shift of [0.005, 0.01, 0.015, 0.02]) expect(Math.abs(cutAt(shift) - start - shift)).toBeLessThan(0.004);
  });
});

describe('a boundary gate', () => {
  it('drops what lies at the floor and at the end of the range, keeps what is inside, and says how much that is', () => {
    const values = [0, 0, 0, 1, 5000, 262142, 262142.9, 262143, 262143, 262144];
    const { geometry, flags } = placed('{ method: boundary, markers: [FSC-A] }', { a: { 'FSC-A': values } });
    if (geometry.kind !== 'rectangle') throw new Error(`found ${geometry.kind}`);
    const { min_raw: min, max_raw: max } = geometry.dims[0] ?? {};
    expect(values.filter((value) => value >= (min ?? 0) && value < (max ?? 0))).toEqual([1, 5000, 262142, 262142.9]);
    expect(flags).toEqual(['at_floor', 'saturated']);
  });

  it('leaves the negatives of a compensated channel where the template says so', () => {
    const gate = '{ method: boundary, markers: [X], lower: null }';
    const { geometry } = placed(gate, { a: { X: [-500, 0, 3, 262143] } });
    expect(geometry).toMatchObject({ kind: 'rectangle', dims: [{ min_raw: null, max_raw: 262143 }] });
  });
});

describe('a density contour', () => {
  // Two round populations; the larger is the neighbour, so that the seed decides.
  const X = [...normals(81, 4000, 2, 0.3), ...normals(82, 8000, 4, 0.3)];
  const Y = [...normals(83, 4000, 2, 0.3), ...normals(84, 8000, 4, 0.3)];

  function polygonAt(
    seed: string,
    tubes: Readonly<Record<string, MarkerValues>> = { a: { X: fromU(X), Y: fromU(Y) } },
  ) {
    const { geometry, flags } = placed(`{ method: contour, x: X, y: Y, seed: ${seed}, pool: tube }`, tubes);
    if (geometry.kind !== 'polygon') throw new Error(`found ${geometry.kind}: ${flags.join()}`);
    return { vertices: geometry.vertices, flags };
  }

  it('encloses the share asked for of the population at the seed, and none of its neighbour', () => {
    const { vertices, flags } = polygonAt('[2, 2]');
    // A round Gaussian holds 90 % within 2.146 sd; the blur of two bins widens it a little.
    const radii = vertices.map(([x, y]) => Math.hypot(x - 2, y - 2) / 0.3);
    expect(Math.min(...radii)).toBeGreaterThan(1.8);
    expect(Math.max(...radii)).toBeLessThan(2.7);
    expect(vertices.length).toBeLessThanOrEqual(40);
    expect(flags).toEqual([]);
  });

  it('says that the population stands far from where the template expects it', () => {
    expect(polygonAt('[3.5, 4.6]').flags).toEqual(['moved']);
  });

  it('ends at the saddle where two populations run into each other, and says so', () => {
    const near = {
      a: {
        X: fromU([...X.slice(0, 4000), ...X.slice(4000, 8000).map((x) => x - 0.8)]),
        Y: fromU(Y.slice(0, 4000).concat(Y.slice(0, 4000))),
      },
    };
    const { vertices, flags } = polygonAt('[2, 2]', near);
    expect(flags).toContain('basin_merge');
    expect(Math.max(...vertices.map(([x]) => x))).toBeLessThan(2.75);
  });
});

describe('two modes', () => {
  it('are cut alike by a valley and by a mixture', () => {
    const values = { a: { X: fromU(twoModes(91, 4000, 1, 4)) } };
    const [valley, mixture] = ['valley', 'mixture'].map(
      (method) => edgesOf(placed(`{ method: ${method}, marker: X, keep: above }`, values).geometry)[0] ?? Number.NaN,
    );
    expect(valley).toBeCloseTo(mixture ?? Number.NaN, 0);
  });
});
