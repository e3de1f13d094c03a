import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decidedTube } from '../bench/decidedTube.ts';
import { type PlacementBook, type TubeCounts, tubeBook } from '../src/gating/index.ts';
import { placementRegistry, placeStudy, type TubeSurvey } from '../src/placement/tools.ts';
import { printProblem } from '../src/problems/index.ts';
import { readTemplate, type Template } from '../src/template/index.ts';
import { runTubeTask } from '../src/tube/index.ts';

const shippedFolder = join(import.meta.dirname, '..', 'gating-templates');

/** A template from its file; `shipped:NAME` is found in the package. Fails with every problem in words. */
export function templateOf(path: string): Template {
  const text = (file: string) => ({ file, text: readFileSync(file, 'utf8') });
  const reading = readTemplate(text(path), placementRegistry, (reference) =>
    reference.startsWith('shipped:')
      ? text(join(shippedFolder, `${reference.slice('shipped:'.length)}.yaml`))
      : undefined,
  );
  if (!reading.value) throw new Error(reading.problems.map(printProblem).join('\n'));
  return reading.value;
}

export interface PlacedTubes {
  readonly book: PlacementBook;
  readonly counts: readonly TubeCounts[];
}

/** Surveys, places and counts some files as one study, in this thread. Fails where a tube fails. */
export function placeTubes(template: Template, paths: readonly string[], wants = { membership: false }): PlacedTubes {
  const files = paths.map((path) => {
    const sampleId = basename(path).replace(/\.fcs$/i, '');
    return { sampleId, path, displayPath: basename(path), reading: {} };
  });
  const surveys = files.map((tube): TubeSurvey => {
    const result = runTubeTask({ kind: 'survey', tube, template, ...decidedTube(tube, template) });
    if (result.status === 'failed' || result.kind !== 'survey')
      throw new Error(result.problems.map(printProblem).join('\n'));
    return result.survey;
  });
  const tubes = files.map(({ sampleId }) => ({
    sampleId,
    isInPool: true,
    role: 'sample',
    batch: '',
    subjectKey: sampleId,
  }));
  const { book } = placeStudy(template, '', surveys, tubes);
  const counts = files.map((tube): TubeCounts => {
    const task = {
      kind: 'count' as const,
      tube,
      template,
      ...decidedTube(tube, template),
      book: tubeBook(book, tube.sampleId),
      ...wants,
    };
    const result = runTubeTask(task);
    if (result.status === 'failed' || result.kind !== 'count')
      throw new Error(result.problems.map(printProblem).join('\n'));
    return result.counts;
  });
  return { book, counts };
}
