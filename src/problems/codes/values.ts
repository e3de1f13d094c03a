import type { CodeEntry } from '../codeEntry.ts';

/** Codes of the scale on which files keep their values. */
export const valuesCodes = {
  'values.display-scale': {
    says: 'the values of a file are coordinates of a display (channels, logicle, arcsinh), not linear light; the tube is left out',
    hint: 'export linear values, or name the scale in the template ("values:"), or write "values: linear" if they are linear',
  },
  'values.perhaps-display-scale': {
    says: 'the values of a file may be coordinates of a display; they are read as linear',
    hint: 'write "values: linear" in the template if they are, or the scale on which they stand',
  },
  'values.taken-as-compensated': {
    says: 'the values stand on a display scale that the template names: its matrix is not applied to them',
    hint: 'nothing to do where the axis showed compensated values, as it nearly always does',
  },
  'values.beyond-scale': {
    says: 'the values of a file do not fit the display scale that the template or study.yaml names for them; left out',
    hint: 'give the number of channels or the unit of the scale, and with "only" the channels that stand on it',
  },
} as const satisfies Record<string, CodeEntry>;
