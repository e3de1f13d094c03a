import type { CodeEntry } from '../codeEntry.ts';
import { tableCodes } from './table.ts';

/** Codes of study.yaml and the sample sheet. */
export const studyCodes = {
  'sheet.not-text': tableCodes['input.not-text'],
  'sheet.empty': tableCodes['input.empty'],
  'sheet.encoding': tableCodes['input.encoding'],
  'sheet.quotes': tableCodes['input.quotes'],
  'sheet.duplicate-column': tableCodes['input.duplicate-column'],
  'sheet.missing-column': tableCodes['input.missing-column'],
  'sheet.extra-cell': tableCodes['input.extra-cell'],
  'sheet.not-a-number': tableCodes['input.not-a-number'],
  'sheet.mixed-decimals': tableCodes['input.mixed-decimals'],
  'sheet.two-readings': tableCodes['input.two-readings'],
  'sheet.thousands': tableCodes['input.thousands'],
  'sheet.missing-word': tableCodes['input.missing-word'],
  'sheet.row-names': tableCodes['input.row-names'],
  'sheet.summary-row': tableCodes['input.summary-row'],
  'sheet.no-formula-value': tableCodes['input.no-formula-value'],
  'sheet.hidden-rows': tableCodes['input.hidden-rows'],
  'sheet.which-sheet': {
    says: 'several sheets of a workbook could be the sample sheet',
    hint: 'keep one sample sheet in a workbook',
  },
  'sheet.workbook': tableCodes['input.workbook'],
  'sheet.alias': { says: 'a column was taken for one of ours by another name', hint: 'rename it to be sure' },
  'sheet.ambiguous-column': {
    says: 'two columns could be the same column of ours',
    hint: 'rename the one that is meant',
  },
  'sheet.identifying-name': {
    says: 'file or folder names hold what looks like a person',
    hint: 'rename them, or write names: hidden in study.yaml: messages, run.json and report then print ids alone',
  },
  'sheet.ignored-column': {
    says: 'columns of the sheet are not used',
    hint: 'name them under `covariates:` in study.yaml to use them',
  },
  'sheet.no-tubes': { says: 'the sheet holds no row below its header', hint: 'add a row for every tube' },
  'sheet.missing-cell': { says: 'a cell that must be filled is empty', hint: 'fill it in' },
  'sheet.wrong-id': {
    says: 'an id holds what a file name or a table cannot hold',
    hint: 'use letters, digits, blanks, "_", "-" and "."',
  },
  'sheet.excel-changed': tableCodes['input.excel-changed'],
  'sheet.converted-id': {
    says: 'R or pandas would read an id as a number, a logical or a missing value',
    hint: 'prefix the ids with a letter, such as P001',
  },
  'sheet.duplicate-sample': { says: 'a sample_id stands in two rows', hint: 'rename one of them' },
  'sheet.duplicate-tube': {
    says: 'a subject has two tubes of one panel at one visit',
    hint: 'correct the row, or mark one of them with exclude and a reason; values are never averaged',
  },
  'sheet.duplicate-file': {
    says: 'a file stands in two rows',
    hint: 'correct one of the rows; two panels of one subject and visit may share a file, reruns with "allow_same_file: true"',
  },
  'sheet.similar-subject': tableCodes['input.similar-subject'],
  'sheet.unknown-visit': { says: 'a visit is not in study.yaml', hint: 'use one of the visits, exactly as written' },
  'sheet.unknown-panel': { says: 'a panel is not in study.yaml', hint: 'use one of the names under `template:`' },
  'sheet.ignored-panel': {
    says: 'panels are named, and study.yaml has one template for all',
    hint: 'name templates by panel in study.yaml, or remove the column',
  },
  'sheet.wrong-value': { says: 'a cell holds a word that is not allowed there', hint: 'choose an allowed value' },
  'sheet.control-subject': {
    says: 'a control names a subject or a visit, which are not used',
    hint: 'leave the cell empty for controls',
  },
  'sheet.wrong-date': { says: 'a date cannot be read for certain', hint: 'write it as 2019-10-31 or 31.10.2019' },
  'sheet.reason-missing': { says: 'a tube is excluded without a reason', hint: 'fill in exclude_reason' },
  'sheet.file-not-found': { says: 'a file of the sheet is not there', hint: 'check the name, also its case' },
  'sheet.file-outside': {
    says: 'a file lies outside the data root',
    hint: 'move it into the folder that `data:` names, or name a wider folder',
  },
  'sheet.missing-pair': tableCodes['input.missing-pair'],
  'sheet.mixed-specimen': {
    says: 'a subject has tubes of different specimens',
    hint: 'blood, fresh and frozen cells differ; compare within one kind',
  },
  'study.encoding': {
    says: 'study.yaml is neither UTF-8 nor UTF-16 and was read as Windows-1252',
    hint: 'check names with umlauts; save it as UTF-8',
  },
  'study.not-text': {
    says: 'a file of another kind stands where study.yaml belongs',
    hint: 'check that the right file was named',
  },
  'study.yaml-syntax': tableCodes['input.yaml-syntax'],
  'study.duplicate-key': tableCodes['input.duplicate-key'],
  'study.yaml-alias': tableCodes['input.yaml-alias'],
  'study.unknown-key': tableCodes['input.unknown-key'],
  'study.missing-key': tableCodes['input.missing-key'],
  'study.wrong-type': tableCodes['input.wrong-type'],
  'study.wrong-value': tableCodes['input.wrong-value'],
  'study.duplicate-id': { says: 'an id stands twice in a list', hint: 'rename one of them' },
  'study.unknown-name': { says: 'a name stands for nothing in this study', hint: 'correct the name' },
  'study.unknown-population': {
    says: 'a name stands for no population of the template',
    hint: 'see cytopair template show for the tree',
  },
  'study.ambiguous-population': {
    says: 'a name stands for several populations',
    hint: 'write more of the path, as much as makes it unique',
  },
  'study.denominator-conflict': {
    says: 'a denominator is defined twice with different populations',
    hint: 'rename one of the two',
  },
  'study.not-in-denominator': {
    says: 'a denominator takes out a population that does not lie in it',
    hint: 'name under `without` a population below `of`',
  },
  'study.not-below-denominator': {
    says: 'an endpoint is a share of a population that does not contain it',
    hint: 'choose a denominator above the population',
  },
  'study.no-absolute': {
    says: 'cells per µL are asked for and nothing says how to find them',
    hint: 'add `absolute:`',
  },
  'study.control-missing': {
    says: 'a gate or an endpoint rests on control tubes, and no row of the sheet is one',
    hint: 'write their role in the column role of the sheet, or choose another method',
  },
  'study.plan': { says: 'settings of a family do not go together', hint: 'change one of them' },
  'study.event-unplaced': {
    says: 'events of the study cannot be marked, since visits have no days',
    hint: 'give every visit its day: visits: [{ id: BL, day: 0 }, …]',
  },
  'study.event-subject': {
    says: 'an event is of a patient who is not in the sheet',
    hint: 'write the subject as the sheet has it, or leave it out for an event of all',
  },
} as const satisfies Record<string, CodeEntry>;
