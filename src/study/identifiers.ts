import { visible } from '../problems/index.ts';

/**
 * What is wrong with an id of the sheet (sample_id, subject, batch, arm), as the end of a sentence; undefined if nothing
 * is. It becomes a file name on every system and a cell that no spreadsheet may take for a formula.
 * @param id trimmed, in NFC, not empty
 */
export function idFault(id: string): string | undefined {
  if ([...id].length > 100) return `has ${[...id].length} characters; 100 are allowed`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001F\u007F-\u009F]/.test(id)) return 'holds a control character or line break';
  if (visible(id) !== id) return `holds characters that nobody sees: ${visible(id)}`;
  const forbidden = /[/\\:*?"<>|]/.exec(id)?.[0];
  if (forbidden !== undefined) return `holds ${forbidden}, which a file name cannot hold`;
  if (/^[=+\-@]/.test(id)) return `begins with ${id.charAt(0)}, which a spreadsheet takes for a formula`;
  return /^[ .]|[ .]$/.test(id) ? 'begins or ends with a blank or a dot' : undefined;
}

/** What R's read.csv or pandas make of a value that a person meant as text; undefined if they leave it alone. */
export function conversionOf(text: string): string | undefined {
  if (/^\d+E\d+$/i.test(text)) return `R and pandas read "${text}" as the number ${Number(text)}`;
  if (/^(?:T|F|TRUE|FALSE|true|false)$/.test(text)) return `R reads "${text}" as a logical value`;
  if (text === 'NA') return 'R and pandas read "NA" as missing';
  const isMissing = /^(?:None|null|NULL|nan|NaN|N\/A|n\/a)$/.test(text);
  return isMissing ? `pandas reads "${text}" as missing` : undefined;
}
