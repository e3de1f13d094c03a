import type { CodeEntry } from '../codeEntry.ts';

/** Codes of compensation and of scales. */
export const compensationCodes = {
  'compensation.no-matrix': {
    says: 'a file that is to be compensated by its own matrix holds none',
    hint: 'name a matrix in the template (compensation: matrix.csv), or say compensation: none',
  },
  'compensation.control-unstained': {
    says: 'a stained control holds next to no event above the unstained one, so that nothing can be measured from it',
    hint: 'check that the right file was named and that the tube was stained; run the control again',
  },
  'compensation.control-weak': {
    says: 'a stained control has few or dim positive events, so that its small coefficients are unsure',
    hint: 'stain beads, or acquire more events; a control must be at least as bright as the tubes',
  },
  'compensation.control-other-channel': {
    says: 'a control is brightest in another detector than the one that the sheet names',
    hint: 'check whether two rows of the sheet are exchanged, or the tube was stained with another dye',
  },
  'compensation.control-off-scale': {
    says: 'a control has events at the upper end of a detector: how bright they are is not known',
    hint: 'run the control again with a lower voltage, and the tubes with the same',
  },
  'compensation.control-contaminated': {
    says: 'a control holds events of another stain: carried over from the tube before, or pipetted in',
    hint: 'run the control again after a wash; the medians hold as long as such events are few',
  },
  'compensation.control-background': {
    says: 'the background that a control is measured from does not go with its stained events',
    hint: 'unstained and stained must be the same kind of particle (cells or beads), treated alike; compare with the matrix of the instrument',
  },
  'compensation.control-empty': {
    says: 'a control shows no population that could be measured, or no background for it',
    hint: 'name an unstained control of the same particles in the sheet (channel: unstained), or one that holds unstained events as well',
  },
  'compensation.control-compensated': {
    says: 'a control was compensated before it was exported, so that it shows no spillover',
    hint: 'export the controls as they were acquired',
  },
  'compensation.control-channel': {
    says: 'a control sheet names a channel that a control does not have, or names one twice',
    hint: 'write in the column channel the $PnN of the detector, `unstained`, or nothing to have it found',
  },
  'compensation.controls-unlike': {
    says: 'controls were acquired with different settings: a matrix of them fits no tube',
    hint: 'use controls of one session, acquired with the voltages of the tubes',
  },
  'compensation.control-missing': {
    says: 'a detector for which the files carry spillover has no control',
    hint: 'a dye that is read there stays uncompensated: add its control, or leave it if the panel does not use it',
  },
  'compensation.matrix-differs': {
    says: 'the measured matrix differs from the one that it is compared with',
    hint: 'see coefficients.csv for each pair; the matrix of the day of the tubes is the right one',
  },
  'scale.range-from-data': {
    says: 'the files state no usable range of a channel, so that it was taken from the values',
    hint: 'check $PnR of the channel',
  },
  'compensation.contradiction': {
    says: 'a file speaks of compensated values, but its values look raw',
    hint: 'decide in the template, or for the tube in study.yaml: "compensation: none", or "{from: file, apply: always}"',
  },
  'compensation.perhaps-compensated': {
    says: 'one sign alone says that the values are compensated; the matrix is applied',
    hint: 'if the values are compensated, write "compensation: none" in the template',
  },
  'compensation.not-told': {
    says: 'no value tells whether a tube was compensated before; its matrix is applied',
    hint: 'if the tubes were exported compensated, write "compensation: none"; "{from: file, apply: always}" ends the question',
  },
  'compensation.applied-again': {
    says: 'a matrix is applied as was written, although the values look compensated already',
    hint: 'if they are, write "compensation: none", or "apply: detect" beside the matrix',
  },
  'compensation.matrix-fits-badly': {
    says: 'values do not go with the matrix: it is of another panel or day, or was applied before',
    hint: 'look at the pairs in the inspection of a tube; name the right matrix, or write "apply: never"',
  },
  'compensation.uncovered-markers': {
    says: 'a matrix has no row for the channel of a marker that the template uses',
    hint: 'give the matrix of the whole panel; nothing to do where the dye spills nowhere',
  },
  'compensation.spillover-condition': {
    says: 'the condition number of the spillover matrix is high: noise grows by up to that factor',
    hint: 'look at pairs of dyes with much mutual spillover; the panel may need another dye',
  },
  'compensation.spillover-conflict': {
    says: 'two keywords of a file hold different spillover matrices',
    hint: 'name the matrix: write "compensation:" with the path of a CSV in the template',
  },
  'compensation.spillover-count': {
    says: 'the number of channels written before a spillover matrix does not fit what follows',
    hint: 'export the tube again, or give the matrix as a CSV',
  },
  'compensation.spillover-decimal-comma': {
    says: 'a spillover matrix is written with decimal commas',
    hint: 'export with decimal points, or give the matrix as a CSV',
  },
  'compensation.spillover-diagonal': {
    says: 'the diagonal of a spillover matrix is not 1',
    hint: 'check how the matrix was normalised; it is used as written',
  },
  'compensation.spillover-duplicate-channel': {
    says: 'a spillover matrix names a channel twice, or one name fits two parameters',
    hint: 'give every row and column its own $PnN',
  },
  'compensation.spillover-exchanged': {
    says: 'a row of a written matrix gives more to another detector than to its own',
    hint: 'check the order and the names of the rows; if it is meant so, write "compensation: {from: FILE, apply: always}"',
  },
  'compensation.spillover-inverse': {
    says: 'a written matrix takes light away where spillover adds it',
    hint: 'write the spillover matrix, not its inverse; if it is meant so, write "compensation: {from: FILE, apply: always}"',
  },
  'compensation.spillover-first-order': {
    says: 'the file holds percentages to subtract ($DFCmTOn), used as spillover to the first order',
    hint: 'compare with the matrix of the instrument, if there is one',
  },
  'compensation.spillover-identity': {
    says: 'the spillover matrix is the identity: nothing to compensate, or compensated before the export',
    hint: 'check whether the tube was exported compensated',
  },
  'compensation.spillover-large': {
    says: 'a dye spills more into another detector than it gives in its own',
    hint: 'check the order of the dyes, and whether rows and columns are exchanged',
  },
  'compensation.spillover-names': {
    says: 'the names of a spillover matrix were matched to the parameters by something other than $PnN',
    hint: 'check the pairs; nothing to do if they are right',
  },
  'compensation.spillover-number': {
    says: 'a cell of a spillover matrix is not a number',
    hint: 'write numbers with a decimal point',
  },
  'compensation.spillover-percent': {
    says: 'a spillover matrix is written in percent; it was divided by 100',
    hint: 'check one value against the instrument',
  },
  'compensation.spillover-shape': {
    says: 'a table is not a square spillover matrix with channel names',
    hint: 'first row: channel names; then one row a fluorochrome, in the first column its name (optional)',
  },
  'compensation.spillover-singular': {
    says: 'the spillover matrix cannot be solved',
    hint: 'check the matrix: two rows may be equal',
  },
  'compensation.spillover-transposed': {
    says: 'the values fit the matrix with rows and columns exchanged',
    hint: 'a row is a fluorochrome, a column a detector: turn the table; "apply: always" uses it as it stands',
  },
  'compensation.spillover-unknown-channel': {
    says: 'a spillover matrix names a channel that the file does not have',
    hint: 'name the parameters as the file does in $PnN',
  },
  'compensation.spillover-unused': {
    says: 'a further keyword holds another spillover matrix, which is not used',
    hint: 'give the matrix as a CSV if the other one was meant',
  },
  'compensation.spillover-vendor-keyword': {
    says: 'the spillover matrix stands in a keyword that no standard knows',
    hint: 'nothing to do if the matrix is right',
  },
} as const satisfies Record<string, CodeEntry>;
