import type { ByteOrder, FcsParameter } from './fcsFile.ts';
import type { RowBlock } from './readBlocks.ts';

/**
 * Writes the values of one parameter of a block into `out` from `block.firstEvent` on, as stored: integers masked.
 * @returns how many integers were above 2⁵³ and lost precision
 */
export type DecodeColumn = (block: RowBlock, out: Float64Array) => number;

/** What of a parameter decides how its bytes are read. */
type Stored = Pick<FcsParameter, 'dataType' | 'bits' | 'bitOffset' | 'maskBits'>;

/** The decoder for one parameter: a tight loop for the widths that instruments write, a general one for all others. */
export function columnDecoder(parameter: Stored, eventBits: number, byteOrder: ByteOrder): DecodeColumn {
  const isWholeBytes = eventBits % 8 === 0 && parameter.bitOffset % 8 === 0 && parameter.bits % 8 === 0;
  if (!isWholeBytes) return packedDecoder(parameter, eventBits, byteOrder);
  const strideBytes = eventBits / 8;
  const offsetBytes = parameter.bitOffset / 8;
  if (parameter.dataType === 'A') return textDecoder(strideBytes, offsetBytes, parameter.bits / 8);
  if (byteOrder.kind === 'mixed') return mixedDecoder(parameter, strideBytes, offsetBytes, byteOrder.places);
  return orderedDecoder(parameter, strideBytes, offsetBytes, byteOrder.kind === 'little');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function orderedDecoder(parameter: Stored, stride: number, offset: number, isLittle: boolean): DecodeColumn {
  if (parameter.dataType === 'F') {
    return ({ bytes, firstEvent, eventCount }, out) => {
      const view = viewOf(bytes);
      for (let i = 0, at = offset; i < eventCount; i++, at += stride)
        out[firstEvent + i] = view.getFloat32(at, isLittle);
      return 0;
    };
  }
  if (parameter.dataType === 'D') {
    return ({ bytes, firstEvent, eventCount }, out) => {
      const view = viewOf(bytes);
      for (let i = 0, at = offset; i < eventCount; i++, at += stride)
        out[firstEvent + i] = view.getFloat64(at, isLittle);
      return 0;
    };
  }
  if (parameter.bits === 16) {
    const mask = 2 ** parameter.maskBits - 1;
    return ({ bytes, firstEvent, eventCount }, out) => {
      const view = viewOf(bytes);
      for (let i = 0, at = offset; i < eventCount; i++, at += stride) {
        out[firstEvent + i] = view.getUint16(at, isLittle) & mask;
      }
      return 0;
    };
  }
  if (parameter.bits === 32) {
    // A shift by 32 is a shift by 0: the full mask is written out.
    const mask = parameter.maskBits >= 32 ? -1 : 2 ** parameter.maskBits - 1;
    return ({ bytes, firstEvent, eventCount }, out) => {
      const view = viewOf(bytes);
      for (let i = 0, at = offset; i < eventCount; i++, at += stride) {
        out[firstEvent + i] = (view.getUint32(at, isLittle) & mask) >>> 0;
      }
      return 0;
    };
  }
  const byteCount = parameter.bits / 8;
  const places = Array.from({ length: byteCount }, (_, i) => (isLittle ? i : byteCount - 1 - i));
  return byteDecoder(stride, offset, places, parameter.maskBits);
}

/** Integers of any whole number of bytes; places[i] = power of 256 of the i-th byte in the file. */
function byteDecoder(stride: number, offset: number, places: readonly number[], maskBits: number): DecodeColumn {
  const lowMask = maskBits >= 32 ? 0xffffffff : 2 ** maskBits - 1;
  const highMask = maskBits > 32 ? 2 ** (maskBits - 32) - 1 : 0;
  const byPower = places.map((_, power) => places.indexOf(power));
  return ({ bytes, firstEvent, eventCount }, out) => {
    let inexactCount = 0;
    for (let i = 0, at = offset; i < eventCount; i++, at += stride) {
      let low = 0;
      let high = 0;
      for (let power = byPower.length - 1; power >= 0; power--) {
        const byte = bytes[at + (byPower[power] as number)] as number;
        if (power >= 4) high = high * 256 + byte;
        else low = low * 256 + byte;
      }
      low = (low & lowMask) >>> 0;
      high = (high & highMask) >>> 0;
      if (isInexact(high, low)) inexactCount++;
      out[firstEvent + i] = high * 2 ** 32 + low;
    }
    return inexactCount;
  };
}

function isInexact(high: number, low: number): boolean {
  if (high < 2 ** 21) return false;
  const exact = (BigInt(high) << 32n) + BigInt(low);
  return BigInt(Number(exact)) !== exact;
}

/** An order that is neither little nor big: bytes of one value are put in order, then read as little-endian. */
function mixedDecoder(parameter: Stored, stride: number, offset: number, places: readonly number[]): DecodeColumn {
  const powers = parameter.bits === 8 ? [0] : places.map((place) => place - 1);
  if (parameter.dataType === 'I') return byteDecoder(stride, offset, powers, parameter.maskBits);
  const ordered = new Uint8Array(powers.length);
  const view = viewOf(ordered);
  const isFloat32 = parameter.dataType === 'F';
  return ({ bytes, firstEvent, eventCount }, out) => {
    for (let i = 0, at = offset; i < eventCount; i++, at += stride) {
      for (let b = 0; b < powers.length; b++) ordered[powers[b] as number] = bytes[at + b] as number;
      out[firstEvent + i] = isFloat32 ? view.getFloat32(0, true) : view.getFloat64(0, true);
    }
    return 0;
  };
}

/** Numbers in columns of characters; what is no number becomes NaN and is counted by the caller. */
function textDecoder(stride: number, offset: number, lengthBytes: number): DecodeColumn {
  return ({ bytes, firstEvent, eventCount }, out) => {
    for (let i = 0, at = offset; i < eventCount; i++, at += stride) {
      out[firstEvent + i] = numberOfText(Buffer.from(bytes.subarray(at, at + lengthBytes)).toString('latin1'));
    }
    return 0;
  };
}

/** A decimal number of $DATATYPE A, NaN where it is none. */
export function numberOfText(text: string): number {
  const trimmed = text.trim();
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/**
 * Values that begin or end inside a byte. The stream of bits runs from the low bit of each byte where the first byte is
 * the least significant, else from the high bit.
 */
function packedDecoder(parameter: Stored, eventBits: number, byteOrder: ByteOrder): DecodeColumn {
  const { bits, bitOffset, maskBits, dataType } = parameter;
  const isBig = byteOrder.kind !== 'little';
  const scratch = new DataView(new ArrayBuffer(8));
  return ({ bytes, firstEvent, eventCount, firstBit }, out) => {
    let inexactCount = 0;
    for (let i = 0; i < eventCount; i++) {
      const start = firstBit + i * eventBits + bitOffset;
      let high = 0;
      let low = 0;
      for (let b = 0; b < bits; b++) {
        // The power of two of the b-th bit of the stream.
        const power = isBig ? bits - 1 - b : b;
        const at = start + b;
        const bit = ((bytes[at >> 3] as number) >> (isBig ? 7 - (at & 7) : at & 7)) & 1;
        if (bit === 0 || (dataType === 'I' && power >= maskBits)) continue;
        if (power >= 32) high += 2 ** (power - 32);
        else low += 2 ** power;
      }
      if (dataType === 'I' && isInexact(high, low)) inexactCount++;
      out[firstEvent + i] = dataType === 'I' ? high * 2 ** 32 + low : floatOf(scratch, high, low, dataType === 'F');
    }
    return inexactCount;
  };
}

function floatOf(scratch: DataView, high: number, low: number, isFloat32: boolean): number {
  scratch.setUint32(0, high);
  scratch.setUint32(4, low);
  return isFloat32 ? scratch.getFloat32(4) : scratch.getFloat64(0);
}
