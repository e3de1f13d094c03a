import type { FcsFile } from '../fcs/index.ts';
import type { Reading, Where } from '../problems/index.ts';
import { type MarkerMap, resolveMarkers, type Template } from '../template/index.ts';

/** Which channel of a tube holds which marker. */
export type TubeChannels = MarkerMap;

/** The markers of a template among a file's channels; every fault of naming at once. */
export function tubeChannels(template: Template, file: FcsFile, where: Where): Reading<TubeChannels> {
  const parameters = file.parameters.map(({ index, name, stain }) => ({ index, name, stain: stain ?? '' }));
  return resolveMarkers(template, parameters, where);
}
