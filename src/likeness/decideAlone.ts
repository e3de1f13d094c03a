import type { Problem } from '../problems/index.ts';
import type { TubeDecision, TubeLook } from '../tube/index.ts';
import { compareTubes } from './compareTubes.ts';

/** What is decided of a tube that has no others beside it; undefined where it cannot be used, and the problems say why. */
export interface DecidedAlone {
  readonly decision: TubeDecision | undefined;
  readonly problems: readonly Problem[];
}

/** Decides how a tube's values are read as if it stood in no sheet. */
export function decideAlone(look: TubeLook): DecidedAlone {
  const { decisions, problems } = compareTubes([{ ...unsheeted, sampleId: look.sampleId, look }]);
  return { decision: decisions.get(look.sampleId), problems };
}

/** What a sheet would say of a tube that stands in none. */
export const unsheeted = {
  subject: null,
  visit: null,
  visitIndex: null,
  panel: '',
  role: 'sample',
  batch: '',
  date: null,
  excluded: false,
} as const;
