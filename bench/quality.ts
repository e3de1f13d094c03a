import { parseArgs } from 'node:util';
import { placementRegistry } from '../src/placement/index.ts';
import { readTemplateFile } from '../src/study/index.ts';
import { bridgedBatches } from './qualityBridges.ts';
import { landmarkErrors } from './qualityLandmarks.ts';
import { secondOpinions } from './qualityOpinion.ts';
import { exchangedLabels } from './qualitySwaps.ts';

// Prints the measured tables of docs/quality.md: error of a landmark, bridged batches, exchanged labels, second opinion.

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '3001' }, cohorts: { type: 'string', default: '5' } },
});
const reading = readTemplateFile('shipped:b-regulatory', placementRegistry);
if (!reading.value) throw new Error('the shipped template cannot be read');
const { template } = reading.value;
const seeds = Array.from({ length: Number(values.cohorts) }, (_, i) => Number(values.seed) + i);
for (const measure of [landmarkErrors, bridgedBatches, exchangedLabels, secondOpinions])
  process.stdout.write(`${measure(template, seeds)}\n`);
