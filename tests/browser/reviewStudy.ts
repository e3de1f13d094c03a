import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { planCohort, plannedVisits } from '../../samples/cohort.ts';
import { writeCohort } from '../../samples/writeCohort.ts';
import {
  applyToPanels,
  collectReview,
  inRunFolder,
  outFolder,
  questionsOf,
  readPlannedStudy,
  recount,
  reviewPage,
  reviewTubes,
  studyWalk,
  type Walked,
} from '../../src/pipeline/tools.ts';
import { type Patch, placedHash } from '../../src/review/index.ts';

export const NK = 'Singlets/Live/Leukocytes/Lymphocytes/NK';
/** The tube whose cut is put in a wrong place. */
export const wrongTube = 'P03_M1';

export interface ReviewTrial {
  readonly html: string;
  /** Every gate where it was placed. */
  readonly sound: Walked;
  /** The CD56 cut of one tube 1.6 u too high, as if it had been placed there. */
  readonly wrong: Walked;
  readonly codes: ReadonlyMap<string, string>;
  /** sample_id and population -> events that the generator made. */
  readonly truth: ReadonlyMap<string, number>;
  readonly study: string;
  /** Counts anew with these patches of the wrong study. */
  counted(patches: readonly Patch[]): Promise<Walked>;
}

/** The design of the demo. */
const demo = {
  mode: 'islands',
  seed: 911,
  visits: plannedVisits.map(({ id }) => id),
  effect: { transitional: 2.2, memoryReg: 1.8 },
  shift: { CD24: 0, CD38: 0 },
} as const;

/** A trial of 43 tubes in which one cut of one tube lies wrong, and the page to find it; then what is done with it. */
export async function withTrial(folder: string, eventCount: number, use: (trial: ReviewTrial) => Promise<void>) {
  const cohort = planCohort({ ...demo, eventCount });
  const refusal = writeCohort(cohort, join(folder, 'study'), 'review-trial');
  if (refusal !== undefined) throw new Error(refusal);
  const path = join(folder, 'study', 'study.yaml');
  // Draws of placements are not what is tried here.
  writeFileSync(path, `${readFileSync(path, 'utf8').replace(/^rules:.*\n/m, '')}rules: { draws: 20 }\n`);
  const { study, plan } = readPlannedStudy(path, undefined).value!;
  const options = { ...quietly, out: join(folder, 'out') };
  const job = { command: 'review', study: study.name, tubeCount: study.tubes.length } as const;
  await inRunFolder(outFolder(options.out, study.name), options, job, async (how) => {
    const sound = await studyWalk(study, plan, how);
    const apply = async (walked: Walked, patches: readonly Patch[]) => {
      const applied = applyToPanels(
        walked,
        patches.map((patch) => ({ patch, where: {}, isAfterLock: null })),
      );
      if (applied.value === undefined) throw new Error(applied.problems.map(({ message }) => message).join('\n'));
      return { applied: applied.value, walked: await recount(walked, applied.value, how, questionsOf(study, plan)) };
    };
    const { applied } = await apply(sound, [shiftOf(sound, wrongTube, NK, 'CD56 min', 1.6)]);
    const wrong = await recount(sound, asPlaced(applied), how, questionsOf(study, plan));
    const collected = await collectReview(wrong, study, plan, how);
    const { html } = await reviewPage(wrong, collected, { top: 60, isSecond: false });
    const rows: Record<string, string>[] = parse(
      readFileSync(join(folder, 'study', 'truth', 'populations.csv'), 'utf8'),
      { columns: true },
    );
    await use({
      html,
      sound,
      wrong,
      study: join(folder, 'study'),
      codes: new Map(reviewTubes(wrong).map(({ sampleId, code }) => [sampleId, code])),
      truth: new Map(rows.map((row) => [`${row.sample_id} ${row.population}`, Number(row.count)])),
      counted: async (patches) => (await apply(wrong, patches)).walked,
    });
    return { exit: 0, problems: [], text: '', closing: '' };
  });
}

const quietly = { threads: 2, quiet: true, fresh: true, membership: false, signal: new AbortController().signal };

/** A shift of one gate of one tube, as a page would write it. */
export function shiftOf(walked: Walked, sampleId: string, population: string, axis: string, by: number): Patch {
  const gate = walked.panels[0]!.book.gates.find((one) => one.population === population)!;
  return {
    action: 'shift',
    tube: sampleId,
    population,
    axis,
    by,
    frame: 'u',
    scope: 'tube',
    author: 'AB',
    date: '2026-11-29',
    reason: 'valley missed',
    replaces: placedHash(gate.tubes.find((tube) => tube.sample_id === sampleId)!),
  };
}

/** The books as if their gates had been placed where they were moved. */
function asPlaced(applied: Parameters<typeof recount>[1]): Parameters<typeof recount>[1] {
  return new Map(
    [...applied].map(([panel, own]) => {
      const gates = own.book.gates.map((gate) => ({
        ...gate,
        tubes: gate.tubes.map((tube) => ({
          ...tube,
          override: null,
          flags: tube.flags.filter((flag) => flag !== 'moved_by_hand'),
        })),
      }));
      return [panel, { ...own, book: { ...own.book, gates } }];
    }),
  );
}

/** Count of a population in a tube. */
export function countOf(walked: Walked, sampleId: string, population: string): number | null | undefined {
  return walked.tubes
    .find(({ tube }) => tube.sampleId === sampleId)
    ?.counts?.populations.find((one) => one.population === population)?.count;
}
