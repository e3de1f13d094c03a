import type { CodeEntry } from '../codeEntry.ts';

/** Codes of what is seen only where the tubes of a study are laid side by side. */
export const likenessCodes = {
  'study.same-events': {
    says: 'two tubes of the study hold the same events, though they are to be different measurements',
    hint: 'check which file belongs to which row; for a rerun that is meant, write "allow_same_file: true" in the study',
  },
  'study.date-order': {
    says: 'the day of acquisition in a file contradicts the order of the visits or the date in the sheet',
    hint: 'check which file belongs to which row; cells that were frozen and run on one day contradict nothing',
  },
  'study.exchanged-markers': {
    says: 'two markers stand on exchanged channels in a tube, and its values do not show that the stains are exchanged too',
    hint: 'correct the names in the acquisition or with "channel:" in a template of its own; until then the tube is left out',
  },
  'study.unlike-channel': {
    says: 'a marker is on another channel than in most tubes of the panel',
    hint: 'ask whether panel or instrument changed: another dye has another brightness and another spillover',
  },
  'study.unlike-markers': {
    says: 'an optional marker is absent in some tubes of a panel; populations that need it mean something else there',
    hint: 'if it is only named otherwise, add an alias to the template; "unlike: allow" of the marker compares all the same',
  },
  'study.uncompensated-tube': {
    says: 'some tubes of a panel are compensated and others are not, so that their populations are not the same',
    hint: 'name a matrix for these tubes in study.yaml or the template; until then they are left out',
  },
  'study.transposed-matrix': {
    says: 'the matrix of a tube is that of the other tubes with rows and columns exchanged',
    hint: 'rows are fluorochromes, columns detectors; export it anew, until then the tube is left out',
  },
  'study.unlike-matrix': {
    says: 'the matrix of a tube is clearly another one than that of the other tubes of its panel',
    hint: 'check that it is of this experiment; matrices of two days differ by a few percent of light',
  },
  'study.unlike-range': {
    says: 'the range of channels ($PnR) is another one than in most tubes of the panel',
    hint: 'ask whether these tubes were acquired on another instrument or exported otherwise',
  },
  'study.other-range': {
    says: 'the range of channels ($PnR) is another one than in most tubes, and the values follow neither',
    hint: 'export the tubes of both kinds in the same way; until then these are left out',
  },
  'study.unlike-values': {
    says: 'the values of all channels together lie elsewhere than in the other tubes of the panel',
    hint: 'ask whether gain, export or instrument changed: no biology moves all channels alike',
  },
  'study.unlike-channel-values': {
    says: 'the values of a channel lie elsewhere than in the other tubes of the panel, dim and bright ones alike',
    hint: 'ask whether voltage, gain, filter or stain of this channel changed: cells that come or go move its bright part alone',
  },
  'study.unlike-setting': {
    says: 'voltage or gain of a detector differ from those of the other tubes of the same instrument',
    hint: 'a population that lies on this channel may move for that reason alone',
  },
  'study.unlike-instrument': {
    says: 'tubes of one panel were acquired on different cytometers',
    hint: 'compare subjects within one instrument, or show with bridging controls that the two agree',
  },
  'study.lost-pairs': {
    says: 'subjects have tubes at both visits of a comparison, and one of them cannot be used',
    hint: 'repair the tubes that are named; nothing is filled in',
  },
} as const satisfies Record<string, CodeEntry>;
