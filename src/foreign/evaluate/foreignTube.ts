import type { FcsParameter } from '../../fcs/index.ts';

/** What evaluating gates of another program needs of a file. */
export interface ForeignTube {
  readonly eventCount: number;
  readonly parameters: readonly FcsParameter[];
  readonly keywords: ReadonlyMap<string, string>;
  /** The matrix that the file itself carries; undefined where it carries none. */
  readonly fileMatrix: { readonly channels: readonly string[]; readonly matrix: ArrayLike<number> } | undefined;
  /** Why the matrix that the file carries cannot be used; undefined where it can, or there is none. */
  readonly matrixFault?: string | undefined;
  /** Values of a channel, channels of log amplifiers made linear, gain not applied; a column of its own. @param name $PnN */
  column(name: string): Float64Array;
}
