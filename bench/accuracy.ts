import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { placementRegistry } from '../src/placement/index.ts';
import { printProblem } from '../src/problems/index.ts';
import { readTemplateFile } from '../src/study/index.ts';
import type { Template } from '../src/template/index.ts';
import { accuracyPage } from './accuracyPage.ts';
import { bcellTube } from './bcellTube.ts';
import { realTubes } from './realTubes.ts';
import { openRecords } from './records.ts';
import { fullSize, plannedRuns } from './runs.ts';
import { score } from './score.ts';
import { steadyTable } from './steadyTable.ts';

// Gates synthetic cohorts with the shipped template, holds them against their drawn truth, and writes docs/accuracy.md.
// What was done before is kept: stopped and called again, it goes on.

const usage = `npm run accuracy -- [--only real|steady] [--match TEXT] [--limit N] [--out FILE]
  --only   real or steady: print that table of real tubes alone, and write nothing
  --match  only runs whose name holds this text
  --limit  stop after so many new runs
  --out    page to write (default docs/accuracy.md; "-": only print)
  CYTOPAIR_TRUTH=DIR  folder of real data, for the real tubes`;

const root = join(import.meta.dirname, '..', '..');

function main(args: readonly string[]): number {
  const text = { type: 'string' } as const;
  let values: { only?: string; match?: string; limit?: string; out?: string };
  try {
    values = parseArgs({ args: [...args], options: { only: text, match: text, limit: text, out: text } }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const truthRoot = process.env.CYTOPAIR_TRUTH;
  if (values.only === 'real') {
    process.stdout.write(realTubes(shippedTemplate, truthRoot));
    return 0;
  }
  if (values.only === 'steady') {
    process.stdout.write(steadyTable(shippedTemplate('b-regulatory'), truthRoot));
    return 0;
  }
  if (values.only !== undefined) {
    process.stderr.write(`"${values.only}" is no table of its own\n${usage}\n`);
    return 2;
  }
  const template = shippedTemplate('b-regulatory');
  const sources = ['placement', 'gating', 'scale', 'compensation', 'template'].map((room) =>
    join(root, 'dist', 'src', room),
  );
  const store = openRecords(join(root, 'samples', 'out', 'accuracy'), [
    ...sources,
    join(root, 'dist', 'samples'),
    join(root, 'gating-templates'),
  ]);
  const runs = plannedRuns(fullSize).filter(({ id }) => id.includes(values.match ?? ''));
  let left = Number(values.limit ?? Number.POSITIVE_INFINITY);
  for (const [i, run] of runs.entries()) {
    if (left <= 0) break;
    if (store.find(run.id)) continue;
    const started = performance.now();
    store.keep(score(run, template));
    left -= 1;
    process.stderr.write(`${i + 1}/${runs.length} ${run.id}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  }
  const labelled = realTubes(shippedTemplate, truthRoot);
  const page = accuracyPage(store.find, fullSize, bcellTube(template, truthRoot), [
    labelled,
    steadyTable(template, truthRoot),
  ]);
  process.stdout.write(page);
  if (values.out === '-') return 0;
  const out = values.out ?? join(root, 'docs', 'accuracy.md');
  mkdirSync(join(out, '..'), { recursive: true });
  writeFileSync(out, page);
  return 0;
}

function shippedTemplate(name: string): Template {
  const reading = readTemplateFile(`shipped:${name}`, placementRegistry);
  if (!reading.value) throw new Error(reading.problems.map(printProblem).join('\n'));
  return reading.value.template;
}

process.exitCode = main(process.argv.slice(2));
