import { isUtf8 } from 'node:buffer';
import type { ByteSource } from './byteSource.ts';
import type { DataSet } from './dataSets.ts';
import type { Segment } from './fcsFile.ts';
import type { Findings } from './findings.ts';
import { checksumBytes } from './header.ts';

// Random bytes would be in such order by chance with less than 10⁻²⁹.
const fewestBytes = 16;
const sampleBytes = 1 << 20;

/**
 * Looks for what a copy leaves in DATA that took the file for text. Where every line feed stands behind a carriage
 * return, and bytes are left over behind the last segment, bytes were put in and nothing lies where it did: refused.
 * Where all of DATA is UTF-8, bytes that were none are lost for good: read as it stands, with a warning.
 * @returns true where DATA may be read
 */
export function isReadableAsBinary(source: ByteSource, set: DataSet, data: Segment, findings: Findings): boolean {
  const bytes = Buffer.from(source.read(data.offsetBytes, Math.min(sampleBytes, data.lengthBytes)));
  const code = 'fcs.data-changed-as-text';
  const after = set.limitBytes - data.offsetBytes - data.lengthBytes;
  if (after > checksumBytes && hasOnlyPairedLineFeeds(bytes)) {
    const message =
      'every line feed in DATA stands behind a carriage return: a copy that took the file for text put them in';
    findings.add('error', code, message, data.offsetBytes);
    return false;
  }
  if (isUtf8Throughout(bytes)) {
    const message =
      'DATA is UTF-8 throughout: a copy that took the file for text replaced bytes, and the values are not those measured';
    findings.add('warning', code, message, data.offsetBytes);
  }
  return true;
}

function hasOnlyPairedLineFeeds(bytes: Buffer): boolean {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (at > 0 && bytes[at - 1] !== 13) return false;
    count++;
  }
  return count >= fewestBytes;
}

function isUtf8Throughout(bytes: Buffer): boolean {
  let wideCount = 0;
  for (let i = 0; i < bytes.length && wideCount < fewestBytes; i++) if ((bytes[i] as number) > 127) wideCount++;
  if (wideCount < fewestBytes) return false;
  // The stretch may begin or end inside a character.
  return [0, 1, 2].some((first) => [0, 1, 2].some((cut) => isUtf8(bytes.subarray(first, bytes.length - cut))));
}
