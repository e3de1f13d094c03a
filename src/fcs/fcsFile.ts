import type { Problem } from '../problems/index.ts';

/** How numbers are stored: unsigned integers, 32-bit and 64-bit IEEE floats, decimal text. */
export type DataType = 'I' | 'F' | 'D' | 'A';

/** $PnE: decades f1 and the value f2 at channel 0; 0 decades = a linear amplifier. */
export interface Amplification {
  readonly decades: number;
  readonly offset: number;
}

/** One FCS parameter, as TEXT describes it and as it lies in an event. */
export interface FcsParameter {
  /** From 1, as in $P1N. */
  readonly index: number;
  /** $PnN, made unique: `P3` where it is missing, `FL1#2` for the second of two equal names. */
  readonly name: string;
  /** $PnS trimmed; undefined where absent or blank. */
  readonly stain: string | undefined;
  readonly dataType: DataType;
  /** Bits that one value takes in the file (0 for free text); not always what $PnB says. */
  readonly bits: number;
  /** First bit of the value, from the start of its event; 0 for free text. */
  readonly bitOffset: number;
  /** Low bits that count, for integers: ⌈log2($PnR)⌉, at most `bits`; otherwise `bits`. */
  readonly maskBits: number;
  /** $PnR as written, '' where missing. */
  readonly rangeText: string;
  /** $PnR as a number; undefined where it is none. */
  readonly range: number | undefined;
  readonly amplification: Amplification;
  /** $PnG; undefined where absent or no positive number. Recorded, never applied here. */
  readonly gain: number | undefined;
  /** $PnV as written. */
  readonly voltage: string | undefined;
  /** True for a time channel (Time, HDR-T, TIME_LSW …). */
  readonly isTime: boolean;
}

/** Place of byte b of significance (1 = least) in the file's order, or plain endianness. */
export type ByteOrder =
  | { readonly kind: 'little' }
  | { readonly kind: 'big' }
  | { readonly kind: 'mixed'; readonly places: readonly number[] };

/** A stretch of bytes, counted from the start of the file (not of the data set). */
export interface Segment {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** Where and how the events lie. */
interface DataLayout extends Segment {
  /** Bits of one event; 0 for free text, where events have no fixed length. */
  readonly eventBits: number;
  readonly byteOrder: ByteOrder;
}

/** What HEADER and TEXT say about one data set, after all evidence was weighed; plain data, no events. */
export interface FcsFile {
  readonly name: string;
  /** As written, such as `FCS3.1`. */
  readonly version: string;
  /** Upper-case keywords (with their `$`), trimmed values; TEXT and supplemental TEXT. */
  readonly keywords: ReadonlyMap<string, string>;
  readonly parameters: readonly FcsParameter[];
  readonly dataType: DataType;
  readonly eventCount: number;
  /** Which data set this is, from 1, and how many the file holds. */
  readonly dataSet: number;
  readonly dataSetCount: number;
  /** True where the file ends inside DATA and only the whole events before that are read. */
  readonly partial: boolean;
  readonly layout: DataLayout;
  /** The ANALYSIS segment, kept raw. */
  readonly analysis: Segment | undefined;
  readonly problems: readonly Problem[];
}

/** What a person may decide where the file itself does not. */
export interface FcsReadingOptions {
  /** Read the whole events of a file that ends inside DATA. */
  readonly acceptTruncated?: boolean;
  /** Trust this pair of DATA offsets and not the other. */
  readonly offsets?: 'header' | 'text';
  /** The data set to read, from 1. */
  readonly dataSet?: number;
  /** Values packed without padding begin at this bit of each byte. */
  readonly bitOrder?: 'low' | 'high';
  /** Read the whole events behind DATA that HEADER and TEXT do not count. */
  readonly acceptTrailing?: boolean;
}
