import type { CodeEntry } from '../codeEntry.ts';

/** Codes of placement, gating and quality. */
export const gateCodes = {
  'gate.not-placed': {
    says: 'a gate could not be placed in a tube, so that its population and those below it cannot be evaluated',
    hint: 'look at the tube in the report; the flags say what was missing',
  },
  'gate.not-aligned': {
    says: 'no tube of the study could be brought onto the landmark that gates stand on',
    hint: 'the populations that use it cannot be evaluated; look at their parent in the report',
  },
  'gate.overlaps-left-out': {
    says: 'a population holds events that the denominator of its endpoint is without, so that it can have no share of it',
    hint: 'choose another denominator, or take those events out of the gate',
  },
  'gate.no-ridge': {
    says: 'the study shows no ridge of maturing cells, so that its border is a convention',
    hint: 'treat every count of the population as doubtful',
  },
  'gate.dial': {
    says: 'the count of a population hangs on where its border stands on a continuum',
    hint: 'read its change together with the draws of its border; placements.json holds the slope of every edge',
  },
  'gate.not-drawn': {
    says: 'the gate of a planned endpoint has no plausible placements, so that its verdict says nothing of where it might as well lie',
    hint: 'look at its gates in the report; its interval and p know nothing of how surely they lie',
  },
  'gate.expected-range': {
    says: 'a population lies outside the range in which its template expects it',
    hint: 'look at its gate in the report; the number stands, with the flag outside_expected',
  },
  'gate.assertion': {
    says: 'populations that should make up a parent leave too much of it unexplained',
    hint: 'look at the tube in the report',
  },
} as const satisfies Record<string, CodeEntry>;
