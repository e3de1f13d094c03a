import { type Problem, problem } from '../../problems/index.ts';
import type { DrawnCount, Endpoint } from '../analysisInput.ts';
import type { EndpointTubes, Tube } from '../comparison/tubes.ts';

/** Draw -> sampleId -> its count of one endpoint. */
export type DrawnEndpoint = ReadonlyMap<number, ReadonlyMap<string, DrawnCount>>;

/** Draws by endpoint, without the placement that was chosen. */
export function drawnByEndpoint(draws: readonly DrawnCount[]): ReadonlyMap<string, DrawnEndpoint> {
  const found = new Map<string, Map<number, Map<string, DrawnCount>>>();
  for (const one of draws) {
    if (one.draw === 0) continue;
    const own = found.get(one.endpointKey) ?? new Map<number, Map<string, DrawnCount>>();
    const tubes = own.get(one.draw) ?? new Map<string, DrawnCount>();
    tubes.set(one.sampleId, one);
    found.set(one.endpointKey, own.set(one.draw, tubes));
  }
  return found;
}

/** The tubes of an endpoint as one draw counts them; a tube that the draw does not have keeps its own count. */
export function tubesUnder(
  drawn: ReadonlyMap<string, DrawnCount>,
  endpoint: Endpoint,
  tubes: EndpointTubes,
): EndpointTubes {
  const isAbsolute = endpoint.measure === 'cells_per_ul';
  return new Map(
    [...tubes].map(([subject, visits]) => [
      subject,
      new Map([...visits].map(([visit, tube]) => [visit, redrawTube(tube, drawn.get(tube.sampleId), isAbsolute)])),
    ]),
  );
}

function redrawTube(tube: Tube, drawn: DrawnCount | undefined, isAbsolute: boolean): Tube {
  if (drawn === undefined || tube.reason !== '') return tube;
  const { count, parentCount } = drawn;
  if (count === null || parentCount === null || parentCount === 0) return { ...tube, reason: 'no_place' };
  const moved = { ...tube, count, parentCount, percent: (100 * count) / parentCount };
  if (!isAbsolute) return moved;
  // Cells per µL go with the count: what they are multiplied by does not move with the gate.
  const isKnown = tube.absolute !== null && tube.count !== null && tube.count > 0;
  return isKnown ? { ...moved, absolute: (tube.absolute * count) / tube.count } : { ...moved, reason: 'no_value' };
}

/** Draw 0 is the placement that the frequencies rest on: another count says that the two tables do not belong together. */
export function drawProblems(draws: readonly DrawnCount[], tubesOf: ReadonlyMap<string, EndpointTubes>): Problem[] {
  const chosen = new Map(
    draws.flatMap((one) => (one.draw === 0 ? [[`${one.endpointKey}\n${one.sampleId}`, one]] : [])),
  );
  const unlike = new Set<string>();
  for (const [key, tubes] of tubesOf) {
    for (const visits of tubes.values()) {
      for (const tube of visits.values()) {
        const own = chosen.get(`${key}\n${tube.sampleId}`);
        const isCompared = own !== undefined && own.count !== null && tube.count !== null;
        if (isCompared && own.count !== tube.count) unlike.add(tube.sampleId);
      }
    }
  }
  if (unlike.size === 0) return [];
  const [first] = [...unlike].sort();
  const message = `the draws of ${unlike.size} tubes ("${first}" …) start from other counts than their frequencies`;
  return [problem('warning', 'stats.draws-mismatch', message, {})];
}
