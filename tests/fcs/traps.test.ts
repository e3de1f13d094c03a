import { describe, expect, test } from 'vitest';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { oddCombined } from './oddCombined.ts';
import { oddLayout } from './oddLayout.ts';
import { oddOffsets } from './oddOffsets.ts';
import { oddText } from './oddText.ts';
import { oddTrailing } from './oddTrailing.ts';

/** What a file that falls into a trap must say: a code, a code that may only be a note, or nothing at all. */
type Saying = string | { readonly note: string } | 'nothing';

/**
 * The traps that are known from files of the field, by number, each with what is said and a made file. Traps 6 (offsets
 * modulo 10^8), 41 (ambiguous stains), 43 (compensated twice) and 44 (broken spillover) have tests of their own:
 * large.test.ts, and the rooms template and compensation.
 */
const traps: readonly (readonly [number: number, saying: Saying, kind: string])[] = [
  [1, 'data-end-off-by-one', 'DATA end one too high, in HEADER and TEXT'],
  [2, 'data-end-off-by-one', 'DATA end one too low'],
  [2, 'data-end-wrong', 'DATA end equal to its begin'],
  [3, 'data-offsets-disagree', 'HEADER begins DATA one byte late and leaves the file'],
  [3, 'data-offsets-disagree', 'TEXT begins DATA one byte early, inside TEXT'],
  [4, 'data-offsets-disagree', 'HEADER wrong by 49, TEXT right'],
  [5, 'header-offset-99999999', 'HEADER end 99999999'],
  [7, 'header-offset-split', 'HEADER begin given, end 0'],
  [7, 'header-offset-negative', 'HEADER 0 and -1'],
  [7, 'header-offset-blank', 'HEADER offsets of DATA blank'],
  [8, 'header-offset-zero', 'HEADER 0 0 though the file is small'],
  [9, 'data-offsets-missing-in-text', '$BEGINDATA and $ENDDATA missing'],
  [10, 'text-end-off-by-one', 'TEXT ends on the first byte of DATA'],
  [10, 'text-end-off-by-one', 'TEXT end one short'],
  [11, 'final-delimiter-missing', 'no final delimiter'],
  [12, 'text-trailing-bytes', 'line ends and NULs behind the last delimiter'],
  [13, 'nothing', 'doubled delimiters in a value'],
  [14, 'keyword-value-empty', 'an empty value'],
  [15, 'delimiter-first-in-value', 'a value that begins with the delimiter'],
  [15, 'delimiter-unescaped', 'a date with bare delimiters'],
  [16, 'delimiter-non-ascii', 'delimiter 0xa7'],
  [16, 'nothing', 'delimiter "*"'],
  [17, 'text-not-utf8', 'Latin-1 in a value'],
  [18, 'keyword-whitespace', 'blanks and line ends before keywords'],
  [19, 'nothing', 'values padded with blanks'],
  [20, 'keyword-duplicate', 'a keyword twice with the same value'],
  [20, 'keyword-duplicate-conflict', 'two $TOT, of which the second fits'],
  [21, 'tot-missing', '$TOT missing in 3.1'],
  [22, 'tot-disagrees', '$TOT too small, DATA whole events up to the checksum'],
  [22, 'tot-disagrees', '$TOT 1000000000, DATA whole events up to the end'],
  [23, 'par-mismatch', '$PAR one too small'],
  [24, 'nothing', 'bits above $PnR to be masked'],
  [25, 'pnr-not-power-of-two', '$PnR 1000'],
  [26, 'pnr-exceeds-bits', '$PnR 2^32 in 32 bits'],
  [26, 'pnr-invalid', '$PnR NA, 262143,5 and 1e5 on floats'],
  [27, 'nothing', 'widths 16, 32 and 8 mixed'],
  [27, 'nothing', '24-bit big-endian'],
  [27, 'nothing', '64 bits with $PnR 2^64'],
  [27, 'integer-precision-lost', '64-bit integers above 2^53'],
  [28, 'pnb-disagrees', '$PnB 10, stored in 16'],
  [29, 'pnb-disagrees', '$DATATYPE F with $PnB 16'],
  [29, 'value-case', '$DATATYPE in lower case'],
  [30, 'byteord-short', '$BYTEORD 1,2 with 32 bits'],
  [30, 'byteord-mixed', '$BYTEORD 3,4,1,2'],
  [30, 'byteord-missing', '$BYTEORD missing'],
  [31, 'nothing', 'FCS 3.2 with $PnDATATYPE mixed'],
  [32, 'pne-log-on-float', 'log $PnE on floats'],
  [33, 'pne-zero-offset', '$PnE 4,0'],
  [33, 'pne-missing', '$PnE missing'],
  [33, 'pne-invalid', '$PnE with decimal commas'],
  [34, { note: 'gain-vendor' }, 'gain in vendor keywords'],
  [35, 'several-data-sets', 'two data sets of the same events: the full one of 3.0 is read'],
  [36, 'nextdata-beyond-file', '$NEXTDATA one past $ENDDATA'],
  [36, 'nextdata-loop', '$NEXTDATA backwards'],
  [36, 'nextdata-missing', '$NEXTDATA missing'],
  [37, 'stext-repeats-text', 'supplemental TEXT is TEXT again'],
  [37, 'stext-unreadable', 'supplemental TEXT pointing at an archive'],
  [38, 'analysis-not-keywords', 'ANALYSIS holding XML'],
  [38, 'analysis-offsets', 'ANALYSIS offsets beyond the file'],
  [39, 'pnn-missing', '$PnN missing'],
  [39, 'pnn-duplicate', '$PnN of two parameters alike'],
  [40, { note: 'stain-absent' }, '$PnS blank or absent everywhere'],
  [42, 'nothing', '$PANELNAME and $PROJ, which are no parameter keywords'],
  [45, 'data-not-finite', 'NaN and infinities'],
  [46, 'time-not-monotone', 'time that steps back and below zero, without $TIMESTEP'],
  [46, 'time-negative', 'time that steps back and below zero, without $TIMESTEP'],
  [46, 'timestep-missing', 'two time channels, of which the low word wraps'],
  [47, { note: 'no-events' }, 'no events, DATA 0 0'],
  [48, 'bytes-after-data', 'bytes behind the checksum'],
  [49, 'mode-not-list', '$MODE C'],
  [49, 'mode-missing', '$MODE missing in 3.1'],
  [50, 'range-exceeded', 'values above $PnR in floats'],
  [51, 'data-truncated', 'cut inside DATA'],
  [51, 'text-truncated', 'cut inside TEXT'],
  [51, 'not-fcs', 'an empty file'],
  [51, 'version-unknown', 'version FCS4.0'],
  [52, 'nothing', 'keyword __proto__'],
];

const all = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing];

function problemsOf(kind: string): { code: string; severity: string }[] {
  const odd = all.find((one) => one.kind === kind);
  if (odd === undefined) throw new Error(`there is no made file "${kind}"`);
  const source = bytesSource('made.fcs', odd.bytes);
  const { value: file, problems } = readFcs(source, odd.options);
  const read =
    file &&
    readColumns(
      source,
      file,
      file.parameters.map((one) => one.index),
      { amplification: 'stored' },
    );
  return [...problems, ...(read?.problems ?? [])];
}

describe('the 52 traps', () => {
  test.each(traps)('%i: %j where there is "%s"', (_number, saying, kind) => {
    const problems = problemsOf(kind);
    if (saying === 'nothing') {
      expect(problems).toEqual([]);
      return;
    }
    const code = `fcs.${typeof saying === 'string' ? saying : saying.note}`;
    const found = problems.find((problem) => problem.code === code);
    expect(problems.map((problem) => problem.code)).toContain(code);
    if (typeof saying !== 'string') expect(found?.severity).toBe('note');
  });

  test('are all there, but those of other rooms', () => {
    const numbers = new Set(traps.map(([number]) => number));
    const missing = Array.from({ length: 52 }, (_, i) => i + 1).filter((number) => !numbers.has(number));
    expect(missing).toEqual([6, 41, 43, 44]);
  });
});
