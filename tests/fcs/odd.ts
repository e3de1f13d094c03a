import type { FcsReadingOptions } from '../../src/fcs/index.ts';
import type { ProblemCode } from '../../src/problems/index.ts';
import type { Rows } from './soundFiles.ts';

/** One made file with a fault (or a rare right), and what should become of it. */
export interface Odd {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** Every code that is raised, without `fcs.`; empty: the standard allows it, and nothing is said. */
  readonly codes: readonly Suffix[];
  /** The stored values, or undefined where the file must be refused. */
  readonly values: Rows | undefined;
  readonly options?: FcsReadingOptions;
}

type Suffix = ProblemCode extends infer Code ? (Code extends `fcs.${infer Rest}` ? Rest : never) : never;
