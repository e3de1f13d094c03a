import type { ForeignSample } from '../../foreign/index.ts';

/** Several samples with the same gates, and the template that they make. */
export interface SampleTemplate {
  readonly name: string;
  /** False for gates that the first template of the same samples cannot hold beside its own. */
  readonly isFirst: boolean;
  readonly samples: readonly ForeignSample[];
  readonly text: string;
  readonly matrix: string | undefined;
  readonly left: readonly { readonly path: string; readonly why: string }[];
}
