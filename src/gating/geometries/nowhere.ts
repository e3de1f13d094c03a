import type { GeometryKind } from '../geometryKind.ts';

/** The gate could not be placed; the flags say why. */
export interface Nowhere {
  readonly kind: 'none';
}

/** Nobody is inside, and that is no count of 0. */
export const nowhere: GeometryKind<Nowhere> = {
  members: () => null,
  axes: () => [],
  needsOwnFrame: () => false,
  onChannels: (gate) => gate,
  sides: () => undefined,
  moved: (gate) => gate,
  edges: () => [],
  handles: () => [],
  outline: () => [],
};
