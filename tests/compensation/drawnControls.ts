import { randomOrder, type Stream, streamFor } from '../../samples/random.ts';
import { writeFcs } from '../../src/fcs/tools.ts';

/** Detectors of the drawn instrument and what each dye gives in them: row = dye. */
export const detectors = ['FITC-A', 'PE-A', 'PerCP-A', 'APC-A'] as const;
export const drawnMatrix = [
  [1, 0.21, 0.035, 0.0012],
  [0.012, 1, 0.16, 0.003],
  [0.004, 0.02, 1, 0.19],
  [0.0008, 0.0011, 0.028, 1],
] as const;

const RANGE = 262144;
/** Background of each detector. */
const dark = [180, 140, 90, 60] as const;

export interface DrawnControl {
  /** Row of the matrix; undefined: unstained. */
  readonly dye?: number;
  readonly count?: number;
  /** Share of the events that carry the dye. */
  readonly stained?: number;
  /** Median light of the dye in its own detector. */
  readonly light?: number;
  /** Share of events that carry another dye. */
  readonly stranger?: { readonly dye: number; readonly share: number };
  readonly voltage?: string;
  readonly seed?: number;
  readonly names?: readonly string[];
}

/** An FCS file of one control: cells of one scatter population and some debris, dyes of log-normal light, noise of photons. */
export function drawnControl(drawn: DrawnControl): Uint8Array {
  const { count = 4000, seed = 1, voltage = '500', names = detectors } = drawn;
  const stream = streamFor(seed, 7001, drawn.dye ?? 9);
  const columns = Array.from({ length: 3 + detectors.length }, () => new Float32Array(count));
  const order = randomOrder(stream, count);
  for (let i = 0; i < count; i++) {
    const row = eventOf(drawn, i / count, stream);
    row.forEach((value, c) => {
      columns[c]![order[i]!] = Math.min(value, RANGE - 1);
    });
  }
  return writeFcs({
    parameters: ['FSC-A', 'FSC-H', 'SSC-A', ...names].map((name) => ({ name, range: RANGE, extra: { V: voltage } })),
    columns,
    eventCount: count,
    keywords: { $CYT: 'drawn' },
  });
}

function eventOf({ dye, stained = 0.7, light = 20_000, stranger }: DrawnControl, at: number, stream: Stream): number[] {
  const isDebris = stream.uniform() < 0.1;
  const area = isDebris ? 9_000 * Math.exp(0.3 * stream.normal()) : 90_000 * Math.exp(0.12 * stream.normal());
  const side = isDebris ? 4_000 * Math.exp(0.4 * stream.normal()) : 30_000 * Math.exp(0.2 * stream.normal());
  const scatter = [area, area * (0.8 + 0.01 * stream.normal()), side];
  const level = light * Math.exp(0.5 * stream.normal());
  const dyes = [0, 0, 0, 0];
  if (dye !== undefined && !isDebris && at < stained) dyes[dye] = level;
  if (stranger !== undefined && at > 1 - stranger.share) dyes[stranger.dye] = level;
  const lit = detectors.map((_, d) => {
    const photons = dyes.reduce((sum, one, k) => sum + one * drawnMatrix[k]![d]!, 0);
    const glow = isDebris ? 0.3 * dark[d]! : dark[d]! * Math.exp(0.25 * stream.normal());
    return photons + glow + (25 + 1.5 * Math.sqrt(photons)) * stream.normal();
  });
  return [...scatter, ...lit];
}
