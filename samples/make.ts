import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CohortDesign, planCohort, plannedVisits } from './cohort.ts';
import { modes } from './composition.ts';
import { holdsCohort, writeCohort } from './writeCohort.ts';

// Makes the synthetic trial. Knows nothing of gating: it draws cells, and writes what an instrument would have seen.

const usage = `node dist/samples/make.js [--out DIR] [--mode ${modes.join('|')}] [--events N | --full] [--seed S]
  [--visits BL,M1] [--effect 2.2,1.8] [--shift CD24,CD38] [--if-missing]
  --events  events a tube (default 30000; --full: 100000)
  --effect  fold of the transitional and the memory-regulatory share of B at M1 (1,1: none)
  --shift   added to the log staining gain of CD24 and CD38 at M1 (default 0,0)
  --if-missing  leave a cohort of the same design as it is
  --out     default samples/out/MODE`;

function main(args: readonly string[]): number {
  const wishes = readWishes(args);
  if (typeof wishes === 'string') {
    process.stderr.write(`${wishes}\n${usage}\n`);
    return 2;
  }
  if (wishes.onlyIfMissing && holdsCohort(wishes.out, wishes.design)) {
    process.stdout.write(`found in "${wishes.out}"\n`);
    return 0;
  }
  const started = performance.now();
  const cohort = planCohort(wishes.design);
  const refusal = writeCohort(cohort, wishes.out, wishes.name);
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    return 2;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { mode, seed, eventCount } = wishes.design;
  process.stdout.write(
    `${cohort.tubes.length} tubes of ${eventCount} events (${mode}, seed ${seed}) in "${wishes.out}", ${seconds} s\n`,
  );
  return 0;
}

interface Wishes {
  readonly out: string;
  readonly name: string;
  readonly design: CohortDesign;
  readonly onlyIfMissing: boolean;
}

/** The wishes, or a sentence on what cannot be understood. */
function readWishes(args: readonly string[]): Wishes | string {
  const text = { type: 'string' } as const;
  const options = {
    out: text,
    mode: text,
    events: text,
    seed: text,
    visits: text,
    effect: text,
    shift: text,
    full: { type: 'boolean' },
    'if-missing': { type: 'boolean' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ args: string[]; options: typeof options }>>['values'];
  try {
    values = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const mode = modes.find((each) => each === (values.mode ?? 'islands'));
  if (mode === undefined) return `--mode "${values.mode}" is not known`;
  const eventCount = Number(values.events ?? (values.full ? 100000 : 30000));
  if (!Number.isInteger(eventCount) || eventCount < 100) return `--events "${values.events}" is not a number from 100`;
  const seed = Number(values.seed ?? 911);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) return `--seed "${values.seed}" is not a whole number`;
  const visits = (values.visits ?? plannedVisits.map(({ id }) => id).join(',')).split(',');
  const unknown = visits.find((visit) => !plannedVisits.some(({ id }) => id === visit));
  if (unknown !== undefined) return `--visits: "${unknown}" is not a visit of the trial`;
  const effect = twoNumbers(values.effect ?? '2.2,1.8');
  if (effect === undefined || effect.some((fold) => fold <= 0)) return `--effect "${values.effect}" is not two folds`;
  const shift = twoNumbers(values.shift ?? '0,0');
  if (shift === undefined) return `--shift "${values.shift}" is not two numbers`;
  const planned = plannedVisits.map(({ id }) => id as string).filter((id) => visits.includes(id));
  return {
    out: values.out ?? join('samples', 'out', mode),
    name: `synthetic-${mode}`,
    onlyIfMissing: values['if-missing'] ?? false,
    design: {
      mode,
      seed,
      eventCount,
      visits: planned,
      effect: { transitional: effect[0], memoryReg: effect[1] },
      shift: { CD24: shift[0], CD38: shift[1] },
    },
  };
}

function twoNumbers(text: string): readonly [number, number] | undefined {
  const [first, second, ...more] = text.split(',').map(Number);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  return Number.isFinite(first) && Number.isFinite(second) ? [first, second] : undefined;
}

process.exitCode = main(process.argv.slice(2));
