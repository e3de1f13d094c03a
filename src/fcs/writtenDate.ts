const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * A day as files write it: dd-MMM-yyyy (the standard), also with two digits of year (1950 to 2049) or blanks, yyyy-MM-dd,
 * yyyy-MMM-dd, each with or without a time behind it.
 * @returns milliseconds of its midnight UTC; undefined for other forms, in which day and month could be exchanged
 */
export function writtenDate(text: string): number | undefined {
  const dayFirst = /^(\d{1,2})[-/ .]([A-Za-z]{3,9})[-/ .](\d{4}|\d{2})(?:[T ]\d.*)?$/.exec(text.trim());
  if (dayFirst) return utc(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const yearFirst = /^(\d{4})[-/ .](\d{1,2}|[A-Za-z]{3,9})[-/ .](\d{1,2})(?:[T ]\d.*)?$/.exec(text.trim());
  return yearFirst ? utc(yearFirst[1], monthOf(yearFirst[2]), yearFirst[3]) : undefined;
}

/** `YYYY-MM-DD` of the day on which a file says that it was acquired; null where it says none in a known form. */
export function acquisitionDate(keywords: ReadonlyMap<string, string>): string | null {
  const time = writtenDate(keywords.get('$DATE') ?? keywords.get('$BEGINDATETIME') ?? '');
  return time === undefined ? null : new Date(time).toISOString().slice(0, 10);
}

/** The day in the standard's own form, dd-MMM-yyyy. */
export function standardDate(timeMs: number): string {
  const date = new Date(timeMs);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
}

function monthOf(text: string | undefined): number {
  const written = text ?? '';
  return /^\d+$/.test(written) ? Number(written) - 1 : months.indexOf(written.slice(0, 3).toUpperCase());
}

function utc(year: string | undefined, month: number, day: string | undefined): number | undefined {
  const written = Number(year);
  const full = written < 50 ? 2000 + written : written < 100 ? 1900 + written : written;
  const time = Date.UTC(full, month, Number(day));
  const back = new Date(time);
  return back.getUTCMonth() === month && back.getUTCDate() === Number(day) ? time : undefined;
}
