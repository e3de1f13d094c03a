import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import type { TubeDecision, TubeLook } from '../tube/index.ts';

/** A tube as its file shows it, with what the sheet says of it. */
export interface ComparedTube
  extends Pick<
    Tube,
    'sampleId' | 'subject' | 'visit' | 'visitIndex' | 'panel' | 'role' | 'batch' | 'date' | 'excluded'
  > {
  readonly look: TubeLook;
}

/** One thing that is unlike, in one tube or in many. */
export interface Finding {
  /** Ascending. */
  readonly sampleIds: readonly string[];
  /** In few words, for a table: `CD24 and CD38 on exchanged channels`. */
  readonly words: string;
  /** Said of each of the tubes, whose file and id are put to it. */
  readonly problem: Problem;
  /** True: these tubes take no further part, since no number of theirs would mean what it says. */
  readonly isRefused: boolean;
}

/** What a comparison decides of some tubes; the rest is as each tube's own file has it. */
export type DecisionParts = ReadonlyMap<string, Partial<Omit<TubeDecision, 'sha256'>>>;

export interface Compared {
  readonly findings: readonly Finding[];
  readonly decisions: DecisionParts;
  /** Name of another comparison -> tubes of which its findings say nothing, as this one shows. */
  readonly moot?: Readonly<Record<string, readonly string[]>>;
}

/** What study and template allow that would else be found fault with. */
export interface LikenessRules {
  /** What is made of the same events in two rows: in a study they are refused, unless it says that reruns are meant. */
  readonly sameEvents: 'refused' | 'warned' | 'noted';
  /** Panel -> markers that only some of its tubes need have, and yet be compared. */
  readonly allowUnlikeMarkers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One question that is asked of all tubes together. */
export interface Comparison {
  /** As in reports: `matrix`, `same events`. */
  readonly name: string;
  /** One sentence: what is compared, and what an unlike tube would spoil. */
  readonly summary: string;
  /** @param tubes every tube that could be read, ascending by sample_id, controls and excluded ones too */
  compare(tubes: readonly ComparedTube[], rules: LikenessRules): Compared;
}
