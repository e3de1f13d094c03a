import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BookAlignment, tubeBook } from '../src/gating/index.ts';
import { placeStudy } from '../src/placement/tools.ts';
import { printProblem } from '../src/problems/index.ts';
import type { Template } from '../src/template/index.ts';
import { runTubeTask } from '../src/tube/index.ts';
import { decidedTube } from './decidedTube.ts';
import { withRidgeSettings } from './placings.ts';

/** What the shipped template finds in the one real B-cell tube. */
export interface BcellTube {
  readonly alignment: BookAlignment;
  readonly bCount: number;
  /** Last part of a population's path -> percent of B, under the template as it ships. */
  readonly percent: ReadonlyMap<string, number>;
  readonly flags: readonly string[];
  readonly memoryByReference: number;
  /** Percent of B that is transitional, one a step of `steps`. */
  readonly curves: Readonly<Record<'oblique' | 'rectangle', readonly number[]>>;
}

export const steps = Array.from({ length: 12 }, (_, i) => Math.round(100 * (0.25 + 0.05 * i)) / 100);

/** @param truthRoot folder of real data; undefined or without the tube: not measured */
export function bcellTube(template: Template, truthRoot: string | undefined): BcellTube | undefined {
  const path = join(truthRoot ?? '', 'bcell', 'bcell_pbmc_biir.fcs');
  if (truthRoot === undefined || !existsSync(path)) return undefined;
  const file = { sampleId: 'bcell', path, displayPath: 'bcell_pbmc_biir.fcs', reading: {} };
  const { decision } = decidedTube(file, template);
  const surveyed = runTubeTask({ kind: 'survey', tube: file, template, decision });
  if (surveyed.status !== 'ok' || surveyed.kind !== 'survey')
    throw new Error(surveyed.problems.map(printProblem).join());
  const tube = { sampleId: 'bcell', isInPool: true, role: 'sample', batch: '', subjectKey: 'bcell' };
  const countUnder = (settings: Readonly<Record<string, unknown>>) => {
    const own = withRidgeSettings(template, settings);
    const { book } = placeStudy(own, '', [surveyed.survey], [tube]);
    const task = {
      kind: 'count' as const,
      tube: file,
      template: own,
      decision,
      book: tubeBook(book, 'bcell'),
      membership: false,
    };
    const counted = runTubeTask(task);
    if (counted.status !== 'ok' || counted.kind !== 'count') throw new Error(counted.problems.map(printProblem).join());
    const countOf = new Map(counted.counts.populations.map((one) => [lastPart(one.population), one.count ?? 0]));
    const bCount = countOf.get('B') ?? 0;
    return { book, bCount, percent: new Map([...countOf].map(([name, count]) => [name, (100 * count) / bCount])) };
  };
  const shipped = countUnder({});
  const [alignment] = shipped.book.alignments;
  if (!alignment) throw new Error('the template aligns nothing');
  const curve = (shape: string) => steps.map((k) => countUnder({ k, shape }).percent.get('CD24hiCD38hi') ?? 0);
  return {
    alignment,
    bCount: shipped.bCount,
    percent: shipped.percent,
    flags: alignment.flags,
    memoryByReference: countUnder({ by: 'reference' }).percent.get('CD27+CD38lo-CD24hi') ?? 0,
    curves: { oblique: curve('oblique'), rectangle: curve('rectangle') },
  };
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path;
}
