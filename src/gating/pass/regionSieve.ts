import type { Scale } from '../../scale/index.ts';
import type { Region } from '../region.ts';
import { BLOCK_EVENTS } from './eventBlock.ts';
import type { PopulationRows } from './populationRows.ts';
import { type Raster, rasterOf, SIDE } from './raster.ts';
import type { Sieve } from './sieve.ts';
import { KEY_WORD } from './valueKeys.ts';

type Scales = readonly [Scale | undefined, Scale | undefined];

/** A region by its raster; only events in cells that an edge may cross are scaled and asked exactly. */
export function regionSieve(region: Region, scales: Scales): Sieve {
  const raster = rasterOf(region, scales);
  const answers = new Uint8Array(BLOCK_EVENTS);
  const asked = new Uint32Array(BLOCK_EVENTS + 1);
  const columns = [new Float64Array(BLOCK_EVENTS), new Float64Array(BLOCK_EVENTS)] as const;
  const [xAxis, yAxis] = region.dims;
  return (parent, out) => {
    const x = parent.keyed(xAxis.channel);
    const y = parent.keyed(yAxis.channel);
    const askedCount = look(raster, x.words, y.words, parent.count, { answers, asked });
    const xs = placed(x.values, asked, askedCount, { scale: scales[0], out: columns[0] });
    const ys = placed(y.values, asked, askedCount, { scale: scales[1], out: columns[1] });
    for (let i = 0; i < askedCount; i++) answers[asked[i]!] = region.holds(xs[i]!, ys[i]!) ? 1 : 0;
    keep(parent, answers, out);
    return true;
  };
}

function look(
  { columnOf, rowOf, answers: cells }: Raster,
  xWords: Uint16Array,
  yWords: Uint16Array,
  count: number,
  { answers, asked }: { readonly answers: Uint8Array; readonly asked: Uint32Array },
): number {
  let askedCount = 0;
  for (let e = 0; e < count; e++) {
    const at = 2 * e + KEY_WORD;
    const answer = cells[rowOf[yWords[at]!]! * SIDE + columnOf[xWords[at]!]!]!;
    answers[e] = answer;
    asked[askedCount] = e;
    askedCount += answer >> 1;
  }
  return askedCount;
}

/** Coordinates of the asked events, by the same arithmetic as a whole column's. */
function placed(
  values: Float64Array,
  asked: Uint32Array,
  count: number,
  { scale, out }: { readonly scale: Scale | undefined; readonly out: Float64Array },
): Float64Array {
  const own = out.subarray(0, count);
  for (let i = 0; i < count; i++) own[i] = values[asked[i]!]!;
  scale?.forwardColumn(own, own);
  return own;
}

function keep(parent: PopulationRows, answers: Uint8Array, out: PopulationRows): void {
  const { rows: from, count } = parent;
  const { rows, places } = out;
  let kept = 0;
  for (let e = 0; e < count; e++) {
    rows[kept] = from[e]!;
    places[kept] = e;
    kept += answers[e]!;
  }
  out.count = kept;
}
