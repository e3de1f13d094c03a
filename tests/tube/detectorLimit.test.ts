import { describe, expect, it } from 'vitest';
import { readColumns, readFcs } from '../../src/fcs/index.ts';
import { bytesSource, writeFcs } from '../../src/fcs/tools.ts';
import { detectorLimitProblems, limitWatch } from '../../src/tube/tools.ts';

const EVENTS = 1000;
const RANGE = 262_144;

/** What is said of a tube whose SSC-A reads this at the first `piled` events, and runs evenly up to `top` below that. */
function said({ piled, at = RANGE - 1, top = 100_000 }: { piled: number; at?: number; top?: number }): string[] {
  const scatter = Float32Array.from({ length: EVENTS }, (_, i) => (i < piled ? at : (top * i) / EVENTS));
  const time = new Float32Array(EVENTS).fill(RANGE - 1);
  const bytes = writeFcs({
    parameters: [
      { name: 'SSC-A', range: RANGE },
      { name: 'Time', range: RANGE },
    ],
    columns: [scatter, time],
    eventCount: EVENTS,
  });
  const source = bytesSource('tube.fcs', bytes);
  const file = readFcs(source).value;
  if (!file) throw new Error('the tube cannot be read');
  const { columns } = readColumns(source, file, [1, 2]);
  const named = new Map(
    file.parameters.map(({ name, range }, i) => {
      const watch = limitWatch(range);
      // In two pieces, as the blocks of a file come.
      watch.add(columns[i]!, { offset: 0, width: 1, count: 400 });
      watch.add(columns[i]!, { offset: 400, width: 1, count: EVENTS - 400 });
      return [name, watch];
    }),
  );
  return detectorLimitProblems(named, file, { file: 'tube.fcs' }).map(({ code, message }) => `${code} ${message}`);
}

describe('events at the upper limit of a detector', () => {
  it('are told where they are more than 1 %, with channel and share', () => {
    expect(said({ piled: 11 })).toEqual([
      'quality.saturated events lie at the upper limit of the detector in "SSC-A" (1.1 %); they were kept',
    ]);
    expect(said({ piled: 10 })).toEqual([]);
  });

  it('are also seen where the converter ends below the range, or the file states too small a one', () => {
    expect(said({ piled: 50, at: 0.95 * RANGE })).toHaveLength(1);
    expect(said({ piled: 50, at: 4 * RANGE })).toHaveLength(1);
  });

  it('are none where equal values lie far below the range, or bright ones merely spread', () => {
    expect(said({ piled: 50, at: 120_000 })).toEqual([]);
    expect(said({ piled: 0, top: RANGE - 1 })).toEqual([]);
  });
});
