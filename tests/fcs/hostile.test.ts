import { readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { type ByteSource, readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { type Problem, printProblem } from '../../src/problems/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { integerRows, joinBytes, latin1 } from './buildFcs.ts';
import { corpusPaths, hashRows } from './corpusFiles.ts';
import { oddCombined } from './oddCombined.ts';
import { oddLayout } from './oddLayout.ts';
import { oddOffsets } from './oddOffsets.ts';
import { oddText } from './oddText.ts';
import { oddTrailing } from './oddTrailing.ts';
import { floatFile, integerFile, populations, rows } from './soundFiles.ts';

/** Everything that a reader does with a file; the hash of its stored values, where it is read. */
function readAll(source: ByteSource): { hash: string | undefined; problems: readonly Problem[] } {
  const { value: file, problems } = readFcs(source);
  if (file === undefined) return { hash: undefined, problems };
  const indices = file.parameters.map((parameter) => parameter.index);
  const read = readColumns(source, file, indices, { amplification: 'stored' });
  return { hash: hashRows(read.columns), problems: [...problems, ...read.problems] };
}

describe('files that claim more than they hold', () => {
  test.each([
    ['in $TOT and in the offsets', { $TOT: '1000000000' }, 'fcs.data-truncated'],
    ['in $TOT, without offsets', { $TOT: '1000000000', $BEGINDATA: '0', $ENDDATA: '0' }, 'fcs.data-offsets-missing'],
    ['in $TOT beyond what a number can say', { $TOT: '99999999999999999999' }, 'fcs.tot-missing'],
  ])(
    'a thousand million events in some hundred bytes are refused %s, and nothing but TEXT is read',
    (_kind, keywords, code) => {
      const bytes = integerFile([8], {
        rows: [],
        keywords,
        tail: new Uint8Array(0),
        header: (p) => [58, p.textEnd, 0, 0, 0, 0],
        offsets: (p) => [p.dataBegin, p.dataBegin + 999_999_999],
      });
      expect(bytes.length).toBeLessThan(450);
      let readBytes = 0;
      const inner = bytesSource('claim.fcs', bytes);
      const counting: ByteSource = {
        ...inner,
        read: (offsetBytes, lengthBytes) => {
          readBytes += lengthBytes;
          return inner.read(offsetBytes, lengthBytes);
        },
      };
      const { value, problems } = readFcs(counting, {});
      expect(value).toBeUndefined();
      expect(problems.map((problem) => problem.code)).toContain(code);
      expect(readBytes).toBeLessThan(2 * bytes.length);
    },
  );

  test('a file cut inside DATA names the byte where it ends, the events that are whole, and the way out', () => {
    const source = bytesSource('cut.fcs', floatFile().slice(0, -200));
    const { value, problems } = readFcs(source);
    expect(value).toBeUndefined();
    expect(problems.map((problem) => printProblem(problem))).toEqual([
      `cut.fcs@${source.sizeBytes}: error fcs.data-truncated: the file ends at byte ${source.sizeBytes}, 192 bytes before ` +
        'the end of DATA: 34 of 50 events are whole (copy the file again; --accept-truncated reads the whole events there are)',
    ]);
    expect(readFcs(source, { acceptTruncated: true }).value).toMatchObject({ partial: true, eventCount: 34 });
  });
});

describe('privacy', () => {
  test('no value that could identify a person is quoted in a problem', () => {
    const secret = 'Secret';
    const personal = Object.fromEntries(
      ['$FIL', '$OP', '$SRC', '$SMNO', '$CELLS', '$PROJ', '$EXP', '$COM', 'PATIENT ID', 'TUBE NAME'].map((key) => [
        key,
        `${secret}|${secret} \xe4`,
      ]),
    );
    const faults: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => text.replaceAll('||', '|'),
      (text) => text.replace('$OP|', '$OP|||').replace('$SRC|', '$SRC||'),
      (text) => text.replace('$OP|', `$OP|other|$OP|`).replace('$FIL|', '  $fil|'),
      (text) => text.replaceAll('$P', `${secret}|$P`),
      (text) => text.slice(0, -3),
      (text) => text.replace(/(\$(?:NEXTDATA|P1R|P2E|P3B)\|)[^|]*/g, `$1${secret} name`),
      ...['MODE', 'DATATYPE', 'BYTEORD', 'PAR', 'TOT'].map(
        (key) => (text: string) => text.replace(new RegExp(`(\\$${key}\\|)[^|]*`), `$1${secret} name`),
      ),
      (text) => text.replace('$PAR|', `$PAR|${secret}|$PAR|`),
      (text) => text.replaceAll('$', secret),
    ];
    let said = 0;
    for (const fault of faults) {
      const { problems } = readAll(bytesSource('made.fcs', floatFile({ keywords: personal, text: fault })));
      for (const problem of problems) expect(`${problem.message} ${problem.hint}`).not.toMatch(/secret/i);
      said += problems.length;
    }
    expect(said).toBeGreaterThan(12);
  });
});

const seed = 20_260_101;

describe('any bytes at all', () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  const letters = fc.string({ unit: fc.constantFrom(...'|$PTOARNBIFD0123456789 ,*/'), maxLength: 300 });
  const magic = fc.constantFrom('', 'FCS3.1    ', 'FCS2.0          58     200     201     300       0       0');

  test('are read or refused with an error; nothing throws', () => {
    fc.assert(
      fc.property(magic, letters, bytes, (begin, text, end) => {
        const { hash, problems } = readAll(bytesSource('any.fcs', joinBytes(latin1(begin + text), end)));
        expect(hash !== undefined || problems.some((problem) => problem.severity === 'error')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('between the delimiters of a sound file are read or refused with an error; nothing throws', () => {
    fc.assert(
      fc.property(fc.nat(60), letters, (which, text) => {
        let token = 0;
        const replaced = (sound: string): string =>
          sound.replace(/[^|]+/g, (word) => (token++ === which ? text : word));
        const { hash, problems } = readAll(bytesSource('any.fcs', floatFile({ text: replaced })));
        expect(hash !== undefined || problems.some((problem) => problem.severity === 'error')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('mutants', () => {
  const made = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing]
    .map((odd) => odd.bytes)
    .filter((bytes) => bytes.length > 100);
  const real = hasTruth
    ? corpusPaths()
        .filter((path) => statSync(truthPath(path)).size < 10_000)
        .map((path) => new Uint8Array(readFileSync(truthPath(path))))
    : [];

  test('500 files with bytes changed, cut or doubled: each is read or refused, none throws', () => {
    const generator = xoroshiro128plus(seed);
    const pick = (count: number): number => uniformInt(generator, 0, count - 1);
    const pool = [...made, ...real];
    let refused = 0;
    for (let mutant = 0; mutant < 500; mutant++) {
      const original = pool[pick(pool.length)] as Uint8Array;
      let bytes = original.slice();
      const changes = 1 + pick(6);
      for (let change = 0; change < changes; change++) {
        // HEADER and TEXT are where a changed byte matters.
        const at = pick(2) === 0 ? pick(Math.min(700, bytes.length)) : pick(bytes.length);
        bytes[at] = pick(3) === 0 ? pick(256) : '0123456789|$ PIFDA,*-'.charCodeAt(pick(21));
      }
      if (pick(5) === 0) bytes = bytes.slice(0, pick(bytes.length));
      const { hash, problems } = readAll(bytesSource(`mutant-${mutant}.fcs`, bytes));
      if (hash === undefined) {
        refused++;
        expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(450);
  });

  test('no change of one digit in an offset, $TOT, $PAR or $PnB gives other numbers without a problem', () => {
    const tenBit = rows.map((row) => row.map((value) => value % 1024));
    const originals = [
      floatFile(),
      floatFile({ gapBytes: 40, tail: latin1('00000000') }),
      floatFile({ version: 'FCS2.0', keywords: { $BEGINDATA: undefined, $ENDDATA: undefined } }),
      integerFile([16, 16, 16], { rows: tenBit, range: 1024 }),
      integerFile([16, 32, 8], { range: 256, gapBytes: 9 }),
      floatFile({ rows: populations(40, 5, 10), tail: new Uint8Array(0) }),
      integerFile([24, 24, 24], { range: 65_536 }),
      integerFile([32, 32, 32], { keywords: { $BYTEORD: '4,3,2,1' }, data: integerRows(rows, [32, 32, 32], 'big') }),
      ...real.slice(0, 4),
    ];
    let tried = 0;
    for (const bytes of originals) {
      const sound = readAll(bytesSource('sound.fcs', bytes));
      const usual = new Set(sound.problems.map((problem) => problem.code));
      for (const at of digitPlaces(bytes)) {
        for (let digit = 48; digit < 58; digit++) {
          if (bytes[at] === digit) continue;
          const mutant = bytes.slice();
          mutant[at] = digit;
          const { hash, problems } = readAll(bytesSource('mutant.fcs', mutant));
          tried++;
          if (hash === sound.hash || hash === undefined) continue;
          const isSaid = problems.some((problem) => problem.severity !== 'note' && !usual.has(problem.code));
          expect([at, String.fromCharCode(digit), isSaid]).toEqual([at, String.fromCharCode(digit), true]);
        }
      }
    }
    expect(tried).toBeGreaterThan(1_500);
  });
});

/** Places of the digits in HEADER's offsets and in the values of the layout keywords that count bytes or events. */
function digitPlaces(bytes: Uint8Array): number[] {
  const text = Buffer.from(bytes).toString('latin1', 0, Math.min(bytes.length, 9_000));
  const places: number[] = [];
  const addRun = (from: number, length: number): void => {
    for (let at = from; at < from + length; at++) if (/\d/.test(text[at] ?? '')) places.push(at);
  };
  addRun(10, 32);
  for (const match of text.matchAll(/\$(?:TOT|PAR|BEGINDATA|ENDDATA|P[1-9]B)[^\w ]([ \d]+)/g)) {
    addRun(match.index + match[0].length - (match[1]?.length ?? 0), match[1]?.length ?? 0);
  }
  return places;
}
