import type { ByteSource } from './byteSource.ts';
import type { FcsParameter } from './fcsFile.ts';
import { type Findings, shown } from './findings.ts';
import type { Interpretation } from './interpret.ts';
import { orderCosts } from './orderCosts.ts';
import type { Place } from './placeRoom.ts';

interface ShapeQuestion {
  readonly interpretation: Interpretation;
  readonly place: Place;
  readonly parameters: readonly FcsParameter[];
  readonly isLittle: boolean;
  /** $BYTEORD as written. */
  readonly written: string;
  readonly offsetBytes: number | undefined;
}

/**
 * Integers that use all their bits are possible in either order of bytes; their histograms are smooth in one. Where that
 * is clearly not the order that is written, the file is refused.
 * @returns true where the order may be believed
 */
export function isOrderSmooth(source: ByteSource, question: ShapeQuestion, findings: Findings): boolean {
  const { interpretation, place, parameters, isLittle, written, offsetBytes } = question;
  const isUnsure = ({ dataType, bits, maskBits }: FcsParameter): boolean =>
    dataType === 'I' && bits > 8 && bits <= 32 && maskBits > bits - 8;
  // An order of bytes holds for all channels: some show it.
  const unsure = parameters.filter(isUnsure).slice(0, 4);
  if (unsure.length === 0) return true;
  const costs = orderCosts(source, { ...interpretation, fields: unsure }, place);
  if (costs.better === undefined || (costs.better === 'low') === isLittle) return true;
  const [asWritten, turned] = isLittle ? [costs.low, costs.high] : [costs.high, costs.low];
  const message =
    `$BYTEORD ${shown(written)} makes noise of the values: they take ${asWritten.toFixed(2)} bits each to describe, in the ` +
    `other order of bytes ${turned.toFixed(2)}: one of $BYTEORD and the data is wrong`;
  findings.add('error', 'fcs.byteord-invalid', message, offsetBytes);
  return false;
}
