import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Geometry, members, shiftedGeometry, type TubeBook, treeContext } from '../../src/gating/index.ts';
import { pageData, renderReviewPage } from '../../src/report/tools.ts';
import { readOverrides, sampleTube } from '../../src/review/index.ts';
import { logicleOf, memoryEvents } from '../gating/memoryEvents.ts';
import { fromU, normals } from '../placement/inMemory.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);

const axis = (marker: string) => ({ marker, channel: `${marker}-A`, frame: 'u' as const });
const corners: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 0.5],
  [3, 2.5],
  [1, 3],
];
const polygon: Geometry = {
  kind: 'polygon',
  dims: [axis('CD24'), axis('CD38')],
  vertices: corners,
  vertices_raw: corners.map(([x, y]) => [fromU([x])[0]!, fromU([y])[0]!]),
};
const ellipse: Geometry = {
  kind: 'ellipse',
  dims: [axis('CD24'), axis('CD38')],
  mean: [1.5, 1.6],
  covariance: [
    [0.3, 0.05],
    [0.05, 0.2],
  ],
  distance_square: 2,
};

test.skipIf(!hasBrowser).each([
  ['polygon', polygon],
  ['ellipse', ellipse],
] as const)('a %s is moved as a whole, and the page counts what the program counts', async (_, geometry) => {
  const events = memoryEvents({
    'CD24-A': fromU(normals(4, 2000, 1.4, 0.8)),
    'CD38-A': fromU(normals(5, 2000, 1.6, 0.8)),
  });
  const scales = ['CD24', 'CD38'].map(logicleOf);
  const gate = { population: 'Gate', parent: 'root', geometry, flags: [] };
  const tube: TubeBook = { sampleId: 'A', scales, gates: [gate] };
  const channels = { CD24: 'CD24-A', CD38: 'CD38-A' };
  const review = sampleTube(events, tube, { channels, targets: [], places: {} });
  const entry = {
    sample_id: 'A',
    geometry,
    landmarks: [],
    modes: [],
    rule: 'fixed',
    fallback: null,
    override: null,
    flags: [],
  };
  const book = {
    format: 'cytopair/placements/1' as const,
    template: { name: 'shapes', sha256: '' },
    scales,
    alignments: [],
    gates: [{ ...gate, method: geometry.kind, parameters: {}, pool: null, align: null, tubes: [entry] }],
  };
  const tubes = [{ sampleId: 'A', code: 'T-aaaaaa', batch: '', subjectKey: '' }];
  const options = { top: 60, isSecond: false, fingerprint: geometry.kind };
  const { header, bytes } = pageData([{ book, tubes, reviews: new Map([['A', review]]) }], options);
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-outline-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const file = join(folder, 'review.html');
    writeFileSync(file, renderReviewPage(header, deflateRawSync(bytes).toString('base64')));
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('body[data-ready]');
    await page.fill('#author', 'AB');
    await page.click('#sheet .tile >> nth=0');
    await page.focus('#plot');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowUp');
    await page.click('#reasons button >> nth=0');
    await page.click('#record');
    const patches = readOverrides(await page.inputValue('#overrides')).value!.map(({ patch }) => patch);
    expect(patches).toMatchObject([
      { axis: 'CD24', by: 0.3, scope: 'tube' },
      { axis: 'CD38', by: 0.02 },
    ]);
    const moved = patches.reduce<Geometry>((at, patch) => {
      return patch.action === 'shift' ? shiftedGeometry(at, patch, scales)! : at;
    }, geometry);
    const context = treeContext(events, tube);
    const counted = [geometry, moved].map((place) => members(place, context, 'all')!.length);
    const shown = (moves: object) => page.evaluate(`window.review.count(0, ${JSON.stringify(moves)}).count`);
    expect(await shown({})).toBe(counted[0]);
    // An outline is drawn in steps of 0.005 u: a few of 2,000 events lie within one of its edge.
    expect(Math.abs(((await shown({ CD24: 15, CD38: 1 })) as number) - counted[1]!)).toBeLessThanOrEqual(8);
    expect(counted[1]).not.toBe(counted[0]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
