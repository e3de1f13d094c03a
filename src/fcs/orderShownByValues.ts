import type { ByteSource } from './byteSource.ts';
import type { FcsParameter, Segment } from './fcsFile.ts';
import { type Findings, shown } from './findings.ts';

const sampleBytes = 1 << 16;
// Fewer values than this can look odd by chance.
const fewestValues = 32;

/** What the values of a sample look like in one order of bytes. */
interface Look {
  valueCount: number;
  impossibleCount: number;
}

/** The begin of DATA, and how its values are said to lie in it. */
export interface Sample {
  readonly parameters: readonly FcsParameter[];
  readonly rowBytes: number;
  readonly isLittle: boolean;
  /** $BYTEORD as written. */
  readonly written: string;
  readonly offsetBytes: number | undefined;
}

/**
 * A wrong $BYTEORD leaves no trace in counts and lengths, but mostly one in values: floats of 10³⁰ or 10⁻³⁰, integers
 * above their range. Where at least half of a sample is so in the order that is written, and next to none in the other,
 * the file is refused: it cannot be meant, and nobody said that the other order is.
 * @returns true where the order may be believed
 */
export function isOrderBelievable(source: ByteSource, data: Segment, sample: Sample, findings: Findings): boolean {
  const bytes = source.read(data.offsetBytes, Math.min(sampleBytes, data.lengthBytes));
  const asWritten = lookOf(bytes, sample, sample.isLittle);
  if (asWritten.valueCount < fewestValues || asWritten.impossibleCount * 2 < asWritten.valueCount) return true;
  const turned = lookOf(bytes, sample, !sample.isLittle);
  if (turned.impossibleCount * 200 > turned.valueCount) return true;
  const share = ((100 * asWritten.impossibleCount) / asWritten.valueCount).toFixed(0);
  const message =
    `$BYTEORD ${shown(sample.written)} makes ${share} % of the first ${asWritten.valueCount} values impossible (floats ` +
    'beyond 10^15, integers above $PnR), the other order next to none: one of $BYTEORD and the data is wrong';
  findings.add('error', 'fcs.byteord-invalid', message, sample.offsetBytes);
  return false;
}

function lookOf(bytes: Uint8Array, { parameters, rowBytes }: Sample, isLittle: boolean): Look {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const look: Look = { valueCount: 0, impossibleCount: 0 };
  for (const parameter of parameters) {
    const isImpossible = judgeOf(parameter);
    if (isImpossible === undefined) continue;
    for (let at = parameter.bitOffset / 8; at + parameter.bits / 8 <= bytes.length; at += rowBytes) {
      const value = valueAt(view, at, parameter, isLittle);
      // Nothing is seen in 0: it is the same in every order.
      if (value === 0) continue;
      look.valueCount++;
      if (isImpossible(value)) look.impossibleCount++;
    }
  }
  return look;
}

function valueAt(view: DataView, at: number, { dataType, bits }: FcsParameter, isLittle: boolean): number {
  if (dataType === 'F') return view.getFloat32(at, isLittle);
  if (dataType === 'D') return view.getFloat64(at, isLittle);
  return bits === 16 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle);
}

/** @returns undefined for values that tell nothing: of one byte, or with next to no bits to spare above $PnR */
function judgeOf({ dataType, bits, maskBits, bitOffset }: FcsParameter): ((value: number) => boolean) | undefined {
  if (bitOffset % 8 !== 0) return undefined;
  if (dataType === 'F' || dataType === 'D') {
    return (value) => !(Math.abs(value) < 1e15 && Math.abs(value) > 1e-15);
  }
  if (dataType !== 'I' || (bits !== 16 && bits !== 32) || maskBits > bits - 4) return undefined;
  const limit = 2 ** maskBits;
  return (value) => value >= limit;
}
