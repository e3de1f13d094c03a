import type { ComparedTube } from '../../src/likeness/index.ts';
import type { ChannelLook, TubeLook } from '../../src/tube/index.ts';

/** Quantiles as a stain of this strength leaves them, some negatives below. */
function quantiles(strength: number, factor = 1): readonly number[] {
  return [-0.01, 0.01, 0.05, 0.1, 0.4, 0.9, 1.1].map((part) => part * strength * factor);
}

const names = ['FSC-A', 'SSC-A', 'BV421-A', 'PE-A', 'APC-A'];
const strengths = [120_000, 60_000, 9_000, 25_000, 4_000];

export const channels: readonly ChannelLook[] = names.map((name, i) => ({
  name,
  stain: '',
  range: 262144,
  voltage: '400',
  gain: 1,
  isTime: false,
  quantiles: quantiles(strengths[i] ?? 0),
}));

const matrix = [1, 0.2, 0.01, 0.03, 1, 0.15, 0.002, 0.04, 1];

type Change = Partial<Omit<ComparedTube, 'look'>> & { readonly look?: Partial<TubeLook> };

/** A look at a tube as a sound file of one panel gives it, with what a test wants changed. */
export function tube(sampleId: string, { look, ...change }: Change = {}): ComparedTube {
  const [subject = '', visit = ''] = sampleId.split('_');
  return {
    sampleId,
    subject,
    visit,
    visitIndex: ['BL', 'M1', 'M3'].indexOf(visit),
    panel: '',
    role: 'sample',
    batch: '',
    date: null,
    excluded: false,
    ...change,
    look: {
      sampleId,
      displayPath: `fcs/${sampleId}.fcs`,
      bytes: 1,
      sha256: sampleId,
      eventMarks: [],
      eventSketches: [],
      eventCount: 5000,
      version: 'FCS3.1',
      cytometer: 'Fortessa',
      cytometerSerial: '',
      date: null,
      volumeNl: null,
      channels,
      markers: { 'FSC-A': 'FSC-A', 'SSC-A': 'SSC-A', CD24: 'BV421-A', CD38: 'PE-A', IgD: 'APC-A' },
      absent: [],
      matrix: {
        kind: 'matrix',
        source: '$SPILLOVER',
        channels: names.slice(2),
        matrix,
        from: 'file',
        apply: 'always',
        pairs: [],
        signs: [],
      },
      values: { rule: { kind: 'linear' }, shapes: [], tops: {} },
      flags: [],
      ...look,
    },
  };
}

/** Six tubes, BL and M1 of three subjects, some of them changed. */
export function study(changes: Readonly<Record<string, Change>> = {}): readonly ComparedTube[] {
  const ids = ['P01', 'P02', 'P03'].flatMap((subject) => [`${subject}_BL`, `${subject}_M1`]);
  return ids.map((id) => tube(id, changes[id]));
}

/** Every channel with another range, its values times a factor. */
export function ranged(range: number, factor: number, only: readonly string[] = names): Change {
  return {
    look: {
      channels: channels.map((one) => {
        const isChanged = only.includes(one.name);
        return isChanged ? { ...one, range, quantiles: (one.quantiles ?? []).map((value) => value * factor) } : one;
      }),
    },
  };
}
