import { beginMark, buildFcs, endMark, floatRows, integerRows, type Made } from './buildFcs.ts';

export type Rows = readonly (readonly number[])[];

/** Fifty events that no shift by a byte or a channel leaves alike; exact as 32-bit floats and as 16-bit integers. */
export const rows: Rows = Array.from({ length: 50 }, (_, i) => [
  i * 7 + 1,
  ((i * 131) % 997) + 2,
  ((i * 53) % 401) + 300,
]);

/**
 * Events of two populations in as many channels as asked for, below 2^bits, as cells lie: sums of uniform numbers from a
 * fixed sequence.
 */
export function populations(count: number, channelCount: number, bits: number): Rows {
  let state = 12_345;
  const uniform = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const bell = (): number => uniform() + uniform() + uniform() + uniform() - 2;
  return Array.from({ length: count }, () => {
    const isSecond = uniform() < 0.4;
    return Array.from({ length: channelCount }, (_, c) => {
      const centre = isSecond === (c % 2 === 0) ? 0.3 + 0.02 * c : 0.65 - 0.03 * c;
      return Math.max(0, Math.min(2 ** bits - 1, Math.floor(2 ** bits * (centre + 0.08 * bell()))));
    });
  });
}

interface Changes extends Partial<Omit<Made, 'keywords'>> {
  /** Added, replaced, or (undefined) left out. */
  readonly keywords?: Readonly<Record<string, string | undefined>>;
  readonly rows?: Rows;
}

const names = ['FSC-A', 'FL1-A', 'FL2-A', 'FL3-A', 'FL4-A'];

function keywordsFor(type: string, bits: readonly number[], range: number, count: number): Record<string, string> {
  const perParameter = bits.map((width, i) => [
    [`$P${i + 1}B`, String(width)],
    [`$P${i + 1}E`, '0,0'],
    [`$P${i + 1}N`, names[i] ?? `P${i + 1}`],
    [`$P${i + 1}R`, String(range)],
    [`$P${i + 1}S`, `marker ${i + 1}`],
  ]);
  return {
    $BEGINANALYSIS: '0',
    $ENDANALYSIS: '0',
    $BEGINSTEXT: '0',
    $ENDSTEXT: '0',
    $BEGINDATA: beginMark,
    $ENDDATA: endMark,
    $BYTEORD: '1,2,3,4',
    $DATATYPE: type,
    $MODE: 'L',
    $NEXTDATA: '0',
    $PAR: String(bits.length),
    $TOT: String(count),
    ...Object.fromEntries(perParameter.flat()),
  };
}

/** A sound FCS 3.1 file of 32-bit floats, with changes. */
export function floatFile(changes: Changes = {}): Uint8Array {
  const { rows: own = rows, keywords, ...rest } = changes;
  const bits = (own[0] ?? [1, 2, 3]).map(() => 32);
  return buildFcs({
    data: floatRows(own, bits),
    ...rest,
    keywords: { ...keywordsFor('F', bits, 262144, own.length), ...keywords },
  });
}

/** A sound FCS 3.1 file of unsigned integers with these widths, with changes. */
export function integerFile(bits: readonly number[], changes: Changes & { readonly range?: number } = {}): Uint8Array {
  const { rows: own = rows, keywords, range = 2 ** Math.min(...bits), ...rest } = changes;
  return buildFcs({
    data: integerRows(own, bits),
    ...rest,
    keywords: { ...keywordsFor('I', bits, range, own.length), ...keywords },
  });
}
