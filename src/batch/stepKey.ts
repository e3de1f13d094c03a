import { canonicalJson, sha256 } from '../tables/index.ts';
import { version } from './version.ts';

/**
 * A name for a step over all tubes, by everything that its result depends on: this program and engine, and what is given.
 * @param given plain data
 * @returns 64 hex digits
 */
export function stepKey(step: string, given: object): string {
  return sha256(canonicalJson({ version, engine: process.version, step, given }));
}
