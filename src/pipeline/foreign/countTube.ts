import {
  type ConcordanceRow,
  compareMatrices,
  concordance,
  countForeign,
  type ForeignGating,
  type ForeignSample,
  matchSample,
} from '../../foreign/index.ts';
import type { TubeCounts } from '../../gating/index.ts';
import { type Problem, problem, type Reading } from '../../problems/index.ts';
import type { Tube } from '../../study/index.ts';
import { withForeignTube } from '../../tube/index.ts';

/** A tube counted by gates of another program. */
export interface CountedTube {
  readonly sample: ForeignSample;
  readonly counts: TubeCounts;
  readonly concordance: readonly ConcordanceRow[];
  readonly bytes: number;
  readonly sha256: string;
  readonly cytometer: string;
}

export interface CountWishes {
  readonly membership: boolean;
  /** Also by the rules of the program that drew the gates. */
  readonly concordance: boolean;
}

/** Finds the tube's sample among the gates and counts it; exactly, and where it is wished by the program's rules too. */
export function countTube(tube: Tube, gating: ForeignGating, wishes: CountWishes): Reading<CountedTube> {
  const { sampleId, displayPath: file } = tube;
  return withForeignTube(tube, (opened) => {
    const where = { file, sampleId };
    const facts = { ...opened.tube, name: file.split('/').at(-1) ?? file };
    const { sample, problems } = matchSample(gating, facts, where);
    if (sample === undefined) return { value: undefined, problems };
    const exact = countForeign(gating, sample, opened.tube, { ...wishes, sampleId, file, rules: 'exact' });
    const matrix = gating.format === 'flowjo' ? compareMatrices(sample, opened.tube) : undefined;
    const found: readonly Problem[] = [
      ...problems,
      ...exact.problems,
      ...(matrix === undefined ? [] : [problem('note', 'import.matrix-differs', matrix, where)]),
    ];
    const rows = wishes.concordance
      ? concordance({
          sampleId,
          sample,
          exact: exact.counts,
          flowjo: countForeign(gating, sample, opened.tube, { membership: false, sampleId, file, rules: 'flowjo' })
            .counts,
          isOtherMatrix: matrix !== undefined,
        })
      : [];
    const { bytes, sha256, cytometer } = opened;
    return { value: { sample, counts: exact.counts, concordance: rows, bytes, sha256, cytometer }, problems: found };
  });
}
