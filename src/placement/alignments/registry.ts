import type { AlignmentMethod } from './alignmentMethod.ts';
import { ridge } from './ridge.ts';

/** Every way to align tubes; a new one is a file and a line here. */
const methods: readonly AlignmentMethod[] = [ridge];

export const alignmentMethods: ReadonlyMap<string, AlignmentMethod> = new Map(methods.map((one) => [one.name, one]));
