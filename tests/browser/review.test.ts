import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import axe from 'axe-core';
import { parse } from 'csv-parse/sync';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesSource, readFcs } from '../../src/fcs/tools.ts';
import { readOverrides } from '../../src/review/index.ts';
import { countOf, NK, type ReviewTrial, shiftOf, withTrial, wrongTube } from './reviewStudy.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no browser at ${executablePath} (set CHROMIUM to its path)`);
const args = ['--no-sandbox', '--disable-gpu', '--disable-sync', '--no-first-run', '--disable-background-networking'];

interface Item {
  readonly tube: number;
  readonly gate: number;
  readonly factor: number;
  readonly edges: readonly { readonly handle: string; readonly at: number; readonly markers: readonly string[] }[];
}
interface Header {
  readonly tubes: readonly { readonly code: string }[];
  readonly gates: readonly {
    readonly population: string;
    readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  }[];
  readonly items: readonly Item[];
}

describe.skipIf(!hasBrowser)('a review of 43 tubes with one cut in a wrong place', () => {
  let folder = '';
  let browser: Browser;
  let trial: ReviewTrial;
  let header: Header;
  let end: () => void = () => {};
  let whole: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cytopair-review-'));
    browser = await chromium.launch({ executablePath, args });
    await new Promise<void>((ready, failed) => {
      whole = withTrial(folder, 5000, (made) => {
        trial = made;
        ready();
        return new Promise<void>((done) => {
          end = done;
        });
      });
      whole.catch(failed);
    });
    writeFileSync(join(folder, 'review.html'), trial.html);
    header = JSON.parse(/<script type="application\/json" id="header">(.*?)<\/script>/s.exec(trial.html)![1]!);
  });
  afterAll(async () => {
    end();
    await whole;
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const populationOf = (item: Item) => header.gates[item.gate]!.population;
  const wrongItem = () =>
    header.items.findIndex(
      (item) => header.tubes[item.tube]!.code === trial.codes.get(wrongTube) && populationOf(item) === NK,
    );

  async function open(seen: string[] = [], viewport = { width: 1400, height: 1000 }, hasTouch = false): Promise<Page> {
    const context = await browser.newContext({ viewport, hasTouch });
    const page = await context.newPage();
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) seen.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, 'review.html')).href);
    await page.waitForSelector('body[data-ready]');
    return page;
  }

  async function openWrongTube(page: Page): Promise<void> {
    await page.fill('#author', 'AB');
    await page.click(`#sheet .tile >> nth=${wrongItem()}`);
    await page.selectOption('#scope', 'tube');
    await page.click('#handles .handle:has-text("CD56 min")');
    await page.click('#reasons button:has-text("valley missed")');
  }

  /** Where the edge of CD56 is on the screen, and how many pixels a u is. */
  async function edge(page: Page): Promise<{ x: number; y: number; perU: number; isX: boolean }> {
    const item = header.items[wrongItem()]!;
    const cut = item.edges.find(({ handle }) => handle === 'CD56 min')!;
    const box = (await page.locator('#plot').boundingBox())!;
    const isX = (await page.textContent('#x-axis .marker')) === 'CD56';
    const [from, to] = header.gates[item.gate]!.ranges.CD56!;
    const [side, perU] = [box.width, box.width / (to - from)];
    const along = (cut.at - from) * perU;
    return isX
      ? { x: box.x + along, y: box.y + side / 3, perU, isX }
      : { x: box.x + side / 3, y: box.y + side - along, perU, isX };
  }

  async function recorded(page: Page): Promise<string> {
    await page.click('#record');
    expect(await page.textContent('#status')).toContain('move recorded');
    return page.inputValue('#overrides');
  }

  test('it ranks in the first three of the queue', () => {
    expect(wrongItem()).toBeGreaterThanOrEqual(0);
    expect(wrongItem()).toBeLessThan(3);
    expect(header.items.length).toBeGreaterThan(700);
  });

  test('mouse, finger and keys give the same patch; it brings the true count back within 2 %, and moves nothing else', async () => {
    const mouse = await open();
    await openWrongTube(mouse);
    const at = await edge(mouse);
    const to = at.isX ? { x: at.x - 1.6 * at.perU, y: at.y } : { x: at.x, y: at.y + 1.6 * at.perU };
    await mouse.mouse.move(at.x, at.y);
    await mouse.mouse.down();
    await mouse.mouse.move((at.x + to.x) / 2, (at.y + to.y) / 2, { steps: 5 });
    await mouse.mouse.move(to.x, to.y, { steps: 5 });
    await mouse.mouse.up();
    const byMouse = await recorded(mouse);

    const finger = await open([], undefined, true);
    await openWrongTube(finger);
    const session = await finger.context().newCDPSession(finger);
    await touch(session, 'touchStart', at);
    for (const share of [0.3, 0.6, 0.9, 1]) {
      await touch(session, 'touchMove', { x: at.x + share * (to.x - at.x), y: at.y + share * (to.y - at.y) });
    }
    await touch(session, 'touchEnd');
    const byFinger = await recorded(finger);

    const keys = await open();
    await openWrongTube(keys);
    await keys.focus('#plot');
    for (let i = 0; i < 16; i++) await keys.keyboard.press(`Shift+${at.isX ? 'ArrowLeft' : 'ArrowDown'}`);
    const byKeys = await recorded(keys);

    expect(byKeys).toContain('by: -1.6\n');
    expect(byMouse).toBe(byKeys);
    expect(byFinger).toBe(byKeys);
    const patches = readOverrides(byKeys).value!.map(({ patch }) => patch);
    expect(patches).toMatchObject([{ population: NK, axis: 'CD56 min', by: -1.6, scope: 'tube', author: 'AB' }]);
    const repaired = await trial.counted(patches);
    const truth = trial.truth.get(`${wrongTube} ${NK}`)!;
    expect(countOf(trial.wrong, wrongTube, NK)!).toBeLessThan(0.9 * truth);
    expect(Math.abs(countOf(repaired, wrongTube, NK)! - truth) / truth).toBeLessThan(0.02);
    for (const { tube, counts } of repaired.tubes) {
      for (const { population, count } of counts!.populations) {
        expect(count, `${tube.sampleId} ${population}`).toBe(countOf(trial.sound, tube.sampleId, population));
      }
    }
  });

  test('counts of the page are those of the program, exactly where the whole parent is shown, moved or not', async () => {
    const page = await open();
    const moved = header.items.flatMap((item, i) => (i % 9 === 0 && item.edges.length > 0 ? [{ i, item }] : []));
    const steps = (i: number) => (i % 21) - 10 || 3;
    const ids = new Map([...trial.codes].map(([id, code]) => [code, id]));
    const idOf = (item: Item) => ids.get(header.tubes[item.tube]!.code)!;
    // One patch for a tube at a time, so that no parent moves under another gate.
    const one = [...new Map(moved.map((each) => [each.item.tube, each])).values()];
    const patches = one.map(({ i, item }) =>
      shiftOf(trial.wrong, idOf(item), populationOf(item), item.edges[0]!.handle, Math.round(steps(i) * 2) / 100),
    );
    const after = await trial.counted(patches);
    const onPage = (i: number, moves: object): Promise<{ count: number; error: number; exact: boolean }> =>
      page.evaluate(`window.review.count(${i}, ${JSON.stringify(moves)})`);
    let exact = 0;
    for (const { i, item } of one) {
      for (const [walked, moves] of [
        [trial.wrong, {}],
        [after, { [item.edges[0]!.handle]: steps(i) }],
      ] as const) {
        const shown = await onPage(i, moves);
        const counted = countOf(walked, idOf(item), populationOf(item))!;
        if (shown.exact) expect(shown.count, `${populationOf(item)} ${JSON.stringify(moves)}`).toBe(counted);
        else expect(Math.abs(shown.count - counted)).toBeLessThanOrEqual(2.5 * shown.error + 3);
        if (shown.exact) exact += 1;
      }
    }
    const all = await page.evaluate('window.review.header.items.map((item, i) => window.review.count(i, {}))');
    for (const [i, shown] of (all as { count: number; exact: boolean }[]).entries()) {
      const item = header.items[i]!;
      if (!shown.exact) continue;
      exact += 1;
      expect(shown.count, populationOf(item)).toBe(countOf(trial.wrong, idOf(item), populationOf(item)));
    }
    expect(exact).toBeGreaterThan(300);
  });

  test('nothing of the sheet and of the files’ keywords is in the page, in its decoded data neither', () => {
    const packed = /id="events">([^<]*)</.exec(trial.html)![1]!;
    const decoded = inflateRawSync(Buffer.from(packed, 'base64')).toString('latin1');
    expect(decoded.length).toBeGreaterThan(1_000_000);
    const rows: Record<string, string>[] = parse(readFileSync(join(trial.study, 'sheet.csv'), 'utf8'), {
      columns: true,
    });
    const cells = rows.flatMap((row) => Object.values(row));
    const names = readdirSync(join(trial.study, 'fcs'));
    const keywords = names.flatMap((name) => {
      const file = readFcs(bytesSource(name, readFileSync(join(trial.study, 'fcs', name)))).value;
      return file === undefined ? [] : [...file.keywords.values()];
    });
    // What the template itself says (markers) is no secret, and one or two characters are in any text.
    const markers = Object.keys((header as unknown as { markers: object }).markers);
    const secrets = [...new Set([...cells, ...names, ...keywords])].filter(
      (value) => value.trim().length > 2 && !markers.includes(value),
    );
    expect(secrets.length).toBeGreaterThan(150);
    const withoutEvents = trial.html.replace(/(id="events">)[^<]*/, '$1');
    const isIn = (text: string, value: string) =>
      /^[\d.]+$/.test(value)
        ? new RegExp(`(?<![\\w.])${value.replaceAll('.', '\\.')}(?![\\w.])`).test(text)
        : text.includes(value);
    expect(secrets.filter((value) => isIn(withoutEvents, value))).toEqual([]);
    expect(secrets.filter((value) => value.length > 4 && decoded.includes(value))).toEqual([]);
  });

  test('shares stay hidden until a gate is decided; a change needs initials and a reason; everything can be taken back', async () => {
    const page = await open();
    await page.click('#sheet .tile >> nth=5');
    expect(await page.textContent('#live')).not.toContain('%');
    await page.keyboard.press('a');
    expect(await page.textContent('#status')).toContain('initials');
    await page.fill('#author', 'CD');
    await page.focus('#plot');
    await page.keyboard.press('a');
    expect(await page.inputValue('#overrides')).toContain('action: "accept"');
    await page.keyboard.press('z');
    expect(await page.inputValue('#overrides')).toBe('[]\n');
    await page.click('#handles .step >> nth=1');
    await page.click('#record');
    expect(await page.textContent('#status')).toContain('a reason is needed');
    await page.fill('#other', 'by eye');
    await page.click('#record');
    expect(await page.textContent('#live')).toContain('%');
    const [patch] = readOverrides(await page.inputValue('#overrides')).value!;
    expect(patch!.patch).toMatchObject({ action: 'shift', by: 0.02, scope: 'subject', author: 'CD', reason: 'by eye' });
    const download = page.waitForEvent('download');
    await page.click('#save-overrides');
    expect(readFileSync(await (await download).path(), 'utf8')).toBe(await page.inputValue('#overrides'));
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    expect(await page.inputValue('#overrides')).toContain('by eye');
  });

  test.each([
    [1400, 1000],
    [390, 800],
  ])('at %i px: no errors, no requests, no axe violations, no sideways scrolling', async (width, height) => {
    const seen: string[] = [];
    const page = await open(seen, { width, height });
    const found: unknown[] = [];
    for (const view of ['sheet', 'tube']) {
      if (view === 'tube') await page.click('#sheet .tile >> nth=0');
      // The page forbids the evaluation of text; axe is put in from outside.
      await page.evaluate(axe.source);
      found.push(await page.evaluate('axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))'));
    }
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect({ seen, found, wide }).toEqual({ seen: [], found: [[], []], wide: width });
  });
});

async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  at?: { x: number; y: number },
) {
  await session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x: at.x, y: at.y }] });
}
