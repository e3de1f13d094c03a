import type { ForeignTube } from '../../src/foreign/index.ts';

/** A tube of these columns. */
export function floatTube(columns: Readonly<Record<string, readonly number[]>>): ForeignTube {
  return {
    eventCount: Object.values(columns)[0]!.length,
    parameters: Object.keys(columns).map((name, i) => ({
      index: i + 1,
      name,
      stain: undefined,
      dataType: 'F',
      bits: 32,
      bitOffset: 32 * i,
      maskBits: 32,
      rangeText: '262144',
      range: 262144,
      amplification: { decades: 0, offset: 0 },
      gain: undefined,
      voltage: undefined,
      isTime: name === 'Time',
    })),
    keywords: new Map(),
    fileMatrix: undefined,
    column: (name) => Float64Array.from(columns[name]!),
  };
}
