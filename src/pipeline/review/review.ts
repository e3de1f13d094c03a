import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { counted, hasErrors } from '../../problems/index.ts';
import { canonicalJson, jsonText, makeFolder, sha256, writeFileAtomically } from '../../tables/index.ts';
import { type Outcome, type PipelineOptions, refused } from '../outcome.ts';
import { readPlannedStudy } from '../run.ts';
import { inRunFolder, outFolder, warningsOf } from '../runFolderWork.ts';
import { studyWalk } from '../studyResults.ts';
import type { Walked } from '../walked.ts';
import { reviewTubes } from './applyToPanels.ts';
import { type CollectedReview, collectReview } from './collectReview.ts';

/** What `review` may be told beside what every command may. */
export interface ReviewOptions extends PipelineOptions {
  /** Of each gate so many tubes are shown with all their events. */
  readonly top: number;
  /** The page of a second reader. */
  readonly isSecond: boolean;
  /** The machine form on stdout. */
  readonly json?: boolean;
}

/**
 * Writes the page by which persons look at gates without knowing the visit, and the key that says which tube is which.
 * The study is walked as `run` walks it; what an earlier run finished in the folder is not done again.
 */
export async function review(studyPath: string, options: ReviewOptions): Promise<Outcome> {
  const read = readPlannedStudy(studyPath, undefined);
  if (read.value === undefined) return refused(read.problems);
  const { study, plan } = read.value;
  const out = outFolder(options.out, study.name);
  const job = { command: 'review', study: study.name, tubeCount: study.tubes.length } as const;
  return inRunFolder(out, options, job, async (how) => {
    const walked = await studyWalk(study, plan, how);
    const collected = await collectReview(walked, study, plan, how);
    const page = await reviewPage(walked, collected, options);
    const folder = join(out.path, 'review');
    makeFolder(folder);
    const name = options.isSecond ? 'review-second.html' : 'review.html';
    writeFileAtomically(join(folder, name), page.html);
    writeFileAtomically(join(folder, 'key.json'), keyText(walked, study.name));
    const problems = [...read.problems, ...walked.problems, ...collected.problems];
    const failed = walked.tubes.length - walked.basis.tubes.length;
    const closing = `cytopair: ${counted(page.gateCount, 'gate')} of ${counted(page.tubeCount, 'tube')} to review, ${warningsOf(problems)} -> ${out.shown}/review`;
    const files = { page: `${out.shown}/review/${name}`, key: `${out.shown}/review/key.json` };
    const words =
      `review: ${out.shown}/review/${name} (may be given away: no patient, visit or file name is in it)\n` +
      `key: ${out.shown}/review/key.json (says which tube is which: keep it)\n`;
    const answer = {
      format: 'cytopair/review-queue/1',
      ...files,
      gates: page.gateCount,
      tubes: page.tubeCount,
      queue: page.queue,
    };
    const text = options.json === true ? jsonText(answer) : words;
    return { exit: failed > 0 || hasErrors(problems) ? 3 : 0, problems, text, closing };
  });
}

interface ReviewPage {
  readonly html: string;
  readonly queue: readonly { readonly tube: string; readonly population: string }[];
  readonly gateCount: number;
  readonly tubeCount: number;
}

/** The page of a walked study, and how much is on it. */
export async function reviewPage(
  walked: Walked,
  { reviews }: CollectedReview,
  { top, isSecond }: Pick<ReviewOptions, 'top' | 'isSecond'>,
): Promise<ReviewPage> {
  const tubes = reviewTubes(walked).filter(({ sampleId }) => reviews.has(sampleId));
  // As of the report: its libraries come when they are needed.
  const { pageData, renderReviewPage } = await import('../../report/index.ts');
  const panels = walked.panels.map(({ panel, book }) => {
    return { book, tubes: tubes.filter((tube) => tube.panel === panel), reviews };
  });
  const fingerprint = sha256(canonicalJson(tubes.map(({ code }) => code))).slice(0, 12);
  const { header, bytes, queue } = pageData(panels, { top, isSecond, fingerprint });
  const html = renderReviewPage(header, deflateRawSync(bytes, { level: 9 }).toString('base64'));
  const gateCount = [...reviews.values()].reduce((sum, { gates }) => sum + gates.length, 0);
  return { html, queue, gateCount, tubeCount: tubes.length };
}

function keyText(walked: Walked, study: string): string {
  const tubes = reviewTubes(walked).map(({ code, sampleId }) => ({ code, sample_id: sampleId }));
  return jsonText({ format: 'cytopair/review-key/1', study, tubes });
}
