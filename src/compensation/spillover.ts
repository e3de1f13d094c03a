/** How much light of each dye lands in each detector: observed = true × matrix, as row vectors. */
export interface Spillover {
  /** $PnN of the detectors, in the order of rows and of columns. */
  readonly channels: readonly string[];
  /** n × n, row by row; row = fluorochrome, column = detector; the diagonal is 1 by convention. */
  readonly matrix: Float64Array;
  /** Keyword or file that it was read from. */
  readonly source: string;
  /** ‖S‖₁·‖S⁻¹‖₁; 1 for the identity; the factor by which relative noise may grow. */
  readonly conditionNumber: number;
}

/** A matrix that was read once and travels with a template: plain data, names as written. */
export interface FrozenSpillover extends Omit<Spillover, 'matrix'> {
  readonly matrix: readonly number[];
}

/** What the reading rooms know of a parameter: its number from 1, its $PnN, its $PnS. */
export interface ParameterName {
  readonly index: number;
  readonly name: string;
  readonly stain: string | undefined;
}

/** A matrix as it was written: names not yet matched to the file's parameters. */
export interface WrittenMatrix {
  readonly names: readonly string[];
  readonly matrix: Float64Array;
}
