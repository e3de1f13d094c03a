import { describe, expect, test } from 'vitest';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import { inStudyWords, printProblem } from '../../src/problems/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { floatRows, joinBytes } from './buildFcs.ts';
import { floatFile, populations } from './soundFiles.ts';

const cells = populations(400, 3, 10);

describe('events behind DATA', () => {
  test('are told with their exact number, their bytes, and the option that reads them', () => {
    const tail = floatRows(cells.slice(100), [32, 32, 32]);
    const source = bytesSource('short.fcs', floatFile({ rows: cells.slice(0, 100), tail }));
    const { value, problems } = readFcs(source);
    expect(value?.eventCount).toBe(100);
    expect(problems.map(printProblem)).toEqual([
      `short.fcs@${source.sizeBytes - 3600}: warning fcs.events-behind-data: 300 whole events of the same width follow the ` +
        '100 that $TOT and the offsets of DATA count (3600 bytes); they were not read (find out how many events were ' +
        'measured; --accept-trailing reads these too)',
    ]);
  });

  test('a checksum and megabytes of zeros are no events', () => {
    const bytes = joinBytes(floatFile({ rows: cells }), new Uint8Array(3_000_000));
    const { value, problems } = readFcs(bytesSource('padded.fcs', bytes), { acceptTrailing: true });
    expect(value?.eventCount).toBe(400);
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['note', 'fcs.bytes-after-data']]);
  });

  test.skipIf(!hasTruth)('the case of 300 of 3,000 events: 2,700 are told, and read where asked for', () => {
    const open = (name: string, options = {}) => {
      const source = openFile(truthPath('cases', 'events-behind-data', name));
      const { value: file, problems } = readFcs(source, options);
      if (file === undefined) throw new Error(`${name} was refused`);
      const indices = file.parameters.map(({ index }) => index);
      const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
      source.close();
      return { columns, said: problems.filter(({ severity }) => severity !== 'note').map(({ message }) => message) };
    };
    const whole = open('whole.fcs');
    const cut = open('cut_in_header.fcs');
    const all = open('cut_in_header.fcs', { acceptTrailing: true });
    expect(cut.columns).toEqual(whole.columns.map((column) => column.slice(0, 300)));
    expect(cut.said).toEqual([expect.stringMatching(/^2700 whole events of the same width follow the 300 /)]);
    expect(all.columns).toEqual(whole.columns);
    expect(whole.said).toEqual([]);
  });
});

describe('a file that is cut and whose HEADER and TEXT differ', () => {
  const bytes = floatFile({ gapBytes: 40, offsets: (p) => [p.dataBegin - 12, p.dataEnd - 12] }).slice(0, -200);
  const { problems } = readFcs(bytesSource('cut.fcs', bytes));

  test('names the two options together', () => {
    expect(problems.map(({ hint }) => hint)).toEqual([
      'copy the file again; else look at the values with --offsets header --accept-truncated and with --offsets text ' +
        '--accept-truncated, and keep what makes sense',
    ]);
  });

  test('names the keys of a study where a study is run', () => {
    const [first] = problems.map((one) => inStudyWords({ ...one, where: { ...one.where, sampleId: 'P01_BL' } }));
    expect(first?.hint).toBe(
      'copy the file again; else look at the values with reading: {P01_BL: {offsets: header, accept_truncated: true}} in ' +
        'study.yaml and with reading: {P01_BL: {offsets: text, accept_truncated: true}} in study.yaml, and keep what makes sense',
    );
  });
});
