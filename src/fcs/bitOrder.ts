import type { ByteSource } from './byteSource.ts';
import type { FcsReadingOptions } from './fcsFile.ts';
import { type Findings, shown } from './findings.ts';
import type { Interpretation } from './interpret.ts';
import { type Costs, type Order, orderCosts } from './orderCosts.ts';
import type { Entry } from './parseText.ts';
import type { Place } from './placeRoom.ts';

/**
 * Whether packed values begin at the low or the high bit of each byte. $BYTEORD says nothing about bits, and files differ
 * from it: the order is taken in which the histograms of the channels are smooth, or that a person asks for.
 * @returns the reading with the order of bits as its order of bytes; undefined where nothing decides (reported)
 */
export function withBitOrder<
  R extends { interpretation: Interpretation; place: Place; keywords: ReadonlyMap<string, Entry> },
>(source: ByteSource, reading: R, options: FcsReadingOptions, findings: Findings): R | undefined {
  const { interpretation, place } = reading;
  const isPacked = interpretation.fields.some(({ bits }) => bits % 8 !== 0);
  if (!isPacked || place.eventCount === 0) return reading;
  const costs = orderCosts(source, interpretation, place);
  const order = options.bitOrder ?? costs.better;
  if (costs.isSame && options.bitOrder === undefined) return reading;
  const said = `read from the low bit of each byte they take ${digits(costs.low)} bits each to describe, from the high bit ${digits(costs.high)}`;
  if (order === undefined) {
    const message = `values are packed, and in neither order of bits are they clearly smoother: ${said} (${costs.eventCount} events)`;
    findings.add('error', 'fcs.bit-order-unclear', message, place.offsetBytes);
    return undefined;
  }
  report(reading, { order, isAsked: options.bitOrder !== undefined, costs, said }, findings);
  const byteOrder = { kind: order === 'low' ? ('little' as const) : ('big' as const) };
  return { ...reading, interpretation: { ...interpretation, byteOrder } };
}

interface Decision {
  readonly order: Order;
  readonly isAsked: boolean;
  readonly costs: Costs;
  readonly said: string;
}

function report(
  {
    interpretation,
    keywords,
    place,
  }: { interpretation: Interpretation; keywords: ReadonlyMap<string, Entry>; place: Place },
  { order, isAsked, costs, said }: Decision,
  findings: Findings,
): void {
  const byKeyword = interpretation.byteOrder.kind === 'little' ? 'low' : 'high';
  const written = keywords.get('$BYTEORD')?.value;
  const other =
    byKeyword === order || written === undefined
      ? ''
      : `, though $BYTEORD ${shown(written)} would mean the ${byKeyword} bit`;
  const why = isAsked ? 'as asked' : 'as the values show';
  const against =
    isAsked && costs.better !== undefined && costs.better !== order ? '; the values speak for the other order' : '';
  const message = `values are packed from the ${order} bit of each byte, ${why}${other}: ${said}${against}`;
  findings.add('warning', 'fcs.bit-order', message, place.offsetBytes);
}

function digits(bits: number): string {
  return bits.toFixed(2);
}
