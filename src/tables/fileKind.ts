import { type Problem, problem } from '../problems/index.ts';

/** First bytes of files that end up where a table or a YAML file belongs, and what they are called. */
const beginnings: readonly (readonly [string, string])[] = [
  ['FCS2.0', 'an FCS file'],
  ['FCS3.', 'an FCS file'],
  ['FCS1.0', 'an FCS file'],
  ['%PDF', 'a PDF'],
  ['\u0089PNG', 'a picture (PNG)'],
  ['\u00FF\u00D8\u00FF', 'a picture (JPEG)'],
  ['GIF8', 'a picture (GIF)'],
  ['II*\0', 'a picture (TIFF)'],
  ['MM\0*', 'a picture (TIFF)'],
  ['BM', 'a picture (BMP)'],
  ['\u001F\u008B', 'a gzip archive'],
  ['7z\u00BC\u00AF', 'a 7z archive'],
  ['Rar!', 'a RAR archive'],
  ['BZh', 'a bzip2 archive'],
  ['\u00D0\u00CF\u0011\u00E0', 'an Excel workbook of the old form (.xls), or one with a password'],
  ['\u0089HDF', 'an HDF5 file'],
  ['PAR1', 'a Parquet file'],
  ['SQLite format 3', 'an SQLite database'],
  ['\u007FELF', 'a program'],
];

/** Where the names inside a ZIP are looked for: its first entries name the kind of an Office file. */
const lookAtBytes = 100_000;

/** What a file seems to be that holds no text; undefined for text of any of the encodings that are read. */
function binaryKind(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, lookAtBytes)).toString('latin1');
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return zipKind(head);
  const [, name] = beginnings.find(([begin]) => begin !== 'BM' && head.startsWith(begin)) ?? [];
  if (name !== undefined) return name;
  const hasMark = /^(?:\u00FF\u00FE|\u00FE\u00FF)/.test(head);
  if (hasMark || !head.includes('\0')) return undefined;
  const isEven = (at: number) => (char: string, index: number) => index % 2 !== at || char === '\0';
  const first = [...head.slice(0, 200)];
  if (first.every(isEven(1)) || first.every(isEven(0))) return 'text in UTF-16 without a byte order mark';
  return head.startsWith('BM') ? 'a picture (BMP)' : 'a binary file';
}

/** Is it a workbook of the form .xlsx or .xlsm? */
export function isWorkbook(bytes: Uint8Array): boolean {
  return binaryKind(bytes) === workbook;
}

const workbook = 'an Excel workbook (.xlsx)';

function zipKind(head: string): string {
  if (head.includes('xl/') || head.includes('[Content_Types].xml')) {
    if (head.includes('word/')) return 'a Word document';
    return head.includes('ppt/') ? 'a PowerPoint presentation' : workbook;
  }
  return head.includes('opendocument') ? 'an OpenDocument file (.ods, .odt)' : 'a ZIP archive';
}

/**
 * One finding of a file that holds no text, by what it seems to be; undefined where it is text.
 * @param wanted what belongs there: `a text table`, `YAML`
 */
export function notText(
  bytes: Uint8Array,
  file: string,
  area: 'input' | 'sheet' | 'study' | 'template',
  wanted: 'a text table' | 'YAML',
): Problem | undefined {
  const kind = binaryKind(bytes);
  if (kind === undefined) return undefined;
  return problem(
    'error',
    `${area}.not-text`,
    `the file is not ${wanted}: it seems to be ${kind}`,
    { file },
    hintFor(kind, wanted),
  );
}

function hintFor(kind: string, wanted: string): string | undefined {
  if (kind === 'an FCS file') return 'cytopair inspect shows what it holds; check that the right file was named';
  if (kind.startsWith('text in UTF-16')) return 'save it as UTF-8';
  if (kind.startsWith('an Excel workbook of the old')) return 'save it as .xlsx without a password, or as CSV';
  const isOffice = /Excel|OpenDocument/.test(kind) && wanted !== 'YAML';
  return isOffice ? undefined : 'check that the right file was named';
}
