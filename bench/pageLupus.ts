import { counted } from '../src/problems/index.ts';
import { mean } from './figures.ts';
import { type Effects, type Find, MEMORY_REG, onRecord, seeds, TRANSITIONAL, values } from './onRecord.ts';
import { addedByShift, shiftedCohorts } from './pageShifts.ts';
import type { PlacingName } from './placings.ts';
import type { RunRecord } from './records.ts';
import { runIds, type Size } from './runs.ts';
import { isMet, meanAndWorst, meanRatio, ratioWords, table } from './tables.ts';

/** What is asked of the lupus-like cohorts beyond the tables of all modes. */
export function lupus(find: Find, size: Size, { lupus: records }: Effects): string {
  const rows = [
    ...effectRows(records),
    stainRow(find, size),
    activatedRow(find, size),
    noRidgeRow(find, size, records),
    ...(['ridge', 'lupus'] as const).map((mode) => blankRow(find, size, mode)),
  ];
  const head = [
    'seed',
    'labels change at',
    'F1, k = .5',
    'F1 at the labels',
    'r',
    'shown ÷ true, k = .5',
    'at the labels',
    'per tube / fixed',
    'mem-reg F1',
    'mem-reg shown ÷ true',
    'flags of the study; tubes `ridge_heavy`',
  ];
  return `## 4 Lupus

*At the labels*: the border at the share of the ridge where the labels of the cohort change, which no lab knows;
under the usual k = .5 the gate means another population when the labels change elsewhere, and F1 says so. Memory-regulatory by valley / by reference.

${table(['', 'bar', 'measured', 'met'], rows)}
Each cohort under the true effect:

${table(head, records.map(cohortRow))}`;
}

function effectRows(records: readonly RunRecord[]): string[][] {
  const met = (isGood: boolean) => isMet(records.length === 0 ? undefined : isGood);
  const labelled = values(records, 'as_labelled', TRANSITIONAL, 'f1');
  const memory = values(records, 'recipe', MEMORY_REG, 'f1');
  const memoryFold = meanRatio(values(records, 'recipe', MEMORY_REG, 'ratio'));
  const fold = meanRatio(values(records, 'recipe', TRANSITIONAL, 'ratio'));
  const foldAtLabels = meanRatio(values(records, 'as_labelled', TRANSITIONAL, 'ratio'));
  const silent = records.filter((record) => foldOf(record) < 0.7 && record.flags.length === 0 && heavy(record) === 0);
  return [
    ['transitional F1 at the labels, mean (worst)', '≥ .70', meanAndWorst(labelled), met(mean(labelled) >= 0.7)],
    ['memory-regulatory F1 by valley, mean (worst)', '≥ .97', meanAndWorst(memory), met(mean(memory) >= 0.97)],
    ['memory-regulatory shown ÷ true', '≥ .98', ratioWords(memoryFold), met((memoryFold?.mean ?? 0) >= 0.98)],
    ['transitional shown ÷ true, k = .5', '≥ .90 on the mean', ratioWords(fold), met((fold?.mean ?? 0) >= 0.9)],
    ['the same at the labels', '', ratioWords(foldAtLabels), ''],
    ['cohorts below .70 without a flag', '0', String(silent.length), met(silent.length === 0)],
  ];
}

function foldOf(record: RunRecord): number {
  return values([record], 'recipe', TRANSITIONAL, 'ratio')[0] ?? 1;
}

function activatedRow(find: Find, size: Size): string[] {
  const ratios = seeds(size.effect).flatMap((seed) => {
    const [flat, falling] = [find(runIds.activated(seed, 0.1)), find(runIds.activated(seed, 0.03))];
    return flat && falling ? [foldOf(falling) / foldOf(flat)] : [];
  });
  const ratio = meanRatio(ratios);
  const isGood = ratio && Math.abs(Math.log(ratio.mean)) <= Math.log(1.05);
  return ['activated naive 10 → 3 % of B at M1, against 10 % flat', '× .95–1.05', ratioWords(ratio), isMet(isGood)];
}

function stainRow(find: Find, size: Size): string[] {
  const added = addedByShift(shiftedCohorts(find, size, 'lupus', 'up, up'), TRANSITIONAL);
  const isGood = added && Math.abs(Math.log(added.mean)) <= Math.log(1.05);
  return ['stain +.3, +.3 against none, same cells', '× .95–1.05', ratioWords(added), isMet(isGood)];
}

function noRidgeRow(find: Find, size: Size, records: readonly RunRecord[]): string[] {
  const still = onRecord(seeds(size.shift.lupus).map((seed) => find(runIds.shift('lupus', seed, 'none'))));
  const all = [...records, ...still];
  const found = all.filter(({ flags }) => flags.includes('no_ridge')).length;
  return ['false `no_ridge`', '0', `${found} of ${all.length}`, isMet(all.length === 0 ? undefined : found === 0)];
}

function blankRow(find: Find, size: Size, mode: 'ridge' | 'lupus'): string[] {
  const pairs = seeds(size.effect).flatMap((seed) => {
    const [without, withIt] = [find(runIds.blank(mode, seed)), find(runIds.effect(mode, seed))];
    return without && withIt ? [{ without, withIt }] : [];
  });
  const label = `without IgD, ${mode} (${pairs.length}): change of F1, of shown ÷ true`;
  if (pairs.length === 0) return [label, 'within .03', '–', isMet(undefined)];
  const f1Of = (record: RunRecord) => values([record], 'recipe', TRANSITIONAL, 'f1')[0] ?? 0;
  const f1 = mean(pairs.map(({ without, withIt }) => f1Of(without) - f1Of(withIt)));
  const fold = mean(pairs.map(({ without, withIt }) => foldOf(without) - foldOf(withIt)));
  const isGood = Math.abs(f1) <= 0.03 && Math.abs(fold) <= 0.03;
  return [label, 'within .03', `${f1.toFixed(3)}, ${fold.toFixed(3)}`, isMet(isGood)];
}

function cohortRow(record: RunRecord): string[] {
  const one = (placing: PlacingName, of: 'f1' | 'r' | 'ratio', name: string = TRANSITIONAL) =>
    values([record], placing, name, of)[0]?.toFixed(3) ?? '–';
  const flags = record.flags.map((flag) => `\`${flag}\``);
  return [
    record.id.split(' ').at(-1) ?? '',
    record.maturityBorder.toFixed(2),
    one('recipe', 'f1'),
    one('as_labelled', 'f1'),
    one('recipe', 'r'),
    one('recipe', 'ratio'),
    one('as_labelled', 'ratio'),
    `${one('per_tube', 'ratio')} / ${one('fixed', 'ratio')}`,
    `${one('recipe', 'f1', MEMORY_REG)} / ${one('as_labelled', 'f1', MEMORY_REG)}`,
    one('recipe', 'ratio', MEMORY_REG),
    [...flags, counted(heavy(record), 'tube')].join(', '),
  ];
}

function heavy({ tubeFlags }: RunRecord): number {
  return tubeFlags.ridge_heavy ?? 0;
}
