import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/tools.ts';
import { analyzeInput, gateInput, sampleInput } from '../report/sampleInput.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no browser at ${executablePath} (set CHROMIUM to its path)`);

const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
const args = ['--no-sandbox', '--disable-gpu', '--disable-sync', ...quiet];
const pages = { run: sampleInput({ subjects: 3, visits: 4 }), gate: gateInput(), analyze: analyzeInput() } as const;

/** Waits until it holds; the page forbids the evaluation of text, so that the question is asked from outside. */
async function until(page: Page, question: string): Promise<void> {
  await expect.poll(() => page.evaluate(question), { timeout: 20_000 }).toBe(true);
}

describe.skipIf(!hasBrowser)('the report in a browser', () => {
  let folder = '';
  let browser: Browser | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cytopair-report-'));
    for (const [name, input] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), renderReport(input));
    browser = await chromium.launch({ executablePath, args });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    name: string,
    width: number,
    colorScheme: 'light' | 'dark',
    seen: string[],
    address = '',
  ): Promise<Page> {
    if (!browser) throw new Error('the browser did not start');
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) seen.push(request.url());
    });
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`)).href}${address}`);
    return page;
  }

  const looks = [
    ['run', 390, 'light'],
    ['run', 1280, 'dark'],
    ['gate', 390, 'dark'],
    ['analyze', 1280, 'light'],
  ] as const;

  test.each(looks)(
    '%s at %i px, %s: no errors, no requests, no axe violations, no sideways scrolling',
    async (name, width, scheme) => {
      const seen: string[] = [];
      const page = await open(name, width, scheme, seen);
      await page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })");
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      await page.evaluate(axe.source);
      const found = await page.evaluate('axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))');
      const shot = join(folder, `${name}-${width}.png`);
      await page.screenshot({ path: shot });
      expect(readFileSync(shot).length).toBeGreaterThan(1000);
      expect({ seen, found, wide }).toEqual({ seen: [], found: [], wide: width });
      await page.close();
    },
  );

  async function opened(address: string, width = 1280): Promise<{ page: Page; seen: string[] }> {
    const seen: string[] = [];
    const page = await open('run', width, 'light', seen, address);
    return { page, seen };
  }

  test('what was asked, the answers, both primary figures and what to look at stand within 1280 × 900', async () => {
    const { page } = await opened('');
    const low = await page.evaluate('document.querySelector("header nav").getBoundingClientRect().bottom');
    expect(low).toBeLessThanOrEqual(900);
    expect(await page.evaluate('document.querySelectorAll("header svg.fig").length')).toBe(4);
    await page.close();
  });

  test('choices of patient, visit and flag decide which plots are drawn, and stand in the address', async () => {
    const { page, seen } = await opened('');
    await page.selectOption('#by-subject', 'P02');
    await page.selectOption('#by-visit', 'BL');
    await until(page, 'document.getElementById("found").textContent.startsWith("8 of")');
    expect(await page.evaluate('location.hash')).toBe('#gates?subject=P02&visit=BL');
    await page.close();
    const again = await opened('#gates?subject=P02&visit=BL');
    await until(again.page, 'document.getElementById("found").textContent.startsWith("8 of")');
    await until(again.page, 'document.querySelector(".sheet canvas")?.dataset.drawn === "1"');
    expect(await again.page.evaluate('document.getElementById("by-subject").value')).toBe('P02');
    expect([...seen, ...again.seen]).toEqual([]);
    await again.page.close();
  });

  test('a sheet draws one plot a tube; a click opens it at 480 pixels or more, with its parents', async () => {
    const { page, seen } = await opened('#gate-4');
    await until(page, 'Number(document.querySelector("#gate-4 canvas")?.dataset.drawn) === 11');
    await page
      .locator('#gate-4 canvas')
      .first()
      .click({ position: { x: 60, y: 60 } });
    await until(page, 'document.querySelector("dialog[open] .large canvas")?.dataset.drawn === "1"');
    expect(await page.evaluate('document.querySelector("dialog .large canvas").clientWidth')).toBeGreaterThanOrEqual(
      480,
    );
    expect(await page.textContent('dialog .chain')).toContain('Singlets');
    expect(await page.evaluate('location.hash')).toMatch(/^#gates\?plot=4\.P0/);
    await page.keyboard.press('ArrowRight');
    await page.evaluate(axe.source);
    expect(await page.evaluate('axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))')).toEqual([]);
    expect(seen).toEqual([]);
    await page.close();
  });

  test('the page of a tube: cells found again in the gates above, rate and light over time, the spillover', async () => {
    const { page, seen } = await opened('#tube=P02_M1');
    await until(page, 'document.querySelectorAll("dialog .tree canvas").length === 8');
    expect(await page.textContent('dialog')).not.toContain('The file keeps no time');
    expect(await page.getAttribute('dialog .trace canvas', 'aria-label')).toBe(
      'Events in 48 stretches of Time, 1 of them empty; light moved by at most 0.62 u',
    );
    const map = await page.evaluate(
      '[...document.querySelectorAll("dialog .map td:not(.own)")].map((cell) => cell.textContent)',
    );
    expect(map).toEqual(['', '12.3', '', '2', '30', '', '']);
    const inked = 'document.querySelector("dialog .tree canvas").toDataURL().length';
    await page.waitForTimeout(300);
    const before = await page.evaluate(inked);
    await page.selectOption('#cells-of', { label: 'CD24hiCD38hi' });
    expect(await page.textContent('dialog label .minor')).toContain('40 cells of CD24hiCD38hi');
    await until(page, `${inked} !== ${before}`);
    await page.evaluate(axe.source);
    expect(await page.evaluate('axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))')).toEqual([]);
    expect(seen).toEqual([]);
    await page.close();
    const without = await opened('#tube=P02_BL');
    expect(await without.page.textContent('dialog')).toContain('The file keeps no time');
    await without.page.close();
  });

  test('a link to a tube opens all its gates; a link to a plot opens that plot', async () => {
    const { page } = await opened('#tube=P02_M1');
    expect(await page.textContent('dialog h2')).toBe('All gates of P02_M1');
    expect(await page.evaluate('document.querySelectorAll("dialog .tree figure").length')).toBe(8);
    await page.close();
    const other = await opened('#plot=4.P02_BL');
    expect(await other.page.textContent('dialog h2')).toBe('CD24hiCD38hi in P02_BL');
    await other.page.close();
  });

  test('a patient stands out in all figures at once: by pointer, by focus and by tap', async () => {
    const { page } = await opened('');
    const marked =
      'new Set([...document.querySelectorAll(".fig .who.on")].map((one) => one.dataset.s)).size + " of " + document.querySelectorAll(".fig .who.on").length';
    await page.focus('button[data-s="1"]');
    // Two figures an endpoint on the first screen, one a course below.
    expect(await page.evaluate(marked)).toBe('1 of 7');
    await page.keyboard.press('Escape');
    await page.evaluate('document.activeElement.blur()');
    await page.evaluate(
      'document.querySelector(".fig .who[data-s=\\"0\\"] .hit").dispatchEvent(new MouseEvent("click", { bubbles: true }))',
    );
    expect(await page.evaluate(marked)).toBe('1 of 7');
    expect(await page.evaluate('document.querySelector("button[data-s=\\"0\\"]").getAttribute("aria-pressed")')).toBe(
      'true',
    );
    await page.close();
  });

  test('a table sorts by a head and shows only the rows with a text', async () => {
    const { page } = await opened('');
    await page.evaluate('document.querySelectorAll("#tubes details").forEach((fold) => { fold.open = true })');
    const first = 'document.querySelector("#tubes details:last-of-type tbody tr:not([hidden]) th").textContent';
    await page.locator('#tubes details:last-of-type thead button').first().click();
    await page.locator('#tubes details:last-of-type thead button').first().click();
    expect(await page.evaluate(first)).toBe('P03_M6');
    await page.fill('#tubes .find input', 'P02 M1');
    expect(await page.evaluate(first)).toBe('P02_M1');
    await page.close();
  });

  test('a figure is saved as PNG of 600 dots an inch', async () => {
    const { page } = await opened('');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('button[data-save=png]').first().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^course-01-.*\.png$/);
    const png = readFileSync(await download.path());
    expect(png.readUInt32BE(16)).toBeGreaterThan(2000);
    await page.close();
  });

  test('eight patients over six visits print on 12 pages at most, with what is folded named', async () => {
    if (!browser) throw new Error('the browser did not start');
    writeFileSync(join(folder, 'whole.html'), renderReport(sampleInput()));
    const seen: string[] = [];
    const page = await open('whole', 1280, 'light', seen);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(12);
    expect(seen).toEqual([]);
    await page.close();
  });

  test('304 tubes: 12 MB at most, the first paint within a second, a choice within 150 ms of the page’s time', async () => {
    const html = renderReport(sampleInput({ subjects: 51, visits: 6 }));
    expect(html.length).toBeLessThanOrEqual(12e6);
    writeFileSync(join(folder, 'many.html'), html);
    const times: { paint: number; choice: number }[] = [];
    // The least of three: other work on the machine only ever adds.
    for (let i = 0; i < 3; i++) {
      const page = await open('many', 1280, 'light', []);
      await until(page, 'performance.getEntriesByName("first-contentful-paint").length === 1');
      const paint = Number(await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime'));
      await page.evaluate('document.getElementById("gates").scrollIntoView()');
      const choose =
        '(() => { const one = document.getElementById("by-visit"); one.value = "M1"; const from = performance.now(); one.dispatchEvent(new Event("change")); return performance.now() - from; })()';
      times.push({ paint, choice: Number(await page.evaluate(choose)) });
      await page.close();
    }
    expect(Math.min(...times.map(({ paint }) => paint))).toBeLessThanOrEqual(1000);
    expect(Math.min(...times.map(({ choice }) => choice))).toBeLessThanOrEqual(150);
  });
});
