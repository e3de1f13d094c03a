import type { ByteSource } from './byteSource.ts';
import { type Findings, findingsOf } from './findings.ts';
import { parseOffset } from './header.ts';
import type { LocatedText } from './locateText.ts';
import { type Entry, parseText } from './parseText.ts';

/**
 * Keywords of the supplemental TEXT segment, where there is a readable one: inside the file, apart from TEXT, begun by
 * the same delimiter.
 * @returns its entries; none where it is absent, repeats TEXT or cannot be read (reported)
 */
export function supplementalText(
  source: ByteSource,
  base: number,
  text: LocatedText,
  findings: Findings,
): readonly Entry[] {
  const keyword = (key: string): string | undefined => text.entries.find((entry) => entry.key === key)?.value;
  const begin = parseOffset(keyword('$BEGINSTEXT')).value;
  const end = parseOffset(keyword('$ENDSTEXT')).value;
  if (begin === undefined || end === undefined) return [];
  const first = base + begin;
  const last = base + end;
  if (first <= text.endBytes && last >= text.beginBytes) {
    const message = `supplemental TEXT (${begin} to ${end}) repeats TEXT; it was skipped`;
    findings.add('note', 'fcs.stext-repeats-text', message, first);
    return [];
  }
  const unreadable = (why: string): readonly Entry[] => {
    const message = `supplemental TEXT (${begin} to ${end}) ${why}; its keywords were not read`;
    findings.add('warning', 'fcs.stext-unreadable', message, Math.min(first, source.sizeBytes));
    return [];
  };
  if (last < first || last >= source.sizeBytes) return unreadable('does not lie in the file');
  if (source.read(first, 1)[0] !== text.delimiter) return unreadable('does not begin with the delimiter of TEXT');
  const own = findingsOf(source.name);
  const parsed = parseText(source.read(first, last - first + 1), first, own, 'supplemental');
  if (parsed === undefined) return unreadable('holds no keywords');
  findings.list.push(...own.list);
  return parsed.entries;
}
