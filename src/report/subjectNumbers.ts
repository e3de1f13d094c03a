import type { ReportInput } from './reportInput.ts';

/** A number for each patient, the same in every figure and table of the page: what is highlighted is found by it. */
export function subjectNumbers({ tubes, values, pairs }: Pick<ReportInput, 'tubes' | 'values' | 'pairs'>) {
  const named = [...tubes, ...values, ...pairs].flatMap(({ subject }) => subject ?? []);
  const numbers = new Map([...new Set(named)].sort().map((subject, number) => [subject, number]));
  return (subject: string): number => numbers.get(subject) ?? -1;
}
