import type { Mode } from '../samples/composition.ts';
import type { PlacingName } from './placings.ts';
import type { RunRecord } from './records.ts';
import { FIRST_SEED, runIds, type Size } from './runs.ts';

/** The record of a run, where it was done. */
export type Find = (id: string) => RunRecord | undefined;

export const TRANSITIONAL = 'CD24hiCD38hi';
export const MEMORY_REG = 'CD27+CD38lo-CD24hi';
/** The two subsets of the trial, with the words of the tables. */
export const subsets = [
  { name: TRANSITIONAL, words: 'transitional' },
  { name: MEMORY_REG, words: 'memory-regulatory' },
] as const;

/** Cohorts with the true effect, by mode. */
export type Effects = Readonly<Record<Mode, readonly RunRecord[]>>;

export function effectsByMode(find: Find, size: Size): Effects {
  const of = (mode: Mode) => onRecord(seeds(size.effect).map((seed) => find(runIds.effect(mode, seed))));
  return { islands: of('islands'), hard: of('hard'), ridge: of('ridge'), lupus: of('lupus') };
}

export function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, i) => FIRST_SEED + i);
}

export function onRecord(records: readonly (RunRecord | undefined)[]): RunRecord[] {
  return records.filter((record) => record !== undefined);
}

/** A figure of one population under one placing: one a record that has it; ratio is the fold shown over the true one. */
export function values(
  records: readonly RunRecord[],
  placing: PlacingName,
  population: string,
  of: 'f1' | 'r' | 'ratio',
): number[] {
  return records.flatMap((record) => {
    const figures = record.by[placing]?.[population];
    if (!figures) return [];
    if (of !== 'ratio') return figures[of] === null ? [] : [figures[of]];
    return figures.shownFold === null || figures.trueFold === null ? [] : [figures.shownFold / figures.trueFold];
  });
}
