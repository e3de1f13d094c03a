import type { ForeignSample } from '../../foreign/index.ts';

/** Several samples with the same gates, and the template that they make. */
export interface SampleTemplate {
  readonly name: string;
  readonly samples: readonly ForeignSample[];
  readonly text: string;
  readonly matrix: string | undefined;
  readonly left: readonly { readonly path: string; readonly why: string }[];
}
