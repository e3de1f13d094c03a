import type { CodeEntry } from './codeEntry.ts';
import { batchCodes } from './codes/batch.ts';
import { compareCodes } from './codes/compare.ts';
import { compensationCodes } from './codes/compensation.ts';
import { fcsCodes } from './codes/fcs.ts';
import { gateCodes } from './codes/gate.ts';
import { importCodes } from './codes/import.ts';
import { likenessCodes } from './codes/likeness.ts';
import { qualityCodes } from './codes/quality.ts';
import { reviewCodes } from './codes/review.ts';
import { statsCodes } from './codes/stats.ts';
import { studyCodes } from './codes/study.ts';
import { tableCodes } from './codes/table.ts';
import { templateCodes } from './codes/template.ts';
import { valuesCodes } from './codes/values.ts';

/** Every code there is; stable, since labs filter by them. The reference page is made from this list. */
export const codes = {
  ...fcsCodes,
  ...compensationCodes,
  ...valuesCodes,
  ...tableCodes,
  ...studyCodes,
  ...templateCodes,
  ...likenessCodes,
  ...gateCodes,
  ...qualityCodes,
  ...statsCodes,
  ...batchCodes,
  ...importCodes,
  ...reviewCodes,
  ...compareCodes,
} as const satisfies Record<string, CodeEntry>;

export type ProblemCode = keyof typeof codes;
