/** One stained or unstained control as numbers: all columns of one length, linear, not compensated. */
export interface ControlEvents {
  /** By $PnN: the detectors that the matrix is to have, and others in which the dye may be brighter. */
  readonly detectors: ReadonlyMap<string, Float64Array>;
  /** From which value on a detector measures nothing any more; Infinity where that is not known. */
  readonly limits: ReadonlyMap<string, number>;
  /** Forward and side scatter; undefined where the file has no such pair. */
  readonly scatter: readonly [forward: Float64Array, side: Float64Array] | undefined;
  /** Pulse area and height of forward scatter; undefined where the file has not both. */
  readonly pulse: readonly [area: Float64Array, height: Float64Array] | undefined;
}

/** The column of a detector. Throws for one that the control lacks: its reader looked. */
export function columnOf({ detectors }: Pick<ControlEvents, 'detectors'>, name: string): Float64Array {
  const column = detectors.get(name);
  if (column === undefined) throw new Error(`the control has no detector "${name}"`);
  return column;
}

/** Values of some events, ascending. */
export function sortedOf(column: Float64Array, events: ArrayLike<number>): Float64Array {
  return Float64Array.from(events, (event) => column[event]!).sort();
}
