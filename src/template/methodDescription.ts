import type { z } from 'zod';
import type { Combination } from './combination.ts';

/** A name that a gate's settings hold, with the keys that lead to it in the YAML of the gate. */
export interface NamedUse {
  readonly name: string;
  readonly keys: readonly (string | number)[];
}

/** What the template must know of a gate method to check a file: handed in, so that this room imports no method. */
export interface MethodDescription {
  readonly name: string;
  /** The method's own keys of a gate: everything but `method`, `units`, `pool`, `align`, `if_absent`. */
  readonly settings: z.ZodType<Record<string, unknown>>;
  /**
   * True where the settings hold coordinates, so that `units` must be given; a function where that depends on them
   * (a quadrant's cut may be two numbers or the name of a rule).
   */
  readonly hasCoordinates: boolean | ((settings: Record<string, unknown>) => boolean);
  /** True where the gate cannot do without `align`. */
  readonly needsAlignment: boolean;
  /** The markers that these settings look at, in the order of the gate's dimensions. */
  markers(settings: Record<string, unknown>): readonly NamedUse[];
  /** Other populations that these settings name. */
  populations(settings: Record<string, unknown>): readonly NamedUse[];
  /** Control tubes without which the gate has no place. */
  controls?(settings: Record<string, unknown>): readonly ControlUse[];
  /** Of a gate that combines populations: how, and under which keys that stands. Its names are no others of `populations`. */
  combination?(settings: Record<string, unknown>): CombinationUse | undefined;
}

/** A kind of control tube that a gate takes its place from. */
export interface ControlUse {
  /** As the column `role` of a sheet has it. */
  readonly role: string;
  readonly keys: readonly (string | number)[];
}

export interface CombinationUse {
  readonly combination: Combination;
  readonly keys: readonly (string | number)[];
}

/** Gate methods and alignment methods by name. */
export interface TemplateRegistry {
  readonly gates: ReadonlyMap<string, MethodDescription>;
  readonly alignments: ReadonlyMap<string, MethodDescription>;
}
