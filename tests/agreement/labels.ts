import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Lines of a gzipped table below its head, quotes taken off. */
export function gzipLines(path: string): readonly string[] {
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').trim());
}

/** F1 of a population against per-event truth: twice the events in both over the sum of the events in either. */
export function f1Of(ours: Uint8Array, isTrue: (eventIndex: number) => boolean): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < ours.length; i++) {
    const truth = isTrue(i);
    if (ours[i] === 1 && truth) both++;
    either += (ours[i] === 1 ? 1 : 0) + (truth ? 1 : 0);
  }
  return either === 0 ? 0 : (2 * both) / either;
}
