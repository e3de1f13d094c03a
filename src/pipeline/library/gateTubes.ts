import type { FcsReadingOptions } from '../../fcs/index.ts';
import type { Frequency } from '../../frequencies/index.ts';
import type { PlacementBook } from '../../gating/index.ts';
import type { Reading } from '../../problems/index.ts';
import { gateQuestion, gateResults } from '../gate.ts';
import { inMemory, type LibraryOptions } from './inMemory.ts';

export interface TubesQuestion extends LibraryOptions {
  /** Path of a template, or `shipped:NAME`. */
  readonly template: string;
  /** Paths of FCS files; they are placed together, as one pool. */
  readonly files: readonly string[];
  /** How a file is read that leaves a choice; holds for every file. */
  readonly reading?: FcsReadingOptions;
}

export interface GatedTubes {
  /** The rows of frequencies.csv: tubes in the order of the files, populations in tree order. */
  readonly frequencies: readonly Frequency[];
  /** Where every gate lies in every tube: placements.json. */
  readonly placements: PlacementBook;
  /** sampleId -> population -> 1 for each event inside, in file order; empty unless asked for. */
  readonly membership: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

/**
 * Gates tubes as `cytopair gate` does, and gives the results back instead of writing them. A tube that fails has rows of
 * status `failed` and its problems; the others are complete.
 * @returns undefined, with the reasons, where template or files cannot be used at all
 */
export async function gateTubes(
  question: TubesQuestion & { readonly membership?: boolean },
): Promise<Reading<GatedTubes>> {
  const { value: asked, problems } = gateQuestion(question.template, question.files, question.reading ?? {});
  if (asked === undefined) return { value: undefined, problems };
  const results = await inMemory(question, asked.tubes.length, (how) => gateResults(asked, how));
  const { walked, frequencies } = results.gated;
  const [panel] = walked.panels;
  if (panel === undefined) throw new Error('a question of one template has one panel');
  const membership = new Map(
    walked.tubes.flatMap(({ tube, counts }) => {
      const columns = counts?.membership ?? null;
      if (columns === null) return [];
      const paths = panel.template.populations.map(({ path }) => path);
      return [[tube.sampleId, new Map(paths.map((path, i) => [path, columns[i]!]))] as const];
    }),
  );
  return { value: { frequencies, placements: panel.book, membership }, problems: [...problems, ...results.problems] };
}
