/** The two characters that are a decimal mark in one country and group thousands in another. */
export type Mark = '.' | ',';

/** A number as a cell spells it, before anybody decides what its marks mean. */
export interface WrittenNumber {
  /** Sign, digits and marks; groups by blanks or apostrophes are taken out already, as they can be nothing else. */
  readonly text: string;
  /** The mark that can only be a decimal mark. */
  readonly decimal: Mark | undefined;
  /** What can only group thousands; `blank` stands for blanks and apostrophes of every kind. */
  readonly group: Mark | 'blank' | undefined;
  /** The one mark of `1,234`, which may be either. */
  readonly either: Mark | undefined;
  /** True where "%" stands behind it. */
  readonly isPercent: boolean;
}

// Blank, no-break, figure, thin and narrow no-break blank; apostrophes of Swiss spreadsheets.
const grouper = "[ \\u00A0\\u2007\\u2009\\u202F'\\u2019\\u02BC]";
const groupedByBlanks = new RegExp(`^[1-9]\\d{0,2}(?:${grouper}\\d{3})+(?:[.,]\\d*)?$`);
const groupedByComma = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
const groupedByPoint = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/;
const oneMark = /^(\d*)([.,]?)(\d*)$/;

/** What a text spells; undefined where it is no number in any country's way of writing. */
export function writtenNumber(cell: string): WrittenNumber | undefined {
  const isPercent = /\d[.,]?\s*%$/.test(cell);
  const bare = (isPercent ? cell.slice(0, -1).trimEnd() : cell).replace(/^\u2212/, '-');
  const [, sign = '', body = '', exponent = ''] = /^([+-]?)(.*?)([eE][+-]?\d+)?$/s.exec(bare) ?? [];
  if (!/\d/.test(body)) return undefined;
  const spelled = { isPercent, decimal: undefined, group: undefined, either: undefined };
  if (groupedByBlanks.test(body)) {
    const digits = body.replace(new RegExp(grouper, 'g'), '');
    return { ...spelled, text: `${sign}${digits}${exponent}`, decimal: markIn(digits), group: 'blank' };
  }
  const text = `${sign}${body}${exponent}`;
  const single = oneMark.exec(body);
  if (single !== null) {
    const [, whole = '', mark = '', rest = ''] = single;
    if (mark === '') return { ...spelled, text };
    // Three digits behind it and one to three before, of which the first is no zero: a group, or three decimals.
    const isEither = rest.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && exponent === '';
    return { ...spelled, text, [isEither ? 'either' : 'decimal']: mark };
  }
  if (exponent !== '') return undefined;
  if (groupedByComma.test(body)) return { ...spelled, text, decimal: body.includes('.') ? '.' : undefined, group: ',' };
  if (groupedByPoint.test(body)) return { ...spelled, text, decimal: body.includes(',') ? ',' : undefined, group: '.' };
  return undefined;
}

/** The number that a text of digits means where `decimal` is the decimal mark and the other mark groups. */
export function numberWith(decimal: Mark, { text }: WrittenNumber): number {
  const group = decimal === '.' ? ',' : '.';
  return Number(text.replaceAll(group, '').replace(decimal, '.'));
}

export function otherMark(mark: Mark): Mark {
  return mark === '.' ? ',' : '.';
}

function markIn(digits: string): Mark | undefined {
  if (digits.includes('.')) return '.';
  return digits.includes(',') ? ',' : undefined;
}
