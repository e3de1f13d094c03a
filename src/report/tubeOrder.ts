import { byText } from '../problems/index.ts';
import type { ReportInput } from './reportInput.ts';

/**
 * Places of the tubes on the page: patient by patient, visits in the order of the study (M12 comes after M3), controls and
 * tubes of `gate` by name. It does not depend on the rows of the sheet.
 * @returns compares two sample ids
 */
export function tubeOrder({ tubes, visits }: Pick<ReportInput, 'tubes' | 'visits'>): (a: string, b: string) => number {
  const visitIndex = new Map(visits.map(({ id }, index) => [id, index]));
  const places = new Map(
    tubes.map(({ sampleId, subject, visit }) => [
      sampleId,
      { subject: subject ?? '', visit: visitIndex.get(visit ?? '') ?? visits.length },
    ]),
  );
  const nowhere = { subject: '', visit: visits.length };
  return (a, b) => {
    const [one, other] = [places.get(a) ?? nowhere, places.get(b) ?? nowhere];
    if (one.subject !== other.subject) return bySubject(one.subject, other.subject);
    return one.visit - other.visit || byText(a, b);
  };
}

/** Tubes without a patient come last. */
function bySubject(a: string, b: string): number {
  if (a === '' || b === '') return a === '' ? 1 : -1;
  return byText(a, b);
}
