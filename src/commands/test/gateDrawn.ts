import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawTube, encodeTube, modes, planCohort, trueMembership, truePopulations } from '../../../samples/index.ts';
import { gateTubes } from '../../pipeline/index.ts';
import type { Reading } from '../../problems/index.ts';
import type { CohortWishes } from './expectations.ts';

/** A drawn tube as it was gated, beside which cell is what. */
export interface DrawnTube {
  readonly sampleId: string;
  /** Path -> 1 for each event inside; undefined where the gate has no place. */
  readonly members: ReadonlyMap<string, Uint8Array>;
  readonly truth: ReadonlyMap<string, Uint8Array>;
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

/** Draws a cohort, gates its files as `cytopair gate` would, and removes them. @param threads undefined: as many as cores */
export async function gateDrawn(
  template: string,
  wishes: CohortWishes,
  threads: number | undefined,
): Promise<Reading<readonly DrawnTube[]>> {
  const mode = modes.find((one) => one === wishes.mode)!;
  const design = { mode, seed: wishes.seed, eventCount: wishes.events, visits: wishes.visits, shift: {} };
  const cohort = planCohort({ ...design, effect: { transitional: 1, memoryReg: 1 } });
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-test-'));
  try {
    const truths = cohort.tubes.map((tube) => {
      const drawn = drawTube(cohort, tube);
      writeFileSync(join(folder, `${tube.sampleId}.fcs`), encodeTube(cohort, drawn));
      return trueMembership(cohort, drawn);
    });
    const files = cohort.tubes.map(({ sampleId }) => join(folder, `${sampleId}.fcs`));
    const question = { template, files, membership: true, ...(threads === undefined ? {} : { threads }) };
    const { value: gated, problems } = await gateTubes(question);
    if (gated === undefined) return { value: undefined, problems };
    const tubes = cohort.tubes.map(({ sampleId }, t): DrawnTube => {
      const rows = gated.frequencies.filter((row) => row.sampleId === sampleId);
      const placed = new Set(rows.flatMap(({ population, count }) => (count === null ? [] : [population])));
      const members = [...(gated.membership.get(sampleId) ?? [])].filter(([path]) => placed.has(path));
      return {
        sampleId,
        members: new Map(members),
        truth: new Map(truePopulations.map(({ path }, i) => [path, truths[t]![i]!])),
        flags: new Map(rows.map(({ population, flags }) => [population, flags])),
      };
    });
    return { value: tubes, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
