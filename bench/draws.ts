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

async function secondsOf(study: string): Promise<number> {
  const started = performance.now();
  const { signal } = new AbortController();
  const out = join(folder, 'out');
  const outcome = await run(study, { out, threads, quiet: true, fresh: true, membership: false, signal });
  if (outcome.exit !== 0) throw new Error(`the run ended with ${outcome.exit}`);
  return (performance.now() - started) / 1000;
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
  const seconds: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [i, study] of studies.entries()) seconds[i === 0 ? 0 : 1].push(await secondsOf(study));
  }
  const [without, withDraws] = seconds.map((list) => median(list) ?? Number.NaN);
  const ratios = seconds[1].map((value, i) => value / (seconds[0][i] ?? Number.NaN));
  process.stdout.write(
    `${cohort.tubes.length} tubes of ${values.events} events, ${threads} threads, medians of ${repeats}: ` +
      `${without?.toFixed(2)} s without draws, ${withDraws?.toFixed(2)} s with ${draws}, ` +
      `ratio ${median(ratios)?.toFixed(2)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
