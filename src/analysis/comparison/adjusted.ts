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
