import { adjustments, mixedModel } from '../../src/statistics/index.ts';
import { type Cell, printed, shareOfCount } from './cell.ts';
import { drawsFor } from './draws.ts';

const VISITS = ['BL', 'M1', 'M3', 'M6', 'M9', 'M12'];
const ALPHA = 0.05;
const SEED = 6000;

/** The mixed model of 8 patients over 6 visits, 15 % missing at random, nothing changing; patients and visits vary alike. */
export function visitModel(runs: number): Cell[] {
  const stream = drawsFor(SEED);
  const counts = { one: 0, any: 0, covered: 0, runs: 0 };
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: 8 }, (_, patient) => {
      const own = stream.normal();
      return VISITS.map((visit) => ({ subject: String(patient), visit, value: own + stream.normal() }));
    }).flat();
    const kept = rows.filter(() => stream.uniform() >= 0.15);
    const model = mixedModel(kept, VISITS, 0.95);
    if (model.status !== 'ok') continue;
    const first = model.visits.find(({ visit }) => visit === 'M1');
    if (first === undefined) continue;
    counts.runs++;
    if (first.p <= ALPHA) counts.one++;
    if (first.low <= 0 && first.high >= 0) counts.covered++;
    const adjusted = adjustments.holm.adjust(model.visits.map(({ p }) => p));
    if (adjusted.some((p) => p !== null && p <= ALPHA)) counts.any++;
  }
  const cell = (what: string, count: number, expected: Cell['expected']): Cell => {
    return {
      what: `mixed model, 8 patients, 6 visits, 15 % missing: ${what}`,
      seed: SEED,
      ...shareOfCount(count, counts.runs),
      expected,
    };
  };
  return [
    cell('one contrast', counts.one, printed(0.05, 3, 600)),
    cell('any of five after Holm', counts.any, printed(0.053, 3, 600)),
    cell('coverage of one contrast', counts.covered, printed(0.95, 3, 600)),
  ];
}
