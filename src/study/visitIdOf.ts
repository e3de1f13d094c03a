import type { Visit } from './study.ts';

/** The visit that a cell means: by its id, else by the label that study.yaml gives it; undefined where it is neither. */
export function visitIdOf(text: string, visits: readonly Pick<Visit, 'id' | 'label'>[]): string | undefined {
  const found = visits.find(({ id }) => id === text) ?? visits.find(({ label }) => label === text);
  return found?.id;
}
