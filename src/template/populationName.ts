import * as z from 'zod';

// R, pandas or both read these as missing; `root` is the name of all events.
const reserved = ['NA', 'NaN', 'nan', 'null', 'NULL', 'None', 'N/A', 'n/a'];

/**
 * What is wrong with a population's name, as the end of a sentence that begins with the name; undefined if nothing is.
 * 1–80 characters, the first a letter or digit, then letters, digits, blanks and `_ + - . ( )`, no blank at the end.
 */
function populationNameFault(name: string): string | undefined {
  if (name.includes('/')) return 'holds "/", which joins names to paths; write the full form in "label"';
  if (name.length > 80) return `has ${name.length} characters; 80 are allowed`;
  if (!/^[\p{L}\p{Nd}]/u.test(name)) return 'must begin with a letter or digit';
  if (!/^[\p{L}\p{Nd} _+\-.()]*$/u.test(name)) return 'may hold letters, digits, blanks and _ + - . ( ) only';
  if (name.endsWith(' ')) return 'ends with a blank';
  if (reserved.includes(name)) return 'is read as a missing value by R or pandas';
  return name.toLowerCase() === 'root' ? 'is the name of all events and cannot be given to a population' : undefined;
}

/** A population's name in NFC; faults are told by {@link populationNameFault}. */
export const PopulationName = z
  .string()
  .overwrite((name) => name.normalize('NFC'))
  .check((context) => {
    const fault = populationNameFault(context.value);
    if (fault !== undefined) context.issues.push({ code: 'custom', input: context.value, message: `name ${fault}` });
  })
  .describe('1-80 characters, begins with a letter or digit; letters, digits, blanks, _ + - . ( )');

/** A reference to a population: any suffix of whole names that is unique; in NFC like the names. */
export const PopulationReference = z
  .string()
  .min(1)
  .overwrite((text) => text.normalize('NFC'))
  .describe('a population: its path, or any suffix of whole names that is unique');
