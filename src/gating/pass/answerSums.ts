import { answerer } from '../answerer.ts';
import type { CountAnswers, Intensity } from '../answers.ts';
import type { GateContext } from '../gateContext.ts';
import { quartilesOf } from '../intensityQuartiles.ts';
import type { CountQuestions, IntensityQuestion } from '../questions.ts';
import type { RowsOf } from './blockContext.ts';

/** What is asked beside the tree, added up block by block. */
export interface AnswerSums {
  add(context: GateContext, rowsOf: RowsOf): void;
  answers(): CountAnswers;
}

export function answerSums(questions: CountQuestions): AnswerSums {
  const answersOn = answerer({ ...questions, intensities: [] });
  const staining = questions.intensities.map(gathered);
  let sums: CountAnswers | undefined;
  return {
    add(context, rowsOf) {
      const found = answersOn(context);
      sums = sums === undefined ? found : sumOf(sums, found);
      for (const one of staining) one.add(rowsOf);
    },
    answers: () => ({
      draws: sums?.draws ?? [],
      profiles: sums?.profiles ?? [],
      others: sums?.others ?? [],
      overlaps: sums?.overlaps ?? [],
      intensities: staining.map((one) => one.intensity()),
    }),
  };
}

/** A gate without a place has none in any block. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function sumOf(a: CountAnswers, b: CountAnswers): CountAnswers {
  return {
    intensities: [],
    draws: a.draws.map((one, i) => ({ ...one, counts: one.counts.map((n, d) => plus(n, b.draws[i]!.counts[d]!)) })),
    profiles: a.profiles.map((one, i) => ({ ...one, counts: one.counts.map((n, k) => n + b.profiles[i]!.counts[k]!) })),
    others: a.others.map((one, i) => ({ ...one, count: plus(one.count, b.others[i]!.count) })),
    overlaps: a.overlaps.map((one, i) => ({ ...one, count: plus(one.count, b.overlaps[i]!.count) })),
  };
}

/** Quartiles need the values of all blocks: only of the populations and markers that are asked for. */
function gathered({ population, marker, channel }: IntensityQuestion): {
  add(rowsOf: RowsOf): void;
  intensity(): Intensity;
} {
  let values = new Float64Array(0);
  let count = 0;
  let isPlaced = false;
  return {
    add(rowsOf) {
      const rows = rowsOf(population);
      if (rows === undefined || channel === null) return;
      isPlaced = true;
      if (rows.count === 0) return;
      const { values: own } = rows.column(channel);
      if (values.length < count + rows.count) {
        const grown = new Float64Array(2 * (count + rows.count));
        grown.set(values.subarray(0, count));
        values = grown;
      }
      for (let e = 0; e < rows.count; e++) {
        const value = own[e]!;
        if (Number.isFinite(value)) values[count++] = value;
      }
    },
    intensity: () => {
      const quartiles = isPlaced ? quartilesOf(values.subarray(0, count)) : null;
      return { population, marker, channel, ...(quartiles ?? { n: null, median: null, p25: null, p75: null }) };
    },
  };
}
