import type { Endpoint, Family } from '../analysisInput.ts';
import type { EndpointAnalysis } from './analyses.ts';

/** What adjusting over the family made of one member. */
export interface Adjusted {
  readonly familySize: number;
  readonly pAdj: number | null;
  readonly pAdjBh: number | null;
  /** Null in a family that is not adjusted: nothing is decided there. */
  readonly reject: boolean | null;
  readonly canReject: boolean;
  /** Whether the adjustment rests on random flips. */
  readonly isApproximate: boolean;
}

/** One endpoint of a family with all that its row is made of. */
export interface MemberRow {
  readonly family: Family;
  readonly endpoint: Endpoint;
  readonly analysis: EndpointAnalysis;
  readonly adjusted: Adjusted;
  /** Whether the two-sided test of the rise, adjusted in its own family, was passed; only for a transient question. */
  readonly riseShown: boolean | undefined;
}
