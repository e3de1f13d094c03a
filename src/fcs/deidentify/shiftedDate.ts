import { standardDate, writtenDate } from '../writtenDate.ts';

const dayMs = 86_400_000;

/** A date moved by whole days, in the form of the standard (dd-MMM-yyyy); undefined where it cannot be read, so not moved. */
export function shiftedDate(text: string, shiftDays: number): string | undefined {
  const read = writtenDate(text);
  return read === undefined ? undefined : standardDate(read + shiftDays * dayMs);
}
