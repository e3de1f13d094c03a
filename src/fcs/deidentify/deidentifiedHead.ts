import { layoutWords } from '../describeLayout.ts';
import type { FcsFile } from '../fcsFile.ts';
import { textSegment } from '../textSegment.ts';
import { isAllowedKeyword, keptKeywords, type Pseudonyms } from './keptKeywords.ts';

/** A value of the old file that the new one must not hold. */
export interface RemovedValue {
  readonly keyword: string;
  readonly value: string;
}

export interface Deidentified {
  /** HEADER and TEXT of the new file; its DATA follows at once. */
  readonly head: Uint8Array;
  /** Every value that was dropped or changed. */
  readonly removed: readonly RemovedValue[];
  /** $PnN and $PnS whose words are not all known: now `P3`. */
  readonly replacedNames: readonly string[];
}

/**
 * HEADER and TEXT of a file without persons: built from nothing, with the keywords that computing needs and no others.
 * Layout is written as it was read, so that the same DATA bytes mean the same numbers.
 * @param file what `readFcs` said of the old file
 */
export function deidentifiedHead(file: FcsFile, pseudonyms: Pseudonyms): Deidentified {
  const { keywords, replaced } = keptKeywords(file, pseudonyms);
  const isMixed = file.parameters.some((parameter) => parameter.dataType !== file.dataType);
  const version = isMixed || file.version === 'FCS3.2' ? 'FCS3.2' : 'FCS3.1';
  const layout = layoutWords({ ...file, byteOrder: file.layout.byteOrder }, file.eventCount);
  const named = new Set(layout.map(([key]) => key));
  // 3.2 asks for a cytometer.
  const cytometer: [string, string][] = version === 'FCS3.2' && !keywords.has('$CYT') ? [['$CYT', 'unknown']] : [];
  const further = [...[...keywords].filter(([key]) => !named.has(key)), ...cytometer];
  const { head } = textSegment(version, [...layout, ...further], file.layout.lengthBytes);
  // A vendor's copy of a number that layout needs ($PnR, say) is not to be searched for: it stands there by right.
  const needed = new Set(layout.map(([, value]) => value));
  const removed = [...file.keywords].flatMap(([keyword, value]) => {
    const isKept = isAllowedKeyword(keyword) && (named.has(keyword) || keywords.get(keyword) === value);
    return isKept || value === '' || (/^\d+$/.test(value) && needed.has(value)) ? [] : [{ keyword, value }];
  });
  return { head, removed, replacedNames: replaced };
}
