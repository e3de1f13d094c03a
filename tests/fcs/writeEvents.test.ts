import { describe, expect, test } from 'vitest';
import { type FcsFile, readColumns, readFcs, writeEvents } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { oddCombined } from './oddCombined.ts';
import { oddLayout } from './oddLayout.ts';
import { oddOffsets } from './oddOffsets.ts';
import { oddText } from './oddText.ts';
import { oddTrailing } from './oddTrailing.ts';
import { floatFile, rows } from './soundFiles.ts';

function fileOf(bytes: Uint8Array, options = {}): { source: ReturnType<typeof bytesSource>; file: FcsFile } {
  const source = bytesSource('made.fcs', bytes);
  const { value: file, problems } = readFcs(source, options);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return { source, file };
}

function rowsOf({ source, file }: ReturnType<typeof fileOf>): number[][] {
  const { columns } = readColumns(
    source,
    file,
    file.parameters.map((parameter) => parameter.index),
  );
  return Array.from({ length: file.eventCount }, (_, i) => columns.map((column) => column[i] as number));
}

function written(from: ReturnType<typeof fileOf>, events: Uint32Array | 'all'): Uint8Array {
  const parts: Uint8Array[] = [];
  writeEvents({ ...from, events }, (bytes) => parts.push(bytes.slice()));
  return Buffer.concat(parts);
}

describe('events written as a file of their own', () => {
  const readable = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing].filter(
    (odd) => odd.values !== undefined,
  );

  test('of every odd file that is read come back with the same numbers, all and some, and nothing is odd any more', () => {
    let compared = 0;
    for (const { kind, bytes, options } of readable) {
      const from = fileOf(bytes, options);
      const before = rowsOf(from);
      for (const events of ['all', Uint32Array.from(before.keys()).filter((i) => i % 3 === 1)] as const) {
        const wanted = events === 'all' ? before : [...events].map((event) => before[event]);
        const source = bytesSource('written.fcs', written(from, events));
        const { value: file, problems } = readFcs(source);
        // A range above the width is kept: it scales a log amplifier.
        const said = problems.filter(({ severity, code }) => severity !== 'note' && code !== 'fcs.pnr-exceeds-bits');
        expect([kind, said]).toEqual([kind, []]);
        if (file === undefined) throw new Error(`${kind} is not read back`);
        expect([kind, rowsOf({ source, file })]).toEqual([kind, wanted]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(180);
  });

  test('of which none is chosen are a sound file without events', () => {
    const back = fileOf(written(fileOf(floatFile()), new Uint32Array(0)));
    expect(back.file).toMatchObject({ eventCount: 0, version: 'FCS3.1' });
    expect(back.file.parameters.map((parameter) => parameter.name)).toEqual(['FSC-A', 'FL1-A', 'FL2-A']);
  });

  test('keep keywords that are not about layout, and say that they are a part', () => {
    const from = fileOf(floatFile({ keywords: { $CYT: 'made', $P1V: '450', VENDOR: 'a|b' } }));
    const part = fileOf(written(from, Uint32Array.of(3, 49)));
    expect(part.file.keywords.get('VENDOR')).toBe('a|b');
    expect(part.file.parameters[0]?.voltage).toBe('450');
    expect(part.file.keywords.get('$ORIGINALITY')).toBe('DataModified');
    expect(rowsOf(part)).toEqual([rows[3], rows[49]]);
    expect(fileOf(written(from, 'all')).file.keywords.has('$ORIGINALITY')).toBe(false);
  });
});
