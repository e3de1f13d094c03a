import type { ByteSource } from './byteSource.ts';
import { columnDecoder } from './decodeColumn.ts';
import { describedBits } from './describedBits.ts';
import type { Interpretation } from './interpret.ts';
import type { Place } from './placeRoom.ts';

/** Where a value's low end comes first: at the low bits and bytes, or behind the high ones. */
export type Order = 'low' | 'high';

// Four stretches of a file show what it holds also where its first cells are odd; events begin at whole bytes every 8th.
const stretchCount = 4;
const stretchEvents = 512;
// Wider integers are not exact, and tell no more than others.
const widestBits = 32;
// More channels would say the same again, and take the square of their time.
const mostChannels = 8;
// Below these, noise and few populations can look smoother in the wrong order: of 6,000 made files with populations and
// 1,200 real ones packed in 9 to 12 bits none of 100 events or more did so beyond them. The odds are 2^32 and more.
const fewestEvents = 100;
const leastBits = 32;
const leastBitsPerValue = 0.2;
// The order must be the better one for the shape of histograms as for their finest bars.
const deepestLevels = [8, widestBits] as const;

/** What describing the sampled integers costs, in bits a value, in either order. */
export interface Costs {
  readonly low: number;
  readonly high: number;
  readonly eventCount: number;
  /** The order in which values are smooth; undefined where neither is clearly smoother. */
  readonly better: Order | undefined;
  readonly isSame: boolean;
}

/** Reads a sample of DATA in both orders, and tells in which its channels have smooth histograms. */
export function orderCosts(source: ByteSource, interpretation: Interpretation, place: Place): Costs {
  const low = sampleEvents(source, interpretation, place, 'low');
  const high = sampleEvents(source, interpretation, place, 'high');
  const widths = sampledFields(interpretation).map(({ bits }) => bits);
  const eventCount = low[0]?.length ?? 0;
  const valueCount = Math.max(1, eventCount * widths.length);
  const least = Math.max(leastBits, leastBitsPerValue * valueCount);
  const pairs = deepestLevels.map((deepest) => [low, high].map((columns) => describedBits(columns, widths, deepest)));
  const isClearly = (order: Order): boolean =>
    eventCount >= fewestEvents &&
    pairs.every(([inLow = 0, inHigh = 0]) => (order === 'low' ? inHigh - inLow : inLow - inHigh) >= least);
  const [inLow = 0, inHigh = 0] = pairs.at(-1) ?? [];
  const isSame = low.every((column, c) => column.every((value, event) => value === high[c]?.[event]));
  const better = (['low', 'high'] as const).find(isClearly);
  return { low: inLow / valueCount, high: inHigh / valueCount, eventCount, better, isSame };
}

function sampledFields({ fields }: Interpretation): Interpretation['fields'] {
  return fields
    .filter(({ dataType, bits }) => dataType === 'I' && bits > 1 && bits <= widestBits)
    .slice(0, mostChannels);
}

function sampleEvents(source: ByteSource, interpretation: Interpretation, place: Place, order: Order): Float64Array[] {
  const { eventBits } = interpretation;
  const firsts = stretchStarts(place.eventCount);
  const eventCount = Math.min(stretchEvents, place.eventCount);
  const byteOrder = { kind: order === 'low' ? ('little' as const) : ('big' as const) };
  const blocks = firsts.map((first, stretch) => {
    const bytes = source.read(place.offsetBytes + (first * eventBits) / 8, Math.ceil((eventCount * eventBits) / 8));
    return { firstEvent: stretch * eventCount, eventCount, firstBit: 0, bytes };
  });
  return sampledFields(interpretation).map((field) => {
    const decode = columnDecoder({ ...field, maskBits: field.bits }, eventBits, byteOrder);
    const column = new Float64Array(eventCount * firsts.length);
    for (const block of blocks) decode(block, column);
    return column;
  });
}

/** First events of the stretches; one where the file is not longer than all of them. */
function stretchStarts(eventCount: number): number[] {
  if (eventCount <= stretchEvents) return [0];
  const last = eventCount - stretchEvents;
  const count = Math.min(stretchCount, Math.floor(eventCount / stretchEvents));
  return Array.from({ length: count }, (_, i) => 8 * Math.floor((i * last) / Math.max(1, count - 1) / 8));
}
