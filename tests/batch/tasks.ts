import type { TubeTask } from '../../src/tube/index.ts';

export const template: TubeTask['template'] = {
  name: 't',
  version: '1.0.0',
  about: '',
  markers: [],
  scales: { fluorescence: { kind: 'linear' }, scatter: { kind: 'linear' }, byMarker: {} },
  compensation: { kind: 'none' },
  amplification: 'linear',
  values: 'detect',
  alignments: [],
  populations: [],
  denominators: {},
  reservoirs: [],
  assertions: [],
  expectedRanges: [],
  intensities: { markers: [], populations: [] },
};

export const decision = {
  sha256: '',
  compensation: { isApplied: false, says: '' },
  values: { kind: 'linear' },
  unitFactors: {},
  ranges: {},
  unlikeMarkers: [],
  flags: [],
} as const;

/** A survey of a file that need not exist. */
export function surveyTask(sampleId: string, path = `/nowhere/${sampleId}.fcs`): TubeTask {
  return {
    kind: 'survey',
    tube: { sampleId, path, displayPath: `fcs/${sampleId}.fcs`, reading: {} },
    template,
    decision,
  };
}
