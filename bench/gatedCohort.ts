import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CohortDesign, planCohort } from '../samples/cohort.ts';
import { trueMembership, truePopulations } from '../samples/truth.ts';
import { drawTube } from '../samples/tube.ts';
import { encodeTube } from '../samples/writeCohort.ts';
import { type PlacementBook, tubeBook } from '../src/gating/index.ts';
import { placeStudy, type TubeSurvey } from '../src/placement/index.ts';
import { printProblem } from '../src/problems/index.ts';
import type { Template } from '../src/template/index.ts';
import { runTubeTask } from '../src/tube/index.ts';

/** One population in one tube: what was counted beside what is true. */
export interface GatedTube {
  readonly sampleId: string;
  readonly subject: string;
  readonly visit: string;
  readonly count: number;
  readonly trueCount: number;
  readonly truePositives: number;
  /** Events of B, counted and true: the denominator of the subsets. */
  readonly bCount: number;
  readonly trueBCount: number;
}

export interface GatedCohort {
  readonly book: PlacementBook;
  /** Path -> one entry a tube. */
  readonly populations: ReadonlyMap<string, readonly GatedTube[]>;
}

const bPath = 'Singlets/Live/Leukocytes/Lymphocytes/B';

/** Draws a cohort, writes its tubes to a temporary folder, gates them as one study, and holds them against the truth. */
export function gateCohort(design: CohortDesign, template: Template): GatedCohort {
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-accuracy-'));
  try {
    return gateIn(folder, design, template);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gateIn(folder: string, design: CohortDesign, template: Template): GatedCohort {
  const cohort = planCohort(design);
  const tubes = cohort.tubes.map((tube) => {
    const events = drawTube(cohort, tube);
    const path = join(folder, `${tube.sampleId}.fcs`);
    writeFileSync(path, encodeTube(cohort, events));
    const file = { sampleId: tube.sampleId, path, displayPath: `${tube.sampleId}.fcs`, reading: {} };
    return { tube, file, truth: trueMembership(cohort, events) };
  });
  const surveys = tubes.map(({ file }): TubeSurvey => {
    const result = runTubeTask({ kind: 'survey', tube: file, template });
    if (result.status === 'ok' && result.kind === 'survey') return result.survey;
    throw new Error(result.problems.map(printProblem).join('\n'));
  });
  const placing = tubes.map(({ tube }) => {
    return { sampleId: tube.sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: tube.subject };
  });
  const { book } = placeStudy(template, '', surveys, placing);
  const populations = new Map<string, GatedTube[]>(truePopulations.map(({ path }) => [path, []]));
  for (const { tube, file, truth } of tubes) {
    const own = tubeBook(book, tube.sampleId);
    const result = runTubeTask({ kind: 'count', tube: file, template, book: own, membership: true });
    if (result.status !== 'ok' || result.kind !== 'count')
      throw new Error(result.problems.map(printProblem).join('\n'));
    const columns = new Map(own.gates.map(({ population }, i) => [population, result.counts.membership?.[i]]));
    const truthOf = new Map(truePopulations.map(({ path }, i) => [path, truth[i]]));
    const [bCount, trueBCount] = [sum(columns.get(bPath)), sum(truthOf.get(bPath))];
    for (const [path, list] of populations) {
      const [ours, theirs] = [columns.get(path), truthOf.get(path)];
      const { sampleId, subject, visit } = tube;
      const truePositives = both(ours, theirs);
      list.push({
        sampleId,
        subject,
        visit,
        count: sum(ours),
        trueCount: sum(theirs),
        truePositives,
        bCount,
        trueBCount,
      });
    }
  }
  return { book, populations };
}

function sum(column: Uint8Array | undefined): number {
  let total = 0;
  for (const value of column ?? []) total += value;
  return total;
}

function both(ours: Uint8Array | undefined, theirs: Uint8Array | undefined): number {
  let total = 0;
  for (let i = 0; i < (ours?.length ?? 0); i++) total += ours![i]! & (theirs?.[i] ?? 0);
  return total;
}
