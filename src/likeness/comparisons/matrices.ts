import { detectCompensated } from '../../compensation/index.ts';
import { problem } from '../../problems/index.ts';
import type { MatrixLook } from '../../tube/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { confoundedWords, flagged, grouped, idsOf, othersWords, sistersByPanel, someOf } from '../sisters.ts';
import { factorsOf, studyUnits } from '../studyUnits.ts';

/**
 * Matrices of two days on one instrument differ in their larger entries by a few percent of light, and by a fifth of all
 * of them together; a foreign one shares nothing, and one at half strength half. Twice that fifth, and five percent of
 * light in one cell, is no change from day to day.
 */
const FOREIGN_PART = 0.4;
const FOREIGN_CELL = 0.05;
/** So much nearer must the matrix lie to the others when its rows and columns are exchanged. */
const TRANSPOSED_PART = 0.3;
/** More matrices than these are never held against each other: the first stand for them. */
const MOST_CANDIDATES = 60;

/** The matrix that each tube is compensated with. */
export const matrices: Comparison = {
  name: 'matrix',
  summary:
    'the spillover matrix: one that is missing, transposed or of another experiment moves populations of its tube alone',
  compare(tubes): Compared {
    const panels = sistersByPanel(tubes);
    const findings = panels.flatMap((panel) => [...uncompensatedOf(panel), ...otherMatricesOf(panel)]);
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

/** Some tubes compensated, by their matrix or before, and some not at all: the fewer are refused, of halves the latter. */
function uncompensatedOf(panel: readonly ComparedTube[]): Finding[] {
  const wanted = panel.filter(({ look }) => look.matrix.kind !== 'unwanted');
  const isCompensated = ({ look: { matrix } }: ComparedTube) =>
    matrix.kind === 'matrix' || detectCompensated(matrix.signs, undefined).verdict === 'compensated';
  const done = wanted.filter(isCompensated);
  const raw = wanted.filter((tube) => !isCompensated(tube));
  if (done.length === 0 || raw.length === 0) return [];
  if (raw.length > done.length) {
    const message = `the file holds a matrix or compensated values, and ${othersWords(done.length, wanted.length)} neither`;
    return [refusal(done, 'compensated, as most tubes are not', message)];
  }
  return [...grouped(raw, ({ look }) => look.matrix.kind).values()].map((alike) => {
    const isIdentity = alike[0]!.look.matrix.kind === 'identity';
    const what = isIdentity ? 'the matrix is the identity' : 'the file holds no matrix';
    const others = othersWords(raw.length, wanted.length);
    const message = `${what}, and ${others} ${raw.length === wanted.length - 1 ? 'is' : 'are'} compensated${confoundedWords(alike, wanted)}`;
    return refusal(alike, isIdentity ? 'matrix is the identity' : 'no matrix', message);
  });
}

function refusal(tubes: readonly ComparedTube[], words: string, message: string): Finding {
  const found = problem('error', 'study.uncompensated-tube', message, {});
  return { sampleIds: idsOf(tubes), words, problem: found, isRefused: true };
}

function otherMatricesOf(panel: readonly ComparedTube[]): Finding[] {
  const units = studyUnits(panel);
  const own = panel
    .filter(({ look }) => look.matrix.kind === 'matrix')
    .map((tube) => ({
      ...tube,
      look: { ...tube.look, matrix: inStudyUnit(tube.look.matrix, factorsOf(units, tube)) },
    }));
  const distinct = [...grouped(own, ({ look }) => JSON.stringify([look.matrix.channels, look.matrix.matrix])).values()];
  const usual = middleOf(distinct);
  if (usual === undefined) return [];
  const unlike = distinct.flatMap((tubes) => {
    const words = differenceOf(tubes[0]!.look.matrix, usual);
    return words === undefined ? [] : tubes.map((tube) => ({ tube, ...words }));
  });
  return [...grouped(unlike, ({ kind, words }) => `${kind}${words}`).values()].map((alike) => {
    const tubes = alike.map((one) => one.tube);
    const { kind, words } = alike[0]!;
    const others = othersWords(unlike.length, own.length);
    if (kind === 'transposed') {
      const message = `the matrix is that of ${others} with rows and columns exchanged: ${words}`;
      const found = problem('error', 'study.transposed-matrix', message, {});
      return { sampleIds: idsOf(tubes), words: 'matrix transposed', problem: found, isRefused: true };
    }
    const message = `the matrix is clearly another one than in ${others}: ${words}${confoundedWords(tubes, own)}`;
    const found = problem('warning', 'study.unlike-matrix', message, {});
    return { sampleIds: idsOf(tubes), words: `another matrix: ${words}`, problem: found, isRefused: false };
  });
}

/** The matrix that lies nearest to those of all tubes; of several the first. */
function middleOf(distinct: readonly (readonly ComparedTube[])[]): MatrixLook | undefined {
  const candidates = [...distinct].sort((a, b) => b.length - a.length).slice(0, MOST_CANDIDATES);
  const scored = candidates.map((tubes) => {
    const { matrix } = tubes[0]!.look;
    const far = candidates.reduce(
      (sum, others) => sum + others.length * distance(others[0]!.look.matrix, matrix).part,
      0,
    );
    return { matrix, far };
  });
  return scored.sort((a, b) => a.far - b.far)[0]?.matrix;
}

function differenceOf(
  own: MatrixLook,
  usual: MatrixLook,
): { kind: 'transposed' | 'foreign'; words: string } | undefined {
  const lacking = usual.channels.filter((name) => !own.channels.includes(name));
  const straight = distance(own, usual);
  if (straight.part > FOREIGN_PART && straight.cell > FOREIGN_CELL) {
    const crossed = distance(transposeMatrix(own), usual);
    const kind = crossed.part < TRANSPOSED_PART * straight.part ? 'transposed' : 'foreign';
    return { kind, words: straight.words };
  }
  // A renamed detector is named by the comparison of channels.
  const common = usual.channels.length - lacking.length;
  if (lacking.length === 0 || common < usual.channels.length / 2) return undefined;
  return { kind: 'foreign', words: `it lacks ${someOf(lacking)}` };
}

/** Euclidean distance of what is off the diagonal, as a part of the longer; and the cell that differs most. */
function distance(a: MatrixLook, b: MatrixLook): { part: number; cell: number; words: string } {
  const names = b.channels.filter((name) => a.channels.includes(name));
  const [cellA, cellB] = [cellOf(a), cellOf(b)];
  let [squares, squaresA, squaresB] = [0, 0, 0];
  let most = { size: 0, words: '' };
  for (const row of names) {
    for (const column of names) {
      if (row === column) continue;
      const [x, y] = [cellA(row, column), cellB(row, column)];
      squares += (x - y) ** 2;
      squaresA += x ** 2;
      squaresB += y ** 2;
      const size = Math.abs(x - y);
      if (size > most.size) most = { size, words: `${row} into ${column} ${percent(x)} for ${percent(y)}` };
    }
  }
  const longer = Math.max(squaresA, squaresB);
  return { part: longer === 0 ? 0 : Math.sqrt(squares / longer), cell: most.size, words: most.words };
}

/** A cell as a part of its row's own light. */
function cellOf({ channels, matrix }: MatrixLook): (row: string, column: string) => number {
  const index = new Map(channels.map((name, i) => [name, i]));
  return (row, column) => {
    const i = index.get(row) ?? 0;
    const j = index.get(column) ?? 0;
    return (matrix[i * channels.length + j] ?? 0) / (matrix[i * channels.length + i] || 1);
  };
}

/** A matrix is measured in the units of its channels: of a fluorochrome in the unit of its own, per unit of the detector. */
function inStudyUnit(look: MatrixLook, factors: ReadonlyMap<string, number>): MatrixLook {
  const { channels, matrix } = look;
  const factorOf = (i: number) => factors.get(channels[i] ?? '') ?? 1;
  const n = channels.length;
  return { ...look, matrix: matrix.map((cell, i) => (cell * factorOf(i % n)) / factorOf(Math.floor(i / n))) };
}

function transposeMatrix(look: MatrixLook): MatrixLook {
  const { channels, matrix } = look;
  const n = channels.length;
  return { ...look, matrix: matrix.map((_, i) => matrix[(i % n) * n + Math.floor(i / n)] ?? 0) };
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
