import type { ByteSource } from './byteSource.ts';
import type { FcsParameter, Segment } from './fcsFile.ts';
import type { Findings } from './findings.ts';
import type { Sample } from './orderShownByValues.ts';

const sampleBytes = 1 << 16;
// Fewer values than this can look odd by chance.
const fewestValues = 32;
const leastShare = 0.95;

/**
 * A wrong $DATATYPE of the right width leaves no trace in counts and lengths, but one in values: 32-bit integers that are
 * floats of the size that instruments write use a narrow band of their range, floats that are integers are all next to 0.
 * Where nearly all values of a sample are so the file is refused.
 * @returns true where the type may be believed
 */
export function isTypeBelievable(source: ByteSource, data: Segment, sample: Sample, findings: Findings): boolean {
  const bytes = source.read(data.offsetBytes, Math.min(sampleBytes, data.lengthBytes));
  for (const [type, isOther] of [
    ['I', isMeasuredFloat],
    ['F', isTinyFloat],
  ] as const) {
    const own = sample.parameters.filter((one) => one.dataType === type && one.bits === 32 && one.bitOffset % 8 === 0);
    const { valueCount, otherCount } = lookOf(bytes, sample, own, isOther);
    if (valueCount < fewestValues || otherCount < leastShare * valueCount) continue;
    const other = type === 'I' ? '32-bit floats, and not integers' : 'integers, and not 32-bit floats';
    const share = ((100 * otherCount) / valueCount).toFixed(0);
    const message = `$DATATYPE is "${type}", but ${share} % of the first ${valueCount} values look like ${other}: one of them is wrong`;
    findings.add('error', 'fcs.datatype-invalid', message, data.offsetBytes);
    return false;
  }
  return true;
}

function lookOf(
  bytes: Uint8Array,
  { rowBytes, isLittle }: Sample,
  parameters: readonly FcsParameter[],
  isOther: (value: number) => boolean,
): { valueCount: number; otherCount: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const look = { valueCount: 0, otherCount: 0 };
  for (const { bitOffset } of parameters) {
    for (let at = bitOffset / 8; at + 4 <= bytes.length; at += rowBytes) {
      if (view.getUint32(at) === 0) continue;
      look.valueCount++;
      if (isOther(view.getFloat32(at, isLittle))) look.otherCount++;
    }
  }
  return look;
}

/** Of integers below 2^24 none has such bits, and of evenly spread ones every fifth. */
function isMeasuredFloat(value: number): boolean {
  const size = Math.abs(value);
  return size > 1e-6 && size < 1e9;
}

/** Integers below 2^27 read as floats; no instrument writes such. */
function isTinyFloat(value: number): boolean {
  return value !== 0 && Math.abs(value) < 1e-33;
}
