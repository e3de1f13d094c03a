const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayMs = 86_400_000;

/**
 * A date moved by whole days, in the form of the standard (dd-MMM-yyyy). Read are that form, also with two digits of
 * year (1950 to 2049) or blanks, and yyyy-MM-dd, yyyy-MMM-dd; others are dropped, since they cannot be moved.
 */
export function shiftedDate(text: string, shiftDays: number): string | undefined {
  const read = dateOf(text.trim());
  if (read === undefined) return undefined;
  const moved = new Date(read + shiftDays * dayMs);
  const day = String(moved.getUTCDate()).padStart(2, '0');
  return `${day}-${months[moved.getUTCMonth()]}-${moved.getUTCFullYear()}`;
}

function dateOf(text: string): number | undefined {
  const dayFirst = /^(\d{1,2})[-/ .]([A-Za-z]{3,9})[-/ .](\d{4}|\d{2})$/.exec(text);
  if (dayFirst) return utc(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const yearFirst = /^(\d{4})[-/ .](\d{1,2}|[A-Za-z]{3,9})[-/ .](\d{1,2})$/.exec(text);
  if (yearFirst) return utc(yearFirst[1], monthOf(yearFirst[2]), yearFirst[3]);
  return undefined;
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
