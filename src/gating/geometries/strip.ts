import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Strip } from '../geometry.ts';

/** A half-open band along a direction: t = (p − origin)·direction ≥ from and |perpendicular| < half_width. */
export function stripMembers(gate: Strip, context: GateContext, parent: EventIndex): EventIndex {
  const [xAxis, yAxis] = gate.dims;
  const x = context.events.values({ name: xAxis.channel, scale: context.scaleOf(xAxis) }, parent);
  const y = context.events.values({ name: yAxis.channel, scale: context.scaleOf(yAxis) }, parent);
  const [originX, originY] = gate.origin;
  const [alongX, alongY] = gate.direction;
  const keep = new Uint8Array(x.length);
  let keptCount = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - originX;
    const dy = y[i]! - originY;
    if (dx * alongX + dy * alongY >= gate.from && Math.abs(dy * alongX - dx * alongY) < gate.half_width) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}
