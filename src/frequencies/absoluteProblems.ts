import { andMore, type Problem, problem } from '../problems/index.ts';
import type { AbsoluteRule } from './cellsPerUl.ts';
import type { Frequency } from './frequency.ts';

/** Named tubes in one message; the rest are counted. */
const NAMED = 8;

/**
 * Tubes that study.yaml wants in cells per µL and that have none, in one warning: a patient with one such tube would
 * leave those comparisons, and a reader must know why.
 */
export function absoluteProblems(
  frequencies: readonly Frequency[],
  rule: AbsoluteRule | undefined,
): readonly Problem[] {
  if (rule === undefined) return [];
  const read = frequencies.filter(({ role, status }) => role === 'sample' && status === 'ok');
  const counted = new Set(read.flatMap(({ sampleId, cellsPerUl }) => (cellsPerUl === null ? [] : [sampleId])));
  const all = [...new Set(read.map(({ sampleId }) => sampleId))];
  const without = all.filter((sampleId) => !counted.has(sampleId)).sort();
  if (without.length === 0) return [];
  const names = without.map((sampleId) => `"${sampleId}"`);
  const message = `${without.length} of ${all.length} tubes have no cells per µL: ${andMore(names, NAMED)}`;
  return [problem('warning', 'stats.no-cells-per-ul', message, {}, hintFor(rule))];
}

function hintFor(rule: AbsoluteRule): string {
  switch (rule.method) {
    case 'dual':
      return `fill in the column "${rule.column}" of the sheet`;
    case 'beads':
      return `fill in beads_added and blood_ul of the sheet, and check that "${rule.of}" holds the beads`;
    case 'volumetric':
      return 'the files have no $VOL: fill in blood_ul of the sheet';
    default:
      return rule satisfies never;
  }
}
