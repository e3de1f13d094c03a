import type { CodeEntry } from '../codeEntry.ts';

/** Codes of gates that persons look at and move. */
export const reviewCodes = {
  'review.not-patches': {
    says: 'the file of overrides is no list of patches',
    hint: 'give the overrides.yaml that the review page wrote',
  },
  'review.unknown-tube': {
    says: 'a patch names a tube that the study does not have',
    hint: 'is it the overrides.yaml of this study? a file that was exchanged since the review has another code',
  },
  'review.unknown-population': {
    says: 'a patch names a population that the template does not have',
    hint: 'cytopair template show prints the full paths',
  },
  'review.stale': {
    says: 'a gate lies elsewhere than where the reviewer saw it, so that the patch no longer fits it',
    hint: 'look at it again in a new review of this study, and replace the patch',
  },
  'review.conflict': {
    says: 'two patches change the same gate of the same tube',
    hint: 'keep one of them',
  },
  'review.impossible': {
    says: 'a gate cannot be changed as a patch says',
    hint: 'correct the patch; "axis" is a marker of the gate, "MARKER min", "MARKER max", or "border"',
  },
  'review.not-used': {
    says: 'an overrides.yaml lies beside the study and was not asked for',
    hint: 'add --overrides overrides.yaml to use it: both conclusions are then given',
  },
  'review.lock-unread': {
    says: 'the lock of the study cannot be read, so that nobody can tell which patches were made before it',
    hint: 'restore study.lock.json as cytopair wrote it',
  },
  'review.moves-follow-visit': {
    says: 'gates were moved one way at one visit and another way at the other, which by itself makes or hides a change',
    hint: 'read the planned result first; have a second person review the tubes who does not see these moves (review --second)',
  },
} as const satisfies Record<string, CodeEntry>;
