import { type Measurement, type ScaleRule, valueOnScale } from '../../statistics/index.ts';
import type { EndpointTubes } from './tubes.ts';

/** Every usable value of an endpoint on the scale; undefined where the scale has none for one of them. */
export function measurements(
  tubes: EndpointTubes,
  rule: ScaleRule,
  isWanted: (visit: string) => boolean = () => true,
): Measurement[] | undefined {
  const found = [...tubes].flatMap(([subject, visits]) =>
    [...visits].flatMap(([visit, tube]) => {
      const value = isWanted(visit) && tube.reason === '' ? valueOnScale(tube, rule) : null;
      return value === null ? [] : [{ subject, visit, value }];
    }),
  );
  return found.every((one) => Number.isFinite(one.value)) ? found : undefined;
}
