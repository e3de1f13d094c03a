import { describe, expect, test } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import {
  compensateColumn,
  leftovers,
  makeCompensator,
  type Spillover,
  spilloverFromKeywords,
} from '../../src/compensation/index.ts';
import { openFile, readFcs, surveyEvents } from '../../src/fcs/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { detectors, drawnMatrix } from './drawnControls.ts';

interface Raw {
  readonly spillover: Spillover;
  readonly columns: readonly Float64Array[];
}

/** Cells of four kinds, each with one dye, one without; raw. */
function drawnTube(): Raw {
  const stream = streamFor(5, 7002);
  const columns = detectors.map(() => new Float64Array(10_000));
  for (let i = 0; i < 10_000; i++) {
    const dye = Math.floor(stream.uniform() * 6);
    const light = 15_000 * Math.exp(0.4 * stream.normal());
    detectors.forEach((_, d) => {
      const photons = light * (drawnMatrix[dye]?.[d] ?? 0);
      columns[d]![i] = photons + 100 + (30 + Math.sqrt(photons)) * stream.normal();
    });
  }
  const matrix = Float64Array.from(drawnMatrix.flat());
  return { columns, spillover: { channels: detectors, matrix, source: 'drawn', conditionNumber: 2 } };
}

function realTube(...path: string[]): Raw {
  const source = openFile(truthPath(...path), 'tube.fcs');
  const { value: file } = readFcs(source, {});
  if (!file) throw new Error('unreadable');
  const spillover = spilloverFromKeywords(file.keywords, file.parameters, {}).value;
  if (!spillover) throw new Error('no matrix');
  const { sample } = surveyEvents(source, file);
  source.close();
  const columns = spillover.channels.map((name) => sample[file.parameters.findIndex((one) => one.name === name)]!);
  return { spillover, columns };
}

/** Verdicts with the matrix changed in one cell. */
function verdicts({ spillover, columns }: Raw, change?: { dye: number; detector: number; by: number }) {
  const n = spillover.channels.length;
  const matrix = spillover.matrix.slice();
  if (change) matrix[change.dye * n + change.detector]! += change.by;
  const { weights } = makeCompensator({ ...spillover, matrix });
  return leftovers(
    spillover.channels.map((channel) => {
      const out = new Float64Array(columns[0]?.length ?? 0);
      compensateColumn(columns, weights(channel)!.weights, out);
      return out;
    }),
  );
}

const verdictOf = (raw: Raw, change: { dye: number; detector: number; by: number }) =>
  verdicts(raw, change).find((one) => one.dye === change.dye && one.detector === change.detector);

describe('what a matrix leaves between dyes', () => {
  const raw = drawnTube();

  test('the true matrix leaves nothing in any pair', () => {
    expect(verdicts(raw).map(({ verdict }) => verdict)).toEqual(Array(12).fill('right'));
  });

  test.each([0.05, 0.1, 0.2])('a coefficient %d too high is over-compensated by as much, too low under', (by) => {
    for (const dye of [0, 1, 2, 3]) {
      for (const detector of [0, 1, 2, 3].filter((one) => one !== dye)) {
        const over = verdictOf(raw, { dye, detector, by });
        expect(over?.verdict).toBe('over');
        expect(over?.share).toBeCloseTo(-by, 1);
        expect(verdictOf(raw, { dye, detector, by: -by })).toMatchObject({ verdict: 'under' });
      }
    }
  });

  test('no events, equal events, one event: no verdict, and no number', () => {
    for (const count of [0, 1, 500]) expect(leftovers([new Float64Array(count), new Float64Array(count)])).toEqual([]);
  });
});

describe.skipIf(!hasTruth)('on published tubes', () => {
  const tubes = [
    ['activation', 'Activation_1.fcs'],
    ['activation', 'Activation_31.fcs'],
    ['bcell', 'bcell_pbmc_biir.fcs'],
    ['bcell', 'bcell_pbmc_nhlbi_half.fcs'],
    ['blood', 'blood_D1.fcs'],
    ['workspaces', 'spleen', '68983.fcs'],
  ];

  test.each(tubes)('%s %s: no pair is over-compensated by its own matrix', (...path) => {
    const found = verdicts(realTube(...path));
    expect(found.filter(({ verdict }) => verdict === 'over')).toEqual([]);
    expect(found.filter(({ verdict }) => verdict === 'right').length).toBeGreaterThan(25);
  });

  test('most coefficients that are .05 or 30 % too high are seen', () => {
    let [tried, seen] = [0, 0];
    for (const path of tubes) {
      const raw = realTube(...path);
      const n = raw.spillover.channels.length;
      for (const { dye, detector, verdict } of verdicts(raw)) {
        const own = raw.spillover.matrix[dye * n + detector]!;
        if (verdict !== 'right' || own < 0.05) continue;
        tried++;
        if (verdictOf(raw, { dye, detector, by: Math.max(0.05, 0.3 * own) })?.verdict === 'over') seen++;
      }
    }
    expect(tried).toBeGreaterThan(40);
    expect(seen / tried).toBeGreaterThan(0.75);
  });
});
