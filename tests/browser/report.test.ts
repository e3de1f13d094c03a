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

  async function open(name: string, width: number, colorScheme: 'light' | 'dark', seen: string[]): Promise<Page> {
    if (!browser) throw new Error('the browser did not start');
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) seen.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
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

  test('tubes are found by name and by flags, and all folds open and close at once', async () => {
    const page = await open('run', 1280, 'light', []);
    const shown = 'document.querySelectorAll("figure.tube:not([hidden])").length';
    const all = await page.evaluate(shown);
    await page.fill('#find', 'p02_bl');
    expect(await page.evaluate(shown)).toBe(8);
    await page.fill('#find', '');
    await page.check('#flagged');
    expect(Number(await page.evaluate(shown))).toBeLessThan(Number(all));
    await page.uncheck('#flagged');
    expect(await page.evaluate(shown)).toBe(all);
    const open_ = 'document.querySelectorAll("#gates details[open]").length';
    await page.click('button[data-fold=open]');
    expect(await page.evaluate(open_)).toBe(8);
    await page.click('button[data-fold=close]');
    expect(await page.evaluate(open_)).toBe(0);
    await page.close();
  });
});
