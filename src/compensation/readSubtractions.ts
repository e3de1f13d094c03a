import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { parseNumber } from './parseNumber.ts';
import type { ParameterName, WrittenMatrix } from './spillover.ts';

/**
 * Reads $DFCmTOn (FCS 2.0): the percentage of dye m that was to be subtracted from dye n, one keyword a pair.
 * Coulter's files count fluorescence channels (1 = FL1, behind FS and SS), in linear and logarithmic parameters alike;
 * where no parameter is named FLm, m is the number of the parameter.
 * @returns value undefined without a problem where there is no such keyword, or all are 0
 */
export function readSubtractions(
  keywords: ReadonlyMap<string, string>,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<WrittenMatrix> {
  const problems: Problem[] = [];
  const fractions = new Map<string, number>();
  for (const [keyword, text] of keywords) {
    const pair = /^\$DFC(\d+)TO(\d+)$/.exec(keyword);
    if (!pair || Number(pair[1]) === Number(pair[2])) continue;
    const percent = parseNumber(text.trim());
    if (percent === undefined) {
      const message = `${keyword}: "${text.trim()}" is not a number`;
      problems.push(problem('error', 'compensation.spillover-number', message, where));
    } else if (percent !== 0) {
      const places = placesOf(Number(pair[1]), Number(pair[2]), parameters);
      if (places.length === 0) {
        const message = `${keyword} is ${percent} %, but the file has no FL${pair[1]} and FL${pair[2]}`;
        problems.push(problem('error', 'compensation.spillover-unknown-channel', message, where));
      }
      for (const [from, to] of places) fractions.set(`${from} ${to}`, percent / 100);
    }
  }
  if (problems.length > 0 || fractions.size === 0) return { value: undefined, problems };
  const message = `$DFCmTOn: ${fractions.size} percentages to subtract are used as spillover, to the first order`;
  problems.push(problem('note', 'compensation.spillover-first-order', message, where));
  return { value: matrixOf(fractions, parameters), problems };
}

/** Positions (from 0) of the parameters that dyes m and n stand for: one pair for each kind of signal that has both. */
function placesOf(m: number, n: number, parameters: readonly ParameterName[]): (readonly [number, number])[] {
  const signal = parameters.map(({ name }) => /^FL0*(\d+)(?!\d)(.*)$/i.exec(name));
  if (signal.every((match) => match === null)) {
    return m >= 1 && n >= 1 && m <= parameters.length && n <= parameters.length ? [[m - 1, n - 1]] : [];
  }
  return signal.flatMap((from, i) =>
    signal.flatMap((to, j): (readonly [number, number])[] =>
      from && to && Number(from[1]) === m && Number(to[1]) === n && from[2] === to[2] ? [[i, j]] : [],
    ),
  );
}

function matrixOf(fractions: ReadonlyMap<string, number>, parameters: readonly ParameterName[]): WrittenMatrix {
  const involved = new Set([...fractions.keys()].flatMap((key) => key.split(' ').map(Number)));
  const kept = [...involved].sort((a, b) => a - b);
  const cell = (i: number, j: number): number => (i === j ? 1 : (fractions.get(`${i} ${j}`) ?? 0));
  return {
    names: kept.map((i) => parameters[i]?.name ?? ''),
    matrix: Float64Array.from(kept.flatMap((i) => kept.map((j) => cell(i, j)))),
  };
}
