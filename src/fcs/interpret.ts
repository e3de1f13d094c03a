import { andMore } from '../problems/index.ts';
import { parseByteOrder } from './byteOrder.ts';
import type { ByteOrder, DataType } from './fcsFile.ts';
import { type Findings, findingsOf, shown } from './findings.ts';
import type { Entry } from './parseText.ts';
import { wholeNumber } from './wholeNumber.ts';

/** One value of an event as it lies in the file. */
interface Field {
  readonly dataType: DataType;
  readonly bits: number;
  readonly bitOffset: number;
}

/** One way to read the layout keywords. */
export interface Interpretation {
  readonly dataType: DataType;
  readonly fields: readonly Field[];
  /** Bits of one event; 0 where values are free text. */
  readonly eventBits: number;
  readonly byteOrder: ByteOrder;
  /** What reading it so has to say, beyond what `findings` of the data set say anyway. */
  readonly findings: Findings;
}

export interface LayoutQuestion {
  readonly keywords: ReadonlyMap<string, Entry>;
  readonly version: string;
  readonly fileName: string;
  /** Of TEXT: no parameter can be described in fewer than 8 bytes of it. */
  readonly textBytes: number;
}

/**
 * All ways in which the layout keywords can be meant: parameters by $PAR or as many as are defined; odd widths as a
 * stream of bits or each in a word of its own. DATA decides among them.
 * @returns none where the keywords cannot be used (reported)
 */
export function interpretations(question: LayoutQuestion, findings: Findings): Interpretation[] {
  const dataType = dataTypeOf(question, findings);
  if (!isListMode(question, findings) || dataType === undefined) return [];
  const counts = parameterCounts(question, dataType, findings);
  const found: Interpretation[] = [];
  for (const [count, ownTypes] of counts.flatMap((count) =>
    typeChoices(question, dataType).map((t) => [count, t] as const),
  )) {
    const own = findingsOf(question.fileName);
    if (ownTypes !== 'usual') reportOwnTypes(question, ownTypes, own);
    if (counts.length > 1 || count !== wholeNumber(question.keywords.get('$PAR')?.value)) {
      const message = `$PAR is ${quoteKeyword(question, '$PAR')}, but TEXT defines ${definedCount(question.keywords)} parameters`;
      const place = question.keywords.get('$PAR')?.offsetBytes;
      own.add('warning', 'fcs.par-mismatch', `${message}; ${count} fit DATA and were read`, place);
    }
    found.push(
      ...widthVariants(ownTypes === 'ignored' ? withoutOwnTypes(question) : question, dataType, count, own, findings),
    );
  }
  return found;
}

const ownTypeKey = /^\$P\d+DATATYPE$/;

/** $PnDATATYPE is of 3.2: in a file that says an older version it may be meant or not, and DATA decides. */
function typeChoices(
  { keywords, version }: LayoutQuestion,
  dataType: DataType,
): readonly ('usual' | 'used' | 'ignored')[] {
  const differs = [...keywords].some(([key, { value }]) => ownTypeKey.test(key) && value.toUpperCase() !== dataType);
  return version < 'FCS3.2' && differs && dataType !== 'A' ? ['used', 'ignored'] : ['usual'];
}

function withoutOwnTypes(question: LayoutQuestion): LayoutQuestion {
  return { ...question, keywords: new Map([...question.keywords].filter(([key]) => !ownTypeKey.test(key))) };
}

function reportOwnTypes({ keywords, version }: LayoutQuestion, choice: 'used' | 'ignored', own: Findings): void {
  const [key, entry] = [...keywords].find(([name]) => ownTypeKey.test(name)) ?? [];
  const used = choice === 'used' ? 'it was used, and DATA fits' : 'it was not used: DATA fits without it';
  const message = `${key} is a keyword of 3.2, the file says ${version.slice(3)}; ${used}`;
  own.add('warning', 'fcs.datatype-invalid', message, entry?.offsetBytes);
}

function quoteKeyword({ keywords }: LayoutQuestion, key: string): string {
  const entry = keywords.get(key);
  return entry === undefined ? 'missing' : shown(entry.value);
}

function dataTypeOf(question: LayoutQuestion, findings: Findings): DataType | undefined {
  const entry = question.keywords.get('$DATATYPE');
  const written = entry?.value ?? '';
  const folded = asDataType(written.toUpperCase());
  if (folded === undefined) {
    const message = `$DATATYPE is ${quoteKeyword(question, '$DATATYPE')}; known are I, F, D and A`;
    findings.add('error', 'fcs.datatype-invalid', message, entry?.offsetBytes);
  } else if (folded !== written) {
    const message = `$DATATYPE "${written}" is in lower case; read as "${folded}"`;
    findings.add('note', 'fcs.value-case', message, entry?.offsetBytes);
  }
  return folded;
}

function asDataType(text: string | undefined): DataType | undefined {
  return text === 'I' || text === 'F' || text === 'D' || text === 'A' ? text : undefined;
}

function isListMode(question: LayoutQuestion, findings: Findings): boolean {
  const entry = question.keywords.get('$MODE');
  const mode = entry?.value.toUpperCase() ?? '';
  if (mode === 'L') {
    if (entry?.value !== mode) {
      findings.add('note', 'fcs.value-case', '$MODE "l" is in lower case; read as "L"', entry?.offsetBytes);
    }
    return true;
  }
  if (mode === '') {
    // From 3.2 list mode is the only one, and $MODE optional.
    if (question.version < 'FCS3.2') {
      findings.add('warning', 'fcs.mode-missing', '$MODE is missing; read as a list of events', entry?.offsetBytes);
    }
    return true;
  }
  const message = `$MODE is ${shown(entry?.value ?? '')}: the file holds histograms or another form, not a list of events`;
  findings.add('error', 'fcs.mode-not-list', message, entry?.offsetBytes);
  return false;
}

/** How many parameters from 1 on are described by any keyword. */
function definedCount(keywords: ReadonlyMap<string, Entry>): number {
  let count = 0;
  while (['B', 'R', 'N', 'E'].some((letter) => keywords.has(`$P${count + 1}${letter}`))) count++;
  return count;
}

function parameterCounts(question: LayoutQuestion, dataType: DataType, findings: Findings): number[] {
  const { keywords, textBytes } = question;
  const written = wholeNumber(keywords.get('$PAR')?.value);
  const defined = definedCount(keywords);
  const canDescribe = written !== undefined && written > 0 && written <= textBytes / 8;
  // Floats have their width without $PnB; integers beyond the defined ones have none.
  const isPossible = canDescribe && (written <= defined || dataType === 'F' || dataType === 'D');
  if (defined === 0) {
    const message = `$PAR is ${quoteKeyword(question, '$PAR')}, but TEXT defines no parameter`;
    findings.add('error', 'fcs.par-mismatch', message, keywords.get('$PAR')?.offsetBytes);
    return [];
  }
  return isPossible && written !== defined ? [written, defined] : [defined];
}

function widthVariants(
  question: LayoutQuestion,
  dataType: DataType,
  count: number,
  own: Findings,
  findings: Findings,
): Interpretation[] {
  const packed = fieldsOf(question, dataType, count, own, findings);
  if (packed === undefined) return [];
  const variants = [{ fields: packed, own }];
  const odd = packed.flatMap((field, i) => (field.bits % 8 === 0 ? [] : [`$P${i + 1}B ${field.bits}`]));
  if (odd.length > 0) {
    const inWords = findingsOf(question.fileName);
    inWords.list.push(...own.list);
    const message = `${andMore(odd)}: stored in whole words, as the length of DATA shows`;
    inWords.add('warning', 'fcs.pnb-disagrees', message, question.keywords.get('$P1B')?.offsetBytes);
    // Ten bits for all is what old instruments write; odd widths that differ are more often a damaged keyword.
    const severity = new Set(packed.map((field) => field.bits)).size === 1 ? 'note' : 'warning';
    own.add(severity, 'fcs.bits-packed', `${andMore(odd)}: read as a stream of bits`);
    variants.push({ fields: layOut(packed.map((field) => ({ ...field, bits: wordBits(field.bits) }))), own: inWords });
  }
  return variants.flatMap(({ fields, own: said }) => {
    const isText = dataType === 'A';
    const allBits = fields.filter((field) => field.dataType !== 'A').map((field) => field.bits);
    const widths = { widestBits: Math.max(0, ...allBits), allBits, version: question.version };
    const entry = question.keywords.get('$BYTEORD');
    const byteOrder: ByteOrder | undefined = isText
      ? { kind: 'little' }
      : parseByteOrder(entry?.value, widths, entry?.offsetBytes, variants.length > 1 ? said : findings);
    if (byteOrder === undefined) {
      if (variants.length > 1) findings.list.push(...said.list);
      return [];
    }
    const eventBits = fields.reduce((sum, field) => sum + field.bits, 0);
    return [{ dataType, fields, eventBits, byteOrder, findings: said }];
  });
}

function wordBits(bits: number): number {
  return [8, 16, 32].find((word) => bits <= word) ?? 64;
}

function layOut(fields: readonly { dataType: DataType; bits: number }[]): Field[] {
  let bitOffset = 0;
  return fields.map(({ dataType, bits }) => {
    const field = { dataType, bits, bitOffset };
    bitOffset += bits;
    return field;
  });
}

/** Types and widths as written, or undefined where an integer has no usable width. */
function fieldsOf(
  question: LayoutQuestion,
  dataType: DataType,
  count: number,
  own: Findings,
  findings: Findings,
): Field[] | undefined {
  const fields: { dataType: DataType; bits: number }[] = [];
  const [bad, disagreeing]: [string[], string[]] = [[], []];
  for (let n = 1; n <= count; n++) {
    const type = typeOf(question, dataType, n, own);
    const text = question.keywords.get(`$P${n}B`)?.value;
    const written = wholeNumber(text);
    if (type === 'F' || type === 'D') {
      const bits = type === 'F' ? 32 : 64;
      if (written !== bits) disagreeing.push(`$P${n}B ${text === undefined ? 'missing' : shown(text)} of type ${type}`);
      fields.push({ dataType: type, bits });
    } else if (type === 'A') {
      const isFree = text === '*';
      if (!isFree && (written === undefined || written < 1 || written > 400)) bad.push(`$P${n}B`);
      fields.push({ dataType: type, bits: isFree ? 0 : 8 * (written ?? 0) });
    } else {
      if (written === undefined || written < 1 || written > 64) bad.push(`$P${n}B`);
      fields.push({ dataType: type, bits: written ?? 0 });
    }
  }
  const freeCount = fields.filter((field) => field.bits === 0).length;
  if (bad.length > 0 || (freeCount > 0 && freeCount < count)) {
    const message = `no usable width of values: ${andMore(bad) || 'fixed and free text together'}`;
    findings.add('error', 'fcs.pnb-invalid', message);
    return undefined;
  }
  if (disagreeing.length > 0) {
    const message = `${andMore(disagreeing)}: floats have 32 or 64 bits whatever $PnB says`;
    own.add('warning', 'fcs.pnb-disagrees', message, question.keywords.get('$P1B')?.offsetBytes);
  }
  return layOut(fields);
}

function typeOf(question: LayoutQuestion, dataType: DataType, n: number, own: Findings): DataType {
  const entry = question.keywords.get(`$P${n}DATATYPE`);
  if (entry === undefined || dataType === 'A') return dataType;
  const type = asDataType(entry.value.toUpperCase());
  if (type === undefined || type === 'A') {
    const message = `$P${n}DATATYPE ${shown(entry.value)} is none of I, F, D; $DATATYPE "${dataType}" was used`;
    own.add('warning', 'fcs.datatype-invalid', message, entry.offsetBytes);
    return dataType;
  }
  return type;
}
