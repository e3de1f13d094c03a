import type { CodeEntry } from '../codeEntry.ts';

/** Codes of what the events of a tube show, and of what only several tubes together can. */
export const qualityCodes = {
  'quality.landmark-shift': {
    says: 'the staining of a marker moved between two visits in the patients as a whole; aligned gates moved with it',
    hint: 'ask whether reagent, instrument or the patients changed; a true change of all cells looks the same',
  },
  'quality.batch-is-visit': {
    says: 'all tubes of one visit were run in batches that hold none of the other: no software can tell them apart',
    hint: 'run both visits of a patient in one batch, or bridging controls in both',
  },
  'quality.bridge-shift': {
    says: 'bridging controls of one donor were stained differently in different batches',
    hint: 'look at the batch in the report; comparisons across these batches carry the difference',
  },
  'quality.bridge-not-aligned': {
    says: 'the study asks that batches be aligned by their bridging controls, and those of a batch do not tell how',
    hint: 'its tubes were pooled and cut as they are; run a control of the same donor, with bright cells, in every batch',
  },
  'quality.bridge-aligned': {
    says: 'pooled cuts of a batch were carried by the gain that its bridging controls show',
    hint: 'the report shows what is left; one control cannot prove itself: keep a second one in each batch',
  },
  'quality.likely-swap': {
    says: 'a tube looks far more like another patient than like the one it is labelled with',
    hint: 'check tube, label and sheet before anything is concluded from these patients',
  },
  'quality.saturated': {
    says: 'more than 1 % of the events of a tube lie at the upper limit of a detector: they have no value, only a bound',
    hint: 'lower the voltage next time; a gate with method boundary takes such events out, and counts them',
  },
  'quality.unstable-time': {
    says: 'in a stretch of the acquisition the rate or the light was not what it is in most of it; its events were counted',
    hint: 'look at the tube over time; a template with a gate of method time leaves such stretches out (template-guide)',
  },
  'quality.second-opinion-differs': {
    says: 'an unsupervised gater sees a lineage in a clearly different amount than the template',
    hint: 'look at the tube in the report: one of the two is wrong',
  },
} as const satisfies Record<string, CodeEntry>;
