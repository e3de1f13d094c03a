import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  compensateColumn,
  detectCompensated,
  judgePairs,
  makeCompensator,
  pairSlopes,
  type Spillover,
  signsOf,
  spilloverFromKeywords,
} from '../../src/compensation/index.ts';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { makeScale } from '../../src/scale/index.ts';
import { type NpyArray, npyColumn, readNpy } from '../npy.ts';
import { placeTubes, templateOf } from '../placedTubes.ts';
import { hasTruth, truthPath } from '../truth.ts';

// A human PBMC tube and what R made of it: flowCore's compensate() with the file's SPILL, then estimateLogicle's scales.
// R's values are stored in single precision; its logicle axis runs from 0 to M = 4.5.
const eventCount = 23_000;
const decades = 4.5;
/** Half a unit of an 18-bit scale. */
const compensatedTolerance = 0.5;
const coordinateTolerance = 1e-5;

interface Channel {
  readonly column: number;
  readonly name: string;
  readonly T: number;
  readonly W: number;
  readonly M: number;
  readonly A: number;
}

function channelsOfTruth(): Channel[] {
  const lines = readFileSync(truthPath('truth', 'bcell_pbmc_biir_scale.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [column, name = '', , T, W, M, A] = line.split(',');
    return { column: Number(column), name, T: Number(T), W: Number(W), M: Number(M), A: Number(A) };
  });
}

interface Tube {
  readonly spillover: Spillover;
  /** Raw columns in the order of the matrix. */
  readonly raw: readonly Float64Array[];
  readonly verdict: string;
}

function readTube(...path: string[]): Tube {
  const source = openFile(truthPath(...path));
  try {
    const { value: file, problems } = readFcs(source);
    if (!file) throw new Error(problems.map(({ message }) => message).join('; '));
    const where = { file: file.name };
    const read = spilloverFromKeywords(file.keywords, file.parameters, where);
    if (!read.value) throw new Error(read.problems.map(({ message }) => message).join('; '));
    const spillover = read.value;
    const numbers = spillover.channels.map((name) => file.parameters.find((p) => p.name === name)?.index ?? 0);
    const raw = readColumns(source, file, numbers).columns;
    const { parameters, keywords } = file;
    const signs = signsOf({ parameters, keywords, matrix: 'matrix' });
    return { spillover, raw, verdict: detectCompensated(signs, valuesOf(spillover, raw)).verdict };
  } finally {
    source.close();
  }
}

function valuesOf(spillover: Spillover, columns: readonly Float64Array[]) {
  return judgePairs(spillover, pairSlopes(spillover, columns));
}

function compensate({ spillover, raw }: Tube, channel: string): Float64Array {
  const found = makeCompensator(spillover).weights(channel);
  if (!found) throw new Error(`the matrix has no "${channel}"`);
  const out = new Float64Array(raw[0]?.length ?? 0);
  compensateColumn(raw, found.weights, out);
  return out;
}

/** Greatest difference between two columns, and how many values were compared. */
function difference(got: Float64Array, want: Float64Array): { greatest: number; compared: number } {
  const apart = got.map((value, i) => Math.abs(value - (want[i] ?? Number.NaN)));
  const isComplete = got.length === want.length && !apart.some(Number.isNaN);
  return { greatest: Math.max(...apart), compared: isComplete ? got.length : 0 };
}

describe.skipIf(!hasTruth)('a human B-cell tube against R', () => {
  let tube: Tube;
  let compensatedInR: NpyArray;
  let logicleInR: NpyArray;
  const channels = hasTruth ? channelsOfTruth() : [];
  beforeAll(() => {
    tube = readTube('bcell', 'bcell_pbmc_biir.fcs');
    compensatedInR = readNpy(truthPath('truth', 'bcell_pbmc_biir_R_compensated.npy'));
    logicleInR = readNpy(truthPath('truth', 'bcell_pbmc_biir_R_logicle.npy'));
  });

  it('has the values of R after compensation, within half of 262,144 units', () => {
    const results = channels.map(({ name, column }) =>
      difference(compensate(tube, name), npyColumn(compensatedInR, column)),
    );
    const greatest = Math.max(...results.map((result) => result.greatest));
    const compared = results.reduce((sum, result) => sum + result.compared, 0);
    console.log(`compared ${compared} compensated values with R; greatest difference ${greatest}`);
    expect(compared).toBe(8 * eventCount);
    expect(greatest).toBeLessThan(compensatedTolerance);
  });

  it("has R's logicle coordinates, which run to M", () => {
    const results = channels.map(({ name, column, T, W, M, A }) => {
      const values = compensate(tube, name);
      makeScale({ kind: 'logicle', T, W, M, A }).forwardColumn(values, values);
      return difference(
        values.map((y) => decades * y),
        npyColumn(logicleInR, column),
      );
    });
    const greatest = Math.max(...results.map((result) => result.greatest));
    const compared = results.reduce((sum, result) => sum + result.compared, 0);
    console.log(`compared ${compared} logicle coordinates with R; greatest difference ${greatest}`);
    expect(compared).toBe(8 * eventCount);
    expect(greatest).toBeLessThan(coordinateTolerance);
  });
});

describe.skipIf(!hasTruth)('the same tube by the shipped template', () => {
  it('is gated to the end; what its panel cannot show is said, not guessed', () => {
    const template = templateOf(join(import.meta.dirname, '..', '..', 'gating-templates', 'b-regulatory.yaml'));
    const { book, counts } = placeTubes(template, [truthPath('bcell', 'bcell_pbmc_biir.fcs')]);
    const found = new Map(counts[0]?.populations.map((one) => [one.population.split('/').at(-1) ?? '', one.count]));
    // No viability dye, CD45, CD14, CD4, CD8 and CD56 in this panel.
    for (const name of ['Monocytes', 'NK', 'CD4', 'CD8']) expect(found.get(name), name).toBeNull();
    const count = (name: string) => found.get(name) ?? Number.NaN;
    expect(count('Live')).toBe(count('Singlets'));
    const corners = ['Naive', 'Unswitched', 'Switched', 'DoubleNegative', 'Plasmablast'].map(count);
    expect(corners.reduce((sum, one) => sum + one, 0)).toBe(count('B'));
    // Percent of B by an independent program for the same recipe: 3,121 B, 30.9 CD27+, 20.1 memory, 0.7 plasmablasts,
    // 5.5 transitional. There is no truth for a real tube; a gate that slips shows here.
    const percentOfB = (name: string) => (100 * count(name)) / count('B');
    expect(Math.abs(count('B') / 3121 - 1)).toBeLessThan(0.03);
    expect(percentOfB('Unswitched') + percentOfB('Switched') + percentOfB('Plasmablast')).toBeCloseTo(30.9, 0);
    expect(Math.abs(percentOfB('CD27+CD38lo-CD24hi') - 12.3)).toBeLessThan(1.5);
    expect(Math.abs(percentOfB('Plasmablast') - 0.7)).toBeLessThan(0.3);
    expect(Math.abs(percentOfB('CD24hiCD38hi') - 5.5)).toBeLessThan(1);
    const ridge = book.gates.find((gate) => gate.population.endsWith('/CD24hiCD38hi'));
    expect(ridge?.tubes[0]?.flags).toContain('second_not_separable');
  });
});

describe.skipIf(!hasTruth)('whether published tubes are compensated is seen in their values', () => {
  it.each([
    [['bcell', 'bcell_pbmc_biir.fcs']],
    [['parser', 'peacoqc_111.fcs']],
    [['blood', 'blood_D1.fcs']],
    [['dc_mono_nk', 'dc_mono_nk_1.fcs']],
    [['workspaces', 'spleen', '68983.fcs']],
    [['workspaces', 'diva', '124500.fcs']],
    [['activation', 'Activation_1.fcs']],
  ])('%s is raw, and compensated once it was compensated', (path) => {
    const tube = readTube(...path);
    expect(tube.verdict).toBe('raw');
    const columns = tube.spillover.channels.map((channel) => compensate(tube, channel));
    expect(valuesOf(tube.spillover, columns)).toMatchObject({ verdict: 'compensated', misfit: 'none' });
  });

  it('the twin of a tube that R compensated and scaled shows neither: no dye stands out on such a scale', () => {
    expect(readTube('parser', 'peacoqc_111_comp_trans.fcs').verdict).toBe('undecided');
  });
});
