import { parseArgs } from 'node:util';
import type { CohortDesign } from '../samples/cohort.ts';
import { planCohort, plannedVisits } from '../samples/cohort.ts';
import { type Mode, modes } from '../samples/composition.ts';
import { placementRegistry } from '../src/placement/index.ts';
import { printProblem } from '../src/problems/index.ts';
import { readTemplateFile } from '../src/study/index.ts';
import type { Template } from '../src/template/index.ts';
import { figuresOf } from './figures.ts';
import { type GatedTube, gateCohort } from './gatedCohort.ts';

// Gates synthetic cohorts with the shipped template and prints how far every population is from its truth.

const usage = 'npm run accuracy -- [--mode islands,hard,ridge,lupus] [--seeds 911,912] [--events 30000] [--no-effect]';

function main(args: readonly string[]): number {
  const text = { type: 'string' } as const;
  const options = { mode: text, seeds: text, events: text, 'no-effect': { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const wanted = (values.mode ?? 'islands').split(',').map((name) => modes.find((mode) => mode === name));
  const seeds = (values.seeds ?? '911').split(',').map(Number);
  const eventCount = Number(values.events ?? 30_000);
  if (wanted.includes(undefined) || !seeds.every(Number.isInteger) || !Number.isInteger(eventCount)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const effect = values['no-effect'] ? { transitional: 1, memoryReg: 1 } : { transitional: 2.2, memoryReg: 1.8 };
  const template = shippedTemplate('b-regulatory');
  let isWithin = true;
  for (const mode of wanted) {
    if (!mode) continue;
    for (const seed of seeds) isWithin = printCohort(design(mode, seed, eventCount, effect), template) && isWithin;
  }
  return isWithin ? 0 : 1;
}

function design(mode: Mode, seed: number, eventCount: number, effect: CohortDesign['effect']): CohortDesign {
  return { mode, seed, eventCount, visits: plannedVisits.map(({ id }) => id), effect, shift: {} };
}

function shippedTemplate(name: string): Template {
  const reading = readTemplateFile(`shipped:${name}`, placementRegistry);
  if (!reading.value) throw new Error(reading.problems.map(printProblem).join('\n'));
  return reading.value.template;
}

/** The bar of the islands mode: every population of every tube within 10 % or 3 Poisson standard deviations. */
function isNear({ count, trueCount }: GatedTube): boolean {
  return Math.abs(count - trueCount) <= Math.max(0.1 * trueCount, 3 * Math.sqrt(trueCount));
}

function printCohort(cohort: CohortDesign, template: Template): boolean {
  const { by } = gateCohort(planCohort(cohort), { template, placings: ['recipe'] });
  const { mode, seed, eventCount, effect } = cohort;
  const fold = `transitional x ${effect.transitional}, memory-regulatory x ${effect.memoryReg} at M1`;
  process.stdout.write(`\n${mode}, seed ${seed}, ${eventCount} events a tube, ${fold}\n`);
  const head = ['population', 'tubes', 'near', 'worst', 'median', 'F1', 'r', 'fold', 'true', 'ratio'];
  process.stdout.write(`${row(head)}\n`);
  let isWithin = true;
  for (const [path, tubes] of by.recipe ?? []) {
    const near = tubes.filter(isNear).length;
    if (near < tubes.length) isWithin = false;
    process.stdout.write(
      `${row([path.split('/').at(-1) ?? path, String(tubes.length), String(near), ...figures(tubes)])}\n`,
    );
  }
  return isWithin || mode !== 'islands';
}

/** Worst and median relative error, F1 over all events, r of log shares of B, fold shown and true at M1 and their ratio. */
function figures(tubes: readonly GatedTube[]): string[] {
  const errors = tubes.map(({ count, trueCount }) => (trueCount === 0 ? 0 : count / trueCount - 1));
  const worst = errors.reduce((most, error) => (Math.abs(error) > Math.abs(most) ? error : most), 0);
  const median = [...errors].sort((a, b) => a - b)[Math.floor(errors.length / 2)] ?? 0;
  const { f1, r, shownFold, trueFold } = figuresOf(tubes);
  const ratio = (shownFold / trueFold).toFixed(3);
  return [
    percent(worst),
    percent(median),
    f1.toFixed(4),
    r.toFixed(3),
    shownFold.toFixed(2),
    trueFold.toFixed(2),
    ratio,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(9))).join('');
}

process.exitCode = main(process.argv.slice(2));
