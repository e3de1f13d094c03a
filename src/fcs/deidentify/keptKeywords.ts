import type { FcsFile, FcsParameter } from '../fcsFile.ts';
import { isPanelText, modelOf } from './knownWords.ts';
import { shiftedDate } from './shiftedDate.ts';

/** What decides about one file: nothing here names a person. */
export interface Pseudonyms {
  /** Days that every date of the subject is moved by: whole weeks, not 0. */
  readonly shiftDays: number;
  /** A keyed hash: the same for the same text, and not to be undone without the key. */
  keyedHash(text: string): string;
}

/** The keywords of the new file besides layout, and the names that had to go. */
export interface Kept {
  readonly keywords: ReadonlyMap<string, string>;
  /** $PnN and $PnS as they are written now, by keyword. */
  readonly replaced: readonly string[];
}

const numbers = /^[\d\s.,;:eE+\-/]{1,40}$/;
const timeOfDay = /^\d{1,2}:\d{2}(:\d{2}([.:]\d{1,3})?)?$/;
const display = /^(lin|linear|log|logarithmic|logicle)[a-z]*([,\s]+[\d.eE+-]+)*$/i;
const parameterKinds =
  /^(forward[_ ]scatter|side[_ ]scatter|(raw[_ ]|unmixed[_ ])?fluorescence|mass|time|index|classification|event[_ ]length|area|width|height)$/i;

const layoutKeys = /^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|ANALYSIS|STEXT))$/;
const parameterKeys = /^\$P[1-9]\d*(B|E|G|N|R|S|V|L|O|F|T|D|DATATYPE|CALIBRATION|TYPE|FEATURE|TAG|ANALYTE|DET)$/;
const spilloverKeys = /^(\$?SPILL(OVER)?|\$COMP|\$DFC\d+TO\d+)$/;
const otherKeys = /^(\$(TIMESTEP|VOL|CYT|DATE|BTIM|ETIM)|TB\d+|LASER\d+DELAY|GUID|ORIGINALGUID)$/;

/** The keywords that a file without persons may hold: an allow-list, since vendors add keywords without end. */
export function isAllowedKeyword(key: string): boolean {
  return [layoutKeys, parameterKeys, spilloverKeys, otherKeys].some((list) => list.test(key));
}

/** Keywords that are kept, with the value that each gets: as it was, shifted, hashed, or in safe words. */
export function keptKeywords(file: FcsFile, pseudonyms: Pseudonyms): Kept {
  const keywords = new Map<string, string>();
  const replaced: string[] = [];
  const newNames = namesOf(file.parameters, replaced);
  for (const [i, parameter] of file.parameters.entries()) {
    const n = parameter.index;
    keywords.set(`$P${n}N`, newNames[i] as string);
    if (parameter.stain !== undefined) {
      const isSafe = isPanelText(parameter.stain);
      if (!isSafe) replaced.push(`$P${n}S`);
      keywords.set(`$P${n}S`, isSafe ? parameter.stain : `P${n}`);
    }
  }
  for (const [key, value] of file.keywords) {
    if (value === '' || layoutKeys.test(key)) continue;
    const safe = safeValue(key, value, file, newNames, pseudonyms);
    if (safe !== undefined && safe !== '') keywords.set(key, safe);
  }
  return { keywords, replaced };
}

function namesOf(parameters: readonly FcsParameter[], replaced: string[]): string[] {
  return parameters.map(({ index, name }) => {
    if (isPanelText(name)) return name;
    replaced.push(`$P${index}N`);
    return `P${index}`;
  });
}

function safeValue(
  key: string,
  value: string,
  file: FcsFile,
  newNames: readonly string[],
  { shiftDays, keyedHash }: Pseudonyms,
): string | undefined {
  if (key === '$DATE') return shiftedDate(value, shiftDays);
  if (key === '$BTIM' || key === '$ETIM') return timeOfDay.test(value) ? value : undefined;
  if (key === '$CYT') return modelOf(value) || 'unknown';
  if (key === 'GUID' || key === 'ORIGINALGUID') return keyedHash(value);
  if (spilloverKeys.test(key)) return spilloverOf(value, file, newNames);
  if (otherKeys.test(key)) return numbers.test(value) ? value : undefined;
  const parameter = /^\$P(\d+)(V|L|O|G|F|T|D|CALIBRATION|TYPE|FEATURE|TAG|ANALYTE|DET)$/.exec(key);
  if (parameter === null || Number(parameter[1]) > file.parameters.length) return undefined;
  return isSafeOf(parameter[2] as string, value) ? value : undefined;
}

function isSafeOf(letters: string, value: string): boolean {
  if (['V', 'L', 'O', 'G'].includes(letters)) return numbers.test(value);
  if (letters === 'D') return display.test(value);
  if (letters === 'TYPE' || letters === 'FEATURE') return parameterKinds.test(value);
  return numbers.test(value) || isPanelText(value);
}

/** A matrix with the new names of its channels; undefined where a field is neither a number nor one of them. */
function spilloverOf(value: string, file: FcsFile, newNames: readonly string[]): string | undefined {
  const renamed = new Map<string, string>();
  for (const [i, { stain, name }] of file.parameters.entries()) {
    if (stain !== undefined) renamed.set(stain, isPanelText(stain) ? stain : `P${i + 1}`);
    renamed.set(name, newNames[i] as string);
  }
  const fields = value.split(',').map((field) => {
    const text = field.trim().replace(/^"(.*)"$/, '$1');
    if (/^[+-]?[\d.]+([eE][+-]?\d+)?%?$/.test(text)) return text;
    return renamed.get(text) ?? (text !== '' && isPanelText(text) ? text : undefined);
  });
  return fields.includes(undefined) ? undefined : fields.join(',');
}
