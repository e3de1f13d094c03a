import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** All events in an order that depends on the file's content alone (Fisher–Yates). */
export function shuffle(eventCount: number, fileSha256: string): Uint32Array {
  const order = new Uint32Array(eventCount);
  for (let i = 0; i < eventCount; i++) order[i] = i;
  const generator = xoroshiro128plus(Number.parseInt(fileSha256.slice(0, 8), 16) | 0);
  for (let i = eventCount - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    const event = order[i]!;
    order[i] = order[j]!;
    order[j] = event;
  }
  return order;
}
