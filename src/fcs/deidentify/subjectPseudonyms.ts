import { createHmac } from 'node:crypto';
import type { Pseudonyms } from './keptKeywords.ts';

// Whole weeks keep weekdays; a year to either side hides the season. 0 would hide nothing and is left out.
const mostWeeks = 52;
const daysPerWeek = 7;

/**
 * What hides one subject: the same for all files of the subject under one secret, unrelated between subjects.
 * @param secret kept apart from the files; who has it can undo the dates
 */
export function subjectPseudonyms(secret: string, subject: string): Pseudonyms {
  const draw = keyedHash(secret, `shift\0${subject}`).readUInt32BE(0) % (2 * mostWeeks);
  const weeks = draw < mostWeeks ? draw - mostWeeks : draw - mostWeeks + 1;
  return {
    shiftDays: weeks * daysPerWeek,
    keyedHash: (text) => keyedHash(secret, `guid\0${text}`).toString('hex', 0, 16),
  };
}

/**
 * A name that says nothing and is the same whenever the same content is renamed under the same secret.
 * @param content hash of the old file
 */
export function pseudonymousName(secret: string, content: string): string {
  return `tube-${keyedHash(secret, `name\0${content}`).toString('hex', 0, 6)}.fcs`;
}

function keyedHash(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}
