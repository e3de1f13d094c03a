import { readFileSync } from 'node:fs';
import FCS from 'fcs';
import { describe, expect, test } from 'vitest';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { floatRows, integerRows } from './buildFcs.ts';
import { corpusPaths } from './corpusFiles.ts';
import { floatFile, integerFile, rows } from './soundFiles.ts';

/** Values by event, as npm fcs 0.0.7 reads them. */
function secondReading(bytes: Uint8Array): readonly (readonly number[])[] {
  const options = { dataFormat: 'asNumber', groupBy: 'byEvent', eventsToRead: -1 };
  return new FCS(options, Buffer.from(bytes)).dataAsNumbers;
}

function ownReading(bytes: Uint8Array): readonly (readonly number[])[] {
  const source = bytesSource('file.fcs', bytes);
  const { value: file } = readFcs(source, { dataSet: 1, offsets: 'header' });
  if (file === undefined) throw new Error('not read');
  const indices = file.parameters.map((parameter) => parameter.index);
  const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
  return Array.from({ length: file.eventCount }, (_, i) => columns.map((column) => column[i] as number));
}

/**
 * What npm fcs reads rightly: first data set, one width, floats, or integers of 16 or 32 bits whose mask is full;
 * offsets in HEADER, as it takes them.
 */
function isItsDomain(bytes: Uint8Array): boolean {
  const { value: file, problems } = readFcs(bytesSource('file.fcs', bytes), { dataSet: 1 });
  if (file === undefined || file.dataSetCount > 1 || file.eventCount === 0) return false;
  if (problems.some((problem) => problem.severity === 'warning' && problem.code !== 'fcs.pne-zero-offset'))
    return false;
  if (problems.some((problem) => problem.code === 'fcs.header-offset-blank')) return false;
  const first = file.parameters[0];
  return file.parameters.every(({ bits, dataType, maskBits }) => {
    const isFullInteger = dataType === 'I' && (bits === 16 || bits === 32) && maskBits === bits;
    return bits === first?.bits && (dataType === 'F' || dataType === 'D' || isFullInteger);
  });
}

describe('npm fcs 0.0.7 agrees on its domain', () => {
  const bits = [32, 32, 32];
  const double = { $DATATYPE: 'D', $P1B: '64', $P2B: '64', $P3B: '64' };
  test.each([
    ['32-bit floats, little-endian', floatFile()],
    ['32-bit floats, big-endian', floatFile({ keywords: { $BYTEORD: '4,3,2,1' }, data: floatRows(rows, bits, 'big') })],
    ['64-bit floats', floatFile({ keywords: double, data: floatRows(rows, [64, 64, 64]) })],
    ['16-bit integers', integerFile([16, 16, 16])],
    [
      '32-bit integers, big-endian',
      integerFile(bits, { keywords: { $BYTEORD: '4,3,2,1' }, data: integerRows(rows, bits, 'big') }),
    ],
  ])('%s', (_kind, bytes) => {
    expect(secondReading(bytes)).toEqual(rows);
    expect(ownReading(bytes)).toEqual(rows);
  });

  test.skipIf(!hasTruth)('on real files, value for value', () => {
    let files = 0;
    let values = 0;
    for (const path of corpusPaths()) {
      const bytes = readFileSync(truthPath(path));
      // It takes seconds for large files.
      if (bytes.length > 1_300_000 || !isItsDomain(bytes)) continue;
      const second = secondReading(bytes);
      const own = ownReading(bytes);
      expect([path, second.length]).toEqual([path, own.length]);
      const differing = own.findIndex((row, i) => row.some((value, c) => value !== second[i]?.[c]));
      expect([path, differing]).toEqual([path, -1]);
      files++;
      values += own.length * (own[0]?.length ?? 0);
    }
    console.log(`npm fcs agrees on ${files} files, ${values} values`);
    expect(files).toBeGreaterThanOrEqual(18);
  });

  test('where it errs, we differ: rubbish above $PnR is masked here, kept there', () => {
    const dirty = rows.map((row) => row.map((value) => (value % 1024) + 3 * 1024));
    const bytes = integerFile([16, 16, 16], { rows: dirty, range: 1024 });
    expect(secondReading(bytes)).toEqual(dirty);
    expect(ownReading(bytes)).toEqual(rows.map((row) => row.map((value) => value % 1024)));
  });
});
