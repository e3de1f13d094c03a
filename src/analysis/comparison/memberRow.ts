import type { Endpoint, Family } from '../analysisInput.ts';
import type { GateDraws } from '../stability/gateDraws.ts';
import type { Adjusted } from './adjusted.ts';
import type { EndpointAnalysis } from './analyses.ts';
import type { Evaluation } from './evaluate.ts';

/** One endpoint of a family with all that its row is made of. */
export interface MemberRow {
  readonly family: Family;
  readonly endpoint: Endpoint;
  readonly analysis: EndpointAnalysis;
  readonly adjusted: Adjusted;
  /** Whether the two-sided test of the rise, adjusted in its own family, was passed; only for a transient question. */
  readonly riseShown: boolean | undefined;
  /** What plausible gates make of the planned analysis; undefined where none were drawn. */
  readonly gate: GateDraws | undefined;
  /** Border along the profile at which the verdict turns, in u from the core. */
  readonly tippingPoint: number | null;
  /** The planned analysis of the endpoint. */
  readonly planned: Evaluation | undefined;
  /** Whether the planned analysis shows what it asks. */
  readonly isPlannedShown: boolean;
}
