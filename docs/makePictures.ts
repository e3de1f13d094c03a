import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';

// Run as built code, from dist/docs, after `npm run demo`: takes the pictures of docs/report.md and of the README from its report.
const root = join(import.meta.dirname, '..', '..');
const report = pathToFileURL(join(root, 'cytopair-out', 'demo', 'report.html')).href;
const folder = join(root, 'docs', 'pictures');
const screen = { width: 1280, height: 900 } as const;

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });
  try {
    const page = await browser.newPage({ viewport: screen, colorScheme: 'light' });
    await page.goto(report);
    await page.screenshot({ path: join(root, 'docs', 'report.png') });
    await pictureOf(page, 'NK', 'sheet.png');
    await page.goto(`${report}#plot=${await gateNumber(page, 'NK')}.P02_M1`);
    await page.reload();
    await settled(page, 'document.querySelectorAll("dialog .large canvas[data-drawn]").length === 2');
    await page.screenshot({ path: join(folder, 'plot.png') });
    await page.goto(`${report}#tube=P02_M1`);
    await page.reload();
    await settled(page, 'document.querySelectorAll("dialog .tree canvas").length === 17');
    await page.selectOption('#cells-of', { label: 'CD24hiCD38hi' });
    // Its plots come as their pictures are decoded, and nothing says when the last has.
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, 'tube.png') });
  } finally {
    await browser.close();
  }
}

async function pictureOf(page: Page, population: string, file: string): Promise<void> {
  const fold = `#gate-${await gateNumber(page, population)}`;
  await page.evaluate(`document.querySelector("${fold}").open = true`);
  await page.evaluate(`document.querySelector("${fold}").scrollIntoView()`);
  await settled(page, `document.querySelectorAll("${fold} canvas[data-drawn]").length === 2`);
  await page.screenshot({ path: join(folder, file) });
}

async function gateNumber(page: Page, population: string): Promise<number> {
  const names = 'JSON.parse(document.getElementById("gate-data").textContent).gates.map((gate) => gate.name)';
  return Number(await page.evaluate(`${names}.indexOf("${population}")`));
}

/** The page forbids the evaluation of text within itself, so that the question is asked from outside. */
async function settled(page: Page, question: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await page.evaluate(question)) === true) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`it never held that ${question}`);
}

await main();
