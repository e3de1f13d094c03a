import type { CodeEntry } from '../codeEntry.ts';

/** Codes of reading text files: CSV and YAML as such. */
export const tableCodes = {
  'input.not-found': { says: 'a file that was named does not exist', hint: 'check the path' },
  'input.not-readable': { says: 'a file that was named cannot be opened', hint: 'check its permissions' },
  'input.twin-names': {
    says: 'two files differ only in how letters with marks are stored',
    hint: 'remove or rename one of them',
  },
  'input.not-text': {
    says: 'a file that should be a CSV table is something else',
    hint: 'in Excel: save as "CSV UTF-8 (comma delimited)"',
  },
  'input.empty': { says: 'a table holds no header', hint: 'check that the right file was named' },
  'input.encoding': {
    says: 'a table is neither UTF-8 nor UTF-16 and was read as Windows-1252',
    hint: 'check names with umlauts; save as CSV UTF-8 to be sure',
  },
  'input.quotes': {
    says: 'quotes of a CSV table do not match',
    hint: 'put the cell in quotes and double those inside',
  },
  'input.duplicate-column': { says: 'two columns of a table have the same name', hint: 'rename one of them' },
  'input.is-a-sheet': {
    says: 'a sample sheet was given where a table of counts or shares is wanted',
    hint: 'give the frequencies.csv that cytopair run writes; run itself takes study.yaml, which names the sheet',
  },
  'input.missing-column': { says: 'a table lacks a column', hint: 'add the column' },
  'input.extra-cell': {
    says: 'a row holds more than the header names',
    hint: 'name the column in the header, or quote the cell that holds the separator',
  },
  'input.not-a-number': {
    says: 'a cell that must be a number is not one',
    hint: 'write a plain number or leave it empty',
  },
  'input.mixed-decimals': {
    says: 'a column has decimal commas and a cell of it has a decimal point',
    hint: 'use one decimal mark in the whole column; leave out thousands separators',
  },
  'input.two-readings': {
    says: 'a number could be read in two ways, and nothing in its column settles which',
    hint: 'write all numbers of the column without thousands separators, and with one decimal mark',
  },
  'input.thousands': {
    says: 'numbers were read with thousands separators, as their column shows',
    hint: 'leave the separators out to be sure',
  },
  'input.missing-word': {
    says: 'cells hold a word for "no value" where a number belongs',
    hint: 'they count as empty; fill them in if there is a number',
  },
  'input.row-names': {
    says: 'the first column of a table has no name, as R writes the names of rows',
    hint: 'give it a name if it is to be read',
  },
  'input.summary-row': {
    says: 'rows of a table hold a mean, a deviation, a sum or the like of other rows, and are left out',
    hint: 'remove them from the table, or rename the id if it is a patient',
  },
  'input.similar-subject': {
    says: 'two subjects differ only by case, blanks or leading zeros',
    hint: 'write them alike if they are one patient, else make them differ more',
  },
  'input.missing-pair': {
    says: 'subjects lack one of the two visits of a comparison',
    hint: 'they take no part in it; nothing is filled in',
  },
  'input.excel-changed': {
    says: 'an id looks as if a spreadsheet had changed it',
    hint: 'format the column as text in the spreadsheet and type the value again',
  },
  'input.contradiction': {
    says: 'counts and percentages of one row contradict each other',
    hint: 'correct the row; which of its numbers is right cannot be guessed',
  },
  'input.no-formula-value': {
    says: 'a cell of a workbook holds a formula and no value',
    hint: 'open the workbook in a spreadsheet program and save it again, or write the value',
  },
  'input.hidden-rows': {
    says: 'a workbook hides rows, which are read like the others',
    hint: 'delete them if they are not meant, or mark them with exclude and a reason',
  },
  'input.which-sheet': {
    says: 'several sheets of a workbook could be the one that is meant',
    hint: 'name it in study.yaml: input: {sheet: NAME}; or keep one table in a workbook',
  },
  'input.workbook': { says: 'a workbook was read, and which of its sheets', hint: 'check that it is the right one' },
  'input.missing-cell': { says: 'a cell that must be filled is empty', hint: 'fill it in' },
  'input.unknown-visit': { says: 'a table holds a visit that is not in study.yaml', hint: 'correct the name' },
  'input.duplicate-row': {
    says: 'a table holds two values of one population, subject and visit',
    hint: 'remove one of them; values are never averaged',
  },
  'input.out-of-range': {
    says: 'a number is outside of what it can be',
    hint: 'correct it, or name the unit: input: {unit: fraction}',
  },
  'input.looks-like-fraction': {
    says: 'all percentages of a table are below 1',
    hint: 'if they are fractions, add to study.yaml: input: {unit: fraction}',
  },
  'input.columns': {
    says: 'columns of a table have names of their own, and which was taken for what',
    hint: 'if that is wrong, name them in study.yaml: input: {columns: …}',
  },
  'input.no-value': {
    says: 'a row of a table holds no value and no reason for it',
    hint: 'fill it in, or remove the row; it counts as missing',
  },
  'input.alias': { says: 'a column was taken for one of ours by another name', hint: 'rename it to be sure' },
  'input.unmatched-tube': {
    says: 'a tube stands in one of two tables that are compared, and not in the other',
    hint: 'it takes no part; check its name if it should',
  },
  'input.unmatched-population': {
    says: 'a population stands in one of two tables that are compared, and not in the other',
    hint: 'name it in a map: {their name: our path}',
  },
  'input.nothing-common': {
    says: 'two tables have no tube and population with the same measure in common',
    hint: 'check the names of tubes, populations and columns',
  },
  'input.ignored-column': { says: 'columns of a table are not used', hint: 'name them under input: {columns: …}' },
  'input.yaml-syntax': {
    says: 'a file is not YAML 1.2',
    hint: 'check indentation, quotes and brackets near this place',
  },
  'input.duplicate-key': { says: 'a key stands twice in a YAML mapping', hint: 'remove one of the two' },
  'input.yaml-alias': {
    says: 'an alias of a YAML file has no anchor, or the aliases unfold without end',
    hint: 'write the values out',
  },
  'input.unknown-key': { says: 'a key is not known', hint: 'remove it' },
  'input.missing-key': { says: 'a key that must be there is missing', hint: 'add it' },
  'input.wrong-type': { says: 'a value is of another kind than expected', hint: 'write a value of that kind' },
  'input.wrong-value': { says: 'a value is not allowed', hint: 'choose an allowed value' },
} as const satisfies Record<string, CodeEntry>;
