import type { Comparison } from './comparison.ts';
import { acquisitionDates } from './comparisons/acquisitionDates.ts';
import { channelValues } from './comparisons/channelValues.ts';
import { compensationState } from './comparisons/compensationState.ts';
import { detectorSettings } from './comparisons/detectorSettings.ts';
import { instruments } from './comparisons/instruments.ts';
import { markerChannels } from './comparisons/markerChannels.ts';
import { markersPresent } from './comparisons/markersPresent.ts';
import { matrices } from './comparisons/matrices.ts';
import { ranges } from './comparisons/ranges.ts';
import { sameEvents } from './comparisons/sameEvents.ts';
import { values } from './comparisons/values.ts';
import { valuesScale } from './comparisons/valuesScale.ts';

/** Every question that is asked of the tubes of a study together, in the order of the report. */
export const comparisons: readonly Comparison[] = [
  sameEvents,
  acquisitionDates,
  markerChannels,
  markersPresent,
  compensationState,
  valuesScale,
  matrices,
  ranges,
  values,
  channelValues,
  detectorSettings,
  instruments,
];
