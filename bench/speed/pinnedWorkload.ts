import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stream, streamFor } from '../../samples/random.ts';
import { writeFcs } from '../../src/fcs/tools.ts';
import { DYES, LOGICLE, pinnedGates, pinnedTemplate, SCATTER } from './pinnedGates.ts';

export interface Workload {
  readonly template: string;
  readonly gates: string;
  readonly files: readonly string[];
}

export interface WorkloadSize {
  readonly files: number;
  readonly events: number;
}

const SEED = 2025;
const [LOW, HIGH] = [60, 25000];

type Medians = Readonly<Record<string, number>>;
/** Kinds of cells: how common, and what they hold of each marker, in linear units; all others `LOW`. */
const KINDS: readonly {
  readonly weight: number;
  readonly fsc: number;
  readonly ssc: number;
  readonly medians: Medians;
}[] = [
  kind(0.33, { CD3: HIGH, CD4: HIGH, CD27: 9000, CD38: 1500, CD45: 20000 }),
  kind(0.18, { CD3: HIGH, CD8: 30000, CD27: 5000, CD38: 1200, CD45: 20000 }),
  kind(0.06, { CD19: 15000, IgD: 12000, CD24: 1800, CD38: 1300, CD45: 15000, 'HLA-DR': 15000 }),
  kind(0.006, { CD19: 15000, IgD: 15000, CD24: 12000, CD38: 14000, CD45: 15000, 'HLA-DR': 15000 }),
  kind(0.02, { CD19: 15000, CD27: 12000, CD24: 1700, CD38: 500, CD45: 15000, 'HLA-DR': 15000 }),
  kind(0.01, { CD19: 15000, CD27: 12000, CD24: 9000, CD38: 120, CD45: 15000, 'HLA-DR': 15000 }),
  kind(0.002, { CD19: 6000, CD27: 40000, CD38: 60000, CD45: 9000, 'HLA-DR': 8000 }),
  kind(0.1, { CD56: 9000, CD16: 15000, CD38: 5000, CD45: 16000 }),
  kind(0.16, { CD14: 40000, CD4: 1500, CD45: 14000, 'HLA-DR': 20000 }, 110000, 70000),
  kind(0.06, { Viability: 40000, CD3: 800, CD19: 700, CD45: 4000 }, 50000, 45000),
  kind(0.072, { CD45: 300 }, 18000, 12000),
];

function kind(weight: number, medians: Medians, fsc = 75000, ssc = 22000) {
  return { weight, fsc, ssc, medians };
}

/** Writes the workload once: files that are there already are kept, since equal seeds and sizes give equal bytes. */
export function pinnedWorkload(folder: string, { files, events }: WorkloadSize): Workload {
  mkdirSync(folder, { recursive: true });
  const spill = spillover(streamFor(SEED, 0));
  const template = join(folder, 'pinned.yaml');
  const gates = join(folder, 'gates.json');
  writeFileSync(template, pinnedTemplate());
  const comp = DYES.map(([detector]) => detector);
  writeFileSync(gates, JSON.stringify({ logicle: LOGICLE, comp, spill, gates: pinnedGates }));
  const paths = Array.from({ length: files }, (_, f) => {
    const path = join(folder, `bench_${events}_${String(f + 1).padStart(2, '0')}.fcs`);
    if (!existsSync(path)) writeFileSync(path, tube(streamFor(SEED, 1, f), spill, events));
    return path;
  });
  return { template, gates, files: paths };
}

function spillover(stream: Stream): number[][] {
  const most = (distance: number): number => (distance === 1 ? 0.18 : distance === 2 ? 0.05 : 0.01);
  return DYES.map((_, i) =>
    DYES.map((__, j) => (i === j ? 1 : Number((stream.uniform() * most(Math.abs(i - j))).toFixed(4)))),
  );
}

/** One tube as most cytometers write it: 32-bit floats, the most significant byte first. */
function tube(stream: Stream, spill: readonly (readonly number[])[], eventCount: number): Uint8Array {
  const names = [...SCATTER, ...DYES.map(([detector]) => detector), 'Time'];
  const columns = names.map(() => new Float32Array(eventCount));
  for (let e = 0; e < eventCount; e++) {
    for (const [c, value] of eventOf(stream, spill).entries()) {
      columns[c]![e] = Math.min(262143, Math.max(-1000, value));
    }
    columns.at(-1)![e] = (6000 * e) / eventCount;
  }
  const numbers = spill.flat().join(',');
  const markers = new Map<string, string>(DYES.map(([detector, marker]) => [detector, marker]));
  const bytes = writeFcs({
    parameters: names.map((name) => ({ name, stain: markers.get(name) ?? '', range: 262144 })),
    keywords: { $CYT: 'synthetic', $TIMESTEP: '0.01', $SPILLOVER: ['14', ...DYES.map(([d]) => d), numbers].join(',') },
    columns,
    eventCount,
  });
  return mostSignificantFirst(bytes, 4 * names.length * eventCount);
}

function eventOf(stream: Stream, spill: readonly (readonly number[])[]): number[] {
  const cell = pick(stream.uniform());
  let area = cell.fsc * Math.exp(0.1 * stream.normal());
  let height = area * (0.8 + 0.02 * stream.normal());
  if (stream.uniform() < 0.05) [area, height] = [1.7 * area, 1.05 * height];
  const side = cell.ssc * Math.exp(0.18 * stream.normal());
  const light = DYES.map(([, marker]) => (cell.medians[marker] ?? LOW) * Math.exp(0.38 * stream.normal()));
  const seen = DYES.map((_, j) => {
    let sum = 0;
    for (let i = 0; i < light.length; i++) sum += light[i]! * spill[i]![j]!;
    return sum + stream.normal() * Math.sqrt(400 + 12 * Math.max(sum, 0));
  });
  return [area, height, (65536 * area) / height, side, side * (0.82 + 0.03 * stream.normal()), ...seen];
}

function pick(share: number) {
  let rest = share * KINDS.reduce((sum, { weight }) => sum + weight, 0);
  for (const one of KINDS) {
    rest -= one.weight;
    if (rest < 0) return one;
  }
  return KINDS[0]!;
}

/** The same file with its words turned round, and saying so. */
function mostSignificantFirst(file: Uint8Array, dataBytes: number): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const dataBegin = Number(bytes.toString('latin1', 26, 34));
  const order = bytes.indexOf('1,2,3,4', 0, 'latin1');
  if (order < 0 || order > dataBegin) throw new Error('the writer names no byte order');
  bytes.write('4,3,2,1', order, 'latin1');
  bytes.subarray(dataBegin, dataBegin + dataBytes).swap32();
  return bytes;
}
