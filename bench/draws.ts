import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'd3-array';
import { parseDocument } from 'yaml';
import { planCohort, plannedVisits } from '../samples/cohort.ts';
import { writeCohort } from '../samples/writeCohort.ts';
import { run } from '../src/pipeline/index.ts';

// What plausible placements cost: the same study run in turn with and without them, in one process, by median and ratio.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '30000' },
    repeats: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    draws: { type: 'string', default: '200' },
  },
});
const [repeats, threads, draws] = [Number(values.repeats), Number(values.threads), Number(values.draws)];
const folder = mkdtempSync(join(tmpdir(), 'cytopair-bench-'));

interface Cost {
  readonly seconds: number;
  /** Of all threads: a busy machine lengthens the wait, not the work. */
  readonly cpuSeconds: number;
}

async function costOf(study: string): Promise<Cost> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { signal } = new AbortController();
  const out = join(folder, 'out');
  const outcome = await run(study, { out, threads, quiet: true, fresh: true, membership: false, signal });
  if (outcome.exit !== 0) throw new Error(`the run ended with ${outcome.exit}`);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

try {
  const visits = plannedVisits.map((visit) => visit.id);
  const design = { seed: 951, mode: 'hard', eventCount: Number(values.events), visits } as const;
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  const cohort = planCohort({ ...design, visits, effect, shift: { CD24: 0, CD38: 0 } });
  writeCohort(cohort, folder, 'bench');
  const document = parseDocument(readFileSync(join(folder, 'study.yaml'), 'utf8'));
  const studies = [0, draws].map((count) => {
    const path = join(folder, `study-${count}.yaml`);
    document.setIn(['rules', 'draws'], count);
    writeFileSync(path, String(document));
    return path;
  });
  const costs: [Cost[], Cost[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [i, study] of studies.entries()) costs[i === 0 ? 0 : 1].push(await costOf(study));
  }
  const ratio = (of: (cost: Cost) => number) =>
    median(costs[1].map((cost, i) => of(cost) / of(costs[0][i]!)))?.toFixed(2);
  const [without, withDraws] = costs.map((list) => median(list, ({ seconds }) => seconds)?.toFixed(2));
  process.stdout.write(
    `${cohort.tubes.length} tubes of ${values.events} events, ${threads} threads, medians of ${repeats}: ` +
      `${without} s without draws, ${withDraws} s with ${draws}, ` +
      `ratio ${ratio(({ seconds }) => seconds)}, of CPU time ${ratio(({ cpuSeconds }) => cpuSeconds)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
