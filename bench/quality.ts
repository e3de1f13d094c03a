import { parseArgs } from 'node:util';
import { placementRegistry } from '../src/placement/index.ts';
import { readTemplateFile } from '../src/study/index.ts';
import type { Template } from '../src/template/index.ts';
import { bridgedBatches } from './qualityBridges.ts';
import { splitsAndDraws } from './qualityDraws.ts';
import { landmarkErrors } from './qualityLandmarks.ts';
import { secondOpinions } from './qualityOpinion.ts';
import { ownCutErrors } from './qualityOwnCuts.ts';
import { exchangedLabels } from './qualitySwaps.ts';
import { unstableStretches } from './qualityTime.ts';

// Prints the measured tables of docs/quality.md, in the order of the page; with --only those of some names.

const measures: Readonly<Record<string, (template: Template, seeds: readonly number[]) => string>> = {
  draws: splitsAndDraws,
  'own-cuts': ownCutErrors,
  landmarks: landmarkErrors,
  time: unstableStretches,
  bridges: bridgedBatches,
  swaps: exchangedLabels,
  opinion: secondOpinions,
};

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '3001' },
    cohorts: { type: 'string', default: '5' },
    only: { type: 'string', default: Object.keys(measures).join() },
  },
});
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !Object.hasOwn(measures, name));
const reading = readTemplateFile('shipped:b-regulatory', placementRegistry);
if (unknown.length > 0) {
  process.stderr.write(`no measure "${unknown.join()}": there are ${Object.keys(measures).join(', ')}\n`);
  process.exitCode = 2;
} else if (reading.value) print(reading.value.template);
else throw new Error('the shipped template cannot be read');

function print(template: Template): void {
  const seeds = Array.from({ length: Number(values.cohorts) }, (_, i) => Number(values.seed) + i);
  for (const [name, measure] of Object.entries(measures)) {
    if (wanted.includes(name)) process.stdout.write(`${measure(template, seeds)}\n`);
  }
}
