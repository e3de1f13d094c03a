// In: bytes and texts of CSV and YAML, rows and values of ours. Out: tables and documents that know their places in the
// file; CSV and JSON texts in their one form, hashes, whole files. Never: knows what a column or a key means.
export { alignedTable } from './alignedTable.ts';
export { csvCells } from './csvCells.ts';
export { type CsvRow, type CsvTable, columnKey } from './csvTable.ts';
export { decodeText } from './decodeText.ts';
export { excelChangedIds, looksExcelChanged } from './excelChanged.ts';
export { isWorkbook, notText } from './fileKind.ts';
export { gatherByColumn } from './gatherByColumn.ts';
export { canonicalJson, jsonText, jsonValue } from './json.ts';
export { makeFolder } from './makeFolder.ts';
export { isMissingWord } from './missingWord.ts';
export { missingFiles, shownPath } from './namedFiles.ts';
export { numberCell } from './numberCell.ts';
export type { NumberKind } from './numberForm.ts';
export { onDisk, twinProblem } from './onDisk.ts';
export { readCsvText } from './readCsvText.ts';
export { readTable } from './readTable.ts';
export { readYaml, type YamlPath, type YamlPlace, type YamlSource } from './readYaml.ts';
export { roundSignificant } from './roundSignificant.ts';
export { schemaProblems } from './schemaProblems.ts';
export { sha256 } from './sha256.ts';
export { missingColumn } from './shapeTable.ts';
export { withoutSummaryRows } from './summaryRows.ts';
export { type CellValue, type CsvColumn, type CsvKind, withoutFormula, writeCsv } from './writeCsv.ts';
export { writeFileAtomically } from './writeFileAtomically.ts';
export { type Located, yamlParts } from './yamlParts.ts';
export type { YamlArea } from './yamlText.ts';
