import { describe, expect, test } from 'vitest';
import { hasTruth } from '../truth.ts';
import { comparedCounts, readWorkspace } from './workspaces.ts';

describe.skipIf(!hasTruth)('FlowJo 10 workspaces by FlowJo’s rules', () => {
  test('spleen: all 15 stored counts, where exact geometry has 6 of them', () => {
    const found = comparedCounts('spleen/gating.wsp', 'spleen/68983.fcs');
    expect(found.map(({ path, flowjo }) => [path, flowjo])).toEqual(found.map(({ path, stored }) => [path, stored]));
    expect(found.length).toBe(15);
    expect(found.filter(({ stored, exact }) => stored === exact).length).toBe(6);
  });

  test.each([
    ['quadrants', 'simple_diamond_example_quad_gate.wsp', [49671, 50596, 50330, 49403]],
    ['a rectangle on an asinh axis', 'test_data_diamond_asinh_rect.wsp', [50559]],
    ['a rectangle on a biex axis', 'test_data_diamond_biex_rect.wsp', [50605]],
  ])('diamond: %s, exactly', (_what, workspace, counts) => {
    const found = comparedCounts(`simple_diamond/${workspace}`, 'simple_diamond/test_data_diamond_01.fcs');
    expect(found.map(({ flowjo }) => flowjo)).toEqual(counts);
    expect(found.map(({ exact }) => exact)).toEqual(counts);
  });

  test('line: an ellipse whose written distance is left from an earlier form', () => {
    const [ellipse] = comparedCounts(
      'simple_line/single_ellipse_51_events.wsp',
      'simple_line/data_set_simple_line_100.fcs',
    );
    expect(ellipse).toMatchObject({ stored: 51, flowjo: 51 });
  });

  test('line: what FlowJo never counted has no stored count', () => {
    const found = comparedCounts('simple_line/simple_poly_and_rect.wsp', 'simple_line/data_set_simple_line_100.fcs');
    expect(found.map(({ stored, flowjo }) => [stored, flowjo])).toEqual([
      [null, 0],
      [null, 0],
    ]);
  });

  test('8 colours: the tree, stored counts, matrix and groups of three samples, and their Booleans', () => {
    const { gating, problems } = readWorkspace('import_only/8_color_ICS_boolean_gate_testing.wsp.gz');
    expect(problems).toEqual([]);
    expect(
      gating.samples.map(({ populations, matrices, groups }) => [populations.length, matrices.length, groups]),
    ).toEqual(Array.from({ length: 3 }, () => [20, 1, ['All Samples', 'DEN']]));
    const [sample] = gating.samples;
    const counts = new Map(sample!.populations.map(({ name, storedCount }) => [name, storedCount]));
    expect([counts.get('CD107a+ or IFNg+'), counts.get('IL2+-'), counts.get('CD107a+ & IFNg+')]).toEqual([
      663, 81918, 6,
    ]);
  });
});

const tubes = ['931115-B02- Sample 01.fcs', '931115-B07- Sample 01.fcs', '931115-C02- Sample 02.fcs'];

describe.skipIf(!hasTruth)('workspaces of older versions', () => {
  test.each(tubes)('FlowJo 7.6.5, %s: rectangles and their Booleans exactly, polygons to 3 events', (tube) => {
    const found = comparedCounts('bitpacked/advanced-v7.6.5.wsp.gz', `bitpacked/${tube}`);
    const straight = found.filter(({ kind, path }) => kind !== 'ellipsoid' && !path.includes('ellipse'));
    const off = (kinds: readonly string[]) =>
      straight
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ stored, flowjo }) => Math.abs((stored ?? 0) - (flowjo ?? -1e9)));
    expect(Math.max(0, ...off(['rectangle', 'boolean']))).toBe(0);
    expect(Math.max(...off(['polygon']))).toBeLessThanOrEqual(3);
    expect(straight.length).toBeGreaterThanOrEqual(6);
  });

  test.each(tubes)('FlowJo 7.2.5, %s: polygons exactly too', (tube) => {
    const found = comparedCounts('bitpacked/advanced-v7.2.5.wsp.gz', `bitpacked/${tube}`);
    const straight = found.filter(({ kind, path }) => kind !== 'ellipsoid' && !path.includes('ellipse'));
    expect(straight.map(({ path, flowjo }) => [path, flowjo])).toEqual(
      straight.map(({ path, stored }) => [path, stored]),
    );
  });

  test('FlowJo 9 for Mac: rectangles, brackets, and "&" and "|" from left to right', () => {
    for (const workspace of ['mac/subset-parsing.xml.gz', 'mac/boolean-sub-populations.xml.gz']) {
      const found = comparedCounts(workspace, 'micro/118795.fcs');
      expect(found.map(({ path, flowjo }) => [path, flowjo])).toEqual(found.map(({ path, stored }) => [path, stored]));
    }
  });

  test('FlowJo 8.7 for Mac: a gate drawn to the chart’s edge takes what is off the scale', () => {
    const found = comparedCounts('micro/microFCS.xml.gz', 'micro/118795.fcs');
    const cd3 = found.find(({ path }) => path === 'S/Lv/L/3+');
    expect(cd3).toMatchObject({ stored: 1739, flowjo: 1741, exact: 1604 });
  });

  test('the same analysis saved by four versions is the same tree; as made anew on a Mac it differs in names', () => {
    const trees = ['7.2.5.wsp', '7.6.5.wsp', '10.0.7.wsp', '10.8.wsp'].map((version) => treeOf(version));
    for (const tree of trees) expect(tree).toEqual(trees[0]);
    const mac = treeOf('8.5.3.xml');
    expect([...mac.keys()]).toEqual([...trees[0]!.keys()]);
    // Mac: "T Cells", quadrants named otherwise, and 4 populations fewer.
    const same = [...mac].flatMap(([name, paths]) => paths.filter((path) => trees[0]!.get(name)?.includes(path)));
    expect(same.length).toBe(132);
  });

  test('the same file twice is two samples', () => {
    const { gating } = readWorkspace('mac/duplicate-samples.xml.gz');
    expect(gating.samples.map(({ name, eventCount }) => [name, eventCount])).toEqual([
      ['118795.fcs', 1000],
      ['118795.fcs', 10000],
    ]);
  });
});

/** Names of every population with those above it, by sample, each list in order. */
function treeOf(version: string): ReadonlyMap<string, readonly string[]> {
  const { gating } = readWorkspace(`bitpacked/advanced-v${version}.gz`);
  const samples = [...gating.samples].sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(
    samples.map(({ name, populations }) => {
      const paths = new Map<string, string>();
      for (const one of populations) {
        paths.set(one.id, one.parent === null ? one.name : `${paths.get(one.parent)}/${one.name}`);
      }
      return [name, [...paths.values()].sort()];
    }),
  );
}
