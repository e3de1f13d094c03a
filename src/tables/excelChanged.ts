import { type Problem, problem } from '../problems/index.ts';
import type { CsvTable } from './csvTable.ts';

// English, German, French, Spanish; then Dutch, Italian, Portuguese where they differ.
const months =
  'jan(?:uar|uary|v|vier)?|ene(?:ro)?|feb(?:ruar|ruary|rero)?|f[eé]v(?:r|rier)?|mär(?:z)?|mrz|mar(?:ch|s|zo)?|' +
  'apr(?:il)?|avr(?:il)?|abr(?:il)?|mai|may(?:o)?|jun[ie]?|juin|junio|jul[iy]?|juil(?:let)?|julio|aug(?:ust)?|' +
  'ao[uû]t|ago(?:sto)?|sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|' +
  'd[eé][zc](?:ember|embre)?|dic(?:iembre)?|mrt|mei';
// These begin ids of laboratories too (GEN-01, SET-1): only behind a day are they months.
const monthsBehindDay = `${months}|gen|mag|giu|lug|set|ott|out|fev`;
const year = '(?:[., -]+(?:\\d{2}|\\d{4}))?';
const monthFirst = new RegExp(`^(?:${months})[. -]+\\d{1,4}(?:, *\\d{4})?$`, 'iu');
const dayFirst = new RegExp(`^\\d{1,2}[. -]+(?:${monthsBehindDay})\\.?${year}$`, 'iu');
const numericDay =
  /^(?:(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:[ T]\d\d:\d\d(?::\d\d(?:\.0+)?)?)?|\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d)$/;

/** Does a value look like what Excel makes of an id it took for a number, a date or a formula? */
export function looksExcelChanged(text: string): boolean {
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(text)) return true;
  if (/^#(?:NAME\?|NV|N\/A|REF!|BEZUG!|WERT!|VALUE!|ZAHL!|NUM!|DIV\/0!)$/i.test(text)) return true;
  return looksLikeDay(text.normalize('NFC'));
}

function looksLikeDay(text: string): boolean {
  return numericDay.test(text) || monthFirst.test(text) || dayFirst.test(text);
}

/** Serial numbers of the days from 2000-01-01 to 2049-12-31. */
const [firstSerial, lastSerial] = [36_526, 54_788];

/**
 * Ids of a column that a spreadsheet has changed, each once; also serial numbers of days (46054) among ids that could be days
 * (`1-2`). A column of plain numbers alone is none.
 * @param name of the column as messages call it
 */
export function excelChangedIds(table: CsvTable, position: number, name: string): Problem[] {
  const cells = table.rows.map((row) => ({ row, text: (row.cells[position] ?? '').normalize('NFC') }));
  const others = cells.filter(({ text }) => text !== '' && !/^\d{5}$/.test(text));
  const couldBeDays = others.filter(({ text }) => /^\d{1,2}[-./]\d{1,2}$/.test(text) || looksLikeDay(text));
  const hasDays = couldBeDays.length > 0 && couldBeDays.length * 2 >= others.length;
  const told = new Set<string>();
  return cells.flatMap(({ row, text }) => {
    if (told.has(text)) return [];
    told.add(text);
    const where = { file: table.file, line: row.line, column: position + 1 };
    const code = `${table.area}.excel-changed` as const;
    if (looksExcelChanged(text)) {
      const severity = text.startsWith('#') ? 'error' : 'warning';
      return [problem(severity, code, `${name} "${text}": Excel has changed this value`, where)];
    }
    const isSerial = hasDays && /^\d{5}$/.test(text) && Number(text) >= firstSerial && Number(text) <= lastSerial;
    if (!isSerial) return [];
    const message = `${name} "${text}" is how Excel numbers a day, among ids like "${couldBeDays[0]?.text}"`;
    return [problem('warning', code, message, where)];
  });
}
