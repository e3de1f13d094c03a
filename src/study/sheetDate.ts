/** A day as YYYY-MM-DD, or why the text is none: as the end of a sentence. */
export type SheetDate =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'fault'; readonly fault: string };

/** Reads `2019-10-31` and `31.10.2019`. `10/31/2019` is refused: nobody can say for all dates which number is the day. */
export function sheetDate(text: string): SheetDate {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1).map(Number) : (german?.slice(1).reverse().map(Number) ?? []);
  if (year === undefined || month === undefined || day === undefined) {
    const isSlashed = /^\d{1,4}\/\d{1,2}\/\d{1,4}$/.test(text);
    return { kind: 'fault', fault: isSlashed ? 'could be day/month or month/day' : 'is not a date' };
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    return { kind: 'fault', fault: 'is no day of the calendar' };
  }
  const two = (number: number) => String(number).padStart(2, '0');
  return { kind: 'date', date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` };
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
