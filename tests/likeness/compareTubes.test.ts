import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTubes } from '../../src/likeness/index.ts';
import { channels, ranged, study, tube } from './madeLooks.ts';

const rules = { sameEvents: 'refused' as const, allowUnlikeMarkers: new Map<string, ReadonlySet<string>>() };

/** `P03_M1: words` of every finding but those on compensation, which have tests of their own. */
function said(tubes: Parameters<typeof compareTubes>[0], allowed = rules): string[] {
  const { findings } = compareTubes(tubes, allowed);
  const meant = findings.filter((one) => one.comparison !== 'compensation');
  return meant.map((one) => `${one.sampleIds.join(' ')}: ${one.words}`);
}

function decisionsOf(tubes: Parameters<typeof compareTubes>[0], sampleId: string) {
  return compareTubes(tubes).decisions.get(sampleId);
}

describe('ranges', () => {
  it('bring a tube of another instrument to the unit of most, where its values follow', () => {
    const tubes = study({ P02_M1: ranged(1048576, 4) });
    expect(said(tubes)).toEqual(['P02_M1: range 1048576 for 262144: values brought to one unit']);
    const decision = decisionsOf(tubes, 'P02_M1');
    expect(decision?.unitFactors).toEqual(Object.fromEntries(channels.map(({ name }) => [name, 0.25])));
    expect(decision?.ranges['PE-A']).toBe(262144);
    expect(decisionsOf(tubes, 'P02_BL')?.unitFactors).toEqual({});
  });

  it('of 10 and 18 bits are one unit as well', () => {
    const tubes = study({ P02_M1: ranged(1024, 1 / 256) });
    expect(decisionsOf(tubes, 'P02_M1')?.unitFactors['PE-A']).toBe(256);
  });

  it('that say the same as the highest value and as the number of values are alike', () => {
    expect(said(study({ P01_M1: ranged(262143, 1), P03_BL: ranged(262143, 1) }))).toEqual([]);
  });

  it('that only the keyword has otherwise change no value and no scale', () => {
    const tubes = study({ P02_M1: ranged(1048576, 1) });
    expect(said(tubes)).toEqual(['P02_M1: range 1048576 for 262144, though the values are alike']);
    expect(decisionsOf(tubes, 'P02_M1')).toMatchObject({
      unitFactors: {},
      ranges: { 'PE-A': 262144 },
      flags: ['unlike'],
    });
  });

  it('whose values follow neither are refused, with the two ranges', () => {
    const tubes = study({ P02_M1: ranged(1048576, 2) });
    const { problems } = compareTubes(tubes);
    expect(problems.map(({ severity, message }) => [severity, message])).toContainEqual([
      'error',
      expect.stringMatching(
        /^\$PnR is 1048576, and 262144 in most tubes of the panel \(5 of 6\); the values follow neither/,
      ),
    ]);
    expect(decisionsOf(tubes, 'P02_M1')).toBeUndefined();
  });

  it('of some channels alone scale these alone', () => {
    const tubes = study({ P02_M1: ranged(1048576, 4, ['FSC-A', 'SSC-A']) });
    expect(said(tubes)).toEqual(['P02_M1: range 1048576 for 262144 in FSC-A and SSC-A: values brought to one unit']);
    expect(decisionsOf(tubes, 'P02_M1')?.unitFactors).toEqual({ 'FSC-A': 0.25, 'SSC-A': 0.25 });
  });

  it('of a whole visit are one finding that says so', () => {
    const other = ranged(1048576, 4);
    const { findings } = compareTubes(study({ P01_M1: other, P02_M1: other, P03_M1: other }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.problem.message).toContain('262144 in the other 3 tubes of the panel');
    expect(findings[0]?.problem.message).toContain('these are all tubes of M1');
  });

  it('of a control are its own affair', () => {
    expect(said([...study(), tube('FMO', { ...ranged(1048576, 4), role: 'fmo' })])).toEqual([]);
  });
});

describe('values that no keyword explains', () => {
  it('are said with their factor, of one tube and of a whole visit', () => {
    expect(said(study({ P02_M1: ranged(262144, 4) }))).toEqual(['P02_M1: values 4.0 times higher in all channels']);
    expect(said(study({ P02_M1: ranged(262144, 2) }))).toEqual(['P02_M1: values 2.0 times higher in all channels']);
    const low = ranged(262144, 1 / 64);
    expect(said(study({ P01_M1: low, P02_M1: low, P03_M1: low }))).toHaveLength(1);
  });

  it('are those of its channel where one alone is brighter, and none where all are a little', () => {
    expect(said(study({ P02_M1: ranged(262144, 5, ['PE-A']) }))).toEqual(['P02_M1: values of PE-A 5.0 times higher']);
    expect(said(study({ P02_M1: ranged(262144, 1.5) }))).toEqual([]);
  });
});

describe('names of markers', () => {
  const markers = tube('x').look.markers;

  it('that are exchanged where the stains are not refuse the tube', () => {
    const tubes = study({ P03_M1: { look: { markers: { ...markers, CD24: 'PE-A', CD38: 'BV421-A' } } } });
    expect(said(tubes)).toEqual(['P03_M1: CD24 and CD38 on exchanged channels, by name only']);
    expect(decisionsOf(tubes, 'P03_M1')).toBeUndefined();
  });

  it('that are exchanged with the stains are a warning', () => {
    const swapped = channels.map((one) => {
      const from = { 'PE-A': 'BV421-A', 'BV421-A': 'PE-A' }[one.name] ?? one.name;
      return { ...one, quantiles: channels.find((other) => other.name === from)?.quantiles ?? null };
    });
    const look = { markers: { ...markers, CD24: 'PE-A', CD38: 'BV421-A' }, channels: swapped };
    const { findings, decisions } = compareTubes(study({ P03_M1: { look } }));
    expect(findings.map((one) => one.problem.message).join()).toContain('the values moved with the names');
    expect(decisions.has('P03_M1')).toBe(true);
  });

  it('on a channel that was nobody’s are a change of the panel', () => {
    const other = [...channels, { ...channels[4]!, name: 'FITC-A' }];
    const look = { markers: { ...markers, IgD: 'FITC-A' }, channels: other };
    expect(said(study({ P01_M1: { look }, P02_M1: { look }, P03_M1: { look } }))).toEqual([
      'P01_M1 P02_M1 P03_M1: IgD on FITC-A for APC-A',
    ]);
  });

  it('on a channel whose values are the others’ are wrong names', () => {
    const look = { markers: { ...markers, CD24: 'PE-A', CD38: 'SSC-A', 'SSC-A': 'BV421-A' } };
    expect(said(study({ P02_M1: { look } })).join()).toContain('exchanged channels, by name only');
    const other = [...channels, { ...channels[4]!, name: 'FITC-A', quantiles: channels[0]!.quantiles }];
    const all = Object.fromEntries(study().map(({ sampleId }) => [sampleId, { look: { channels: other } }]));
    const moved = { look: { channels: other, markers: { ...markers, IgD: 'FITC-A' } } };
    expect(said(study({ ...all, P02_M1: moved }))).toEqual(['P02_M1: IgD on FITC-A for APC-A, by name only']);
  });

  it('that are absent in some tubes say what stands there, and which populations are not compared', () => {
    const { IgD, ...rest } = markers;
    const renamed = channels.map((one) => (one.name === IgD ? { ...one, stain: 'anti-D' } : one));
    const change = { P02_M1: { look: { markers: rest, absent: ['IgD'], channels: renamed } } };
    expect(said(study(change))).toEqual(['P02_M1: no IgD; APC-A is named "anti-D"']);
    expect(decisionsOf(study(change), 'P02_M1')?.unlikeMarkers).toEqual(['IgD']);
    const allowed = { ...rules, allowUnlikeMarkers: new Map([['', new Set(['IgD'])]]) };
    const { findings, decisions } = compareTubes(study(change), allowed);
    expect(findings.map((one) => one.problem.severity)).toEqual(['note']);
    expect(decisions.get('P02_M1')?.unlikeMarkers).toEqual([]);
  });
});

describe('matrices', () => {
  const own = tube('x').look.matrix;
  const other = (matrix: readonly number[]) => ({ look: { matrix: { ...own, matrix } } });

  it('of another day are alike', () => {
    const drifted = own.matrix.map((cell, i) => (i % 4 === 0 ? cell : cell * 1.15 + 0.003));
    expect(said(study({ P02_M1: other(drifted) }))).toEqual([]);
  });

  it('that are transposed refuse the tube, foreign ones are named by the cell that differs most', () => {
    const flipped = own.matrix.map((_, i) => own.matrix[(i % 3) * 3 + Math.floor(i / 3)] ?? 0);
    expect(said(study({ P02_M1: other(flipped) }))).toEqual(['P02_M1: matrix transposed']);
    expect(said(study({ P02_M1: other([1, 0, 0.5, 0, 1, 0, 0.3, 0, 1]) }))).toEqual([
      'P02_M1: another matrix: BV421-A into APC-A 50.0 % for 1.0 %',
    ]);
  });

  it('of a tube in another unit are held against the others in one unit', () => {
    const scaled = own.matrix.map((cell, i) => (cell * (i % 3 === 1 ? 4 : 1)) / (Math.floor(i / 3) === 1 ? 4 : 1));
    const changed = ranged(1048576, 4, ['PE-A']);
    const look = { ...changed.look, matrix: { ...own, matrix: scaled } };
    expect(said(study({ P02_M1: { look } }))).toEqual([
      'P02_M1: range 1048576 for 262144 in PE-A: values brought to one unit',
    ]);
  });

  it('that are missing at one visit leave no tube of it uncompensated beside the others', () => {
    const none = { look: { matrix: { ...own, kind: 'none' as const, channels: [], matrix: [] } } };
    const { findings, decisions } = compareTubes(study({ P01_M1: none, P02_M1: none, P03_M1: none }));
    expect(findings.filter((one) => one.isRefused).map((one) => [one.words, one.sampleIds])).toEqual([
      ['no matrix', ['P01_M1', 'P02_M1', 'P03_M1']],
    ]);
    expect([...decisions.keys()]).toEqual(['P01_BL', 'P02_BL', 'P03_BL']);
  });
});

describe('settings and instruments', () => {
  it('of daily setups are alike, of another voltage are named with both numbers', () => {
    const at = (voltage: string) => ({
      look: { channels: channels.map((one) => (one.name === 'PE-A' ? { ...one, voltage } : one)) },
    });
    expect(said(study({ P02_M1: at('412') }))).toEqual([]);
    expect(said(study({ P02_M1: at('480') }))).toEqual(['P02_M1: voltage of PE-A 480 for 400']);
  });

  it('within a patient are a warning, between patients a note', () => {
    const canto = { look: { cytometer: 'Canto' } };
    const severity = (changes: Parameters<typeof study>[0]) =>
      compareTubes(study(changes)).findings.map((one) => one.problem.severity);
    expect(severity({ P02_M1: canto })).toEqual(['warning']);
    expect(severity({ P02_BL: canto, P02_M1: canto })).toEqual(['note']);
    expect(severity({ P02_M1: { look: { cytometer: 'FORTESSA ' } } })).toEqual([]);
  });
});

describe('dates', () => {
  const on = (date: string) => ({ look: { date } });

  it('of a later visit that was acquired first are told in days', () => {
    expect(said(study({ P02_BL: on('2024-03-01'), P02_M1: on('2024-01-30') }))).toEqual([
      'P02_M1: acquired 31 days before its BL',
    ]);
  });

  it('that are the same for all visits contradict nothing', () => {
    expect(said(study({ P02_BL: on('2024-03-01'), P02_M1: on('2024-03-01') }))).toEqual([]);
  });

  it('before the sheet’s are told, long after it are those of frozen cells', () => {
    expect(said(study({ P02_M1: { ...on('2024-03-01'), date: '2024-03-11' } }))).toEqual([
      'P02_M1: acquired 10 days before the date of the sheet',
    ]);
    expect(said(study({ P02_M1: { ...on('2024-03-01'), date: '2021-03-11' } }))).toEqual([]);
  });
});

it('is a note of a tube that a person excluded, which then spoils nothing', () => {
  const { findings, problems } = compareTubes(study({ P02_M1: { ...ranged(1048576, 2), excluded: true } }));
  expect(findings.map((one) => [one.problem.severity, one.isRefused])).toEqual([['note', true]]);
  expect(problems.map((one) => one.severity)).toEqual(['note']);
});

it('takes no range for the unit of a log amplifier, whose values lie above it', () => {
  const log = { look: { channels: channels.map((one) => ({ ...one, range: 1024 })) } };
  expect(said(study({ P02_M1: log }))).toEqual([]);
});

it('names a gain that one tube alone states, where it is not 1', () => {
  const silent = { look: { channels: channels.map((one) => ({ ...one, gain: null })) } };
  const of = (gain: number) => ({
    look: { channels: channels.map((one) => (one.name === 'PE-A' ? { ...one, gain } : { ...one, gain: null })) },
  });
  const others = { P01_BL: silent, P01_M1: silent, P02_BL: silent, P03_BL: silent, P03_M1: silent };
  expect(said(study({ ...others, P02_M1: of(4) }))).toEqual(['P02_M1: gain of PE-A 4 for 1']);
  expect(said(study({ ...others, P02_M1: of(1) }))).toEqual([]);
});

it('names a matrix of half the strength as another one', () => {
  const { matrix } = study()[0]!.look;
  const half = matrix.matrix.map((cell, i) => (i % 4 === 0 ? cell : cell / 2));
  expect(said(study({ P02_M1: { look: { matrix: { ...matrix, matrix: half } } } })).join()).toMatch(
    /^P02_M1: another matrix: \S+ into \S+ 10\.0 % for 20\.0 %$/,
  );
});

describe('values of one channel', () => {
  const scaled = (factor: number, ...only: string[]) => ranged(262144, factor, only);

  it('that moved altogether are said with the factor, of several channels at once', () => {
    expect(said(study({ P02_M1: scaled(4, 'APC-A') }))).toEqual(['P02_M1: values of APC-A 4.0 times higher']);
    expect(said(study({ P02_M1: scaled(0.4, 'APC-A', 'FSC-A') }))).toEqual([
      'P02_M1: values of APC-A and FSC-A 2.5 times lower',
    ]);
    expect(decisionsOf(study({ P02_M1: scaled(4, 'APC-A') }), 'P02_M1')?.flags).toEqual(['unlike']);
  });

  it('none of which lies above 0 are said', () => {
    expect(said(study({ P02_M1: scaled(0, 'PE-A') }))).toEqual(['P02_M1: no value of PE-A above 0']);
    expect(said(study({ P02_M1: scaled(-1, 'PE-A') }))).toEqual(['P02_M1: no value of PE-A above 0']);
  });

  it('are one finding in all tubes of a visit, and one where all channels moved', () => {
    const moved = scaled(4, 'APC-A');
    const { findings } = compareTubes(study({ P01_M1: moved, P02_M1: moved, P03_M1: moved }));
    expect(findings.map((one) => [one.sampleIds.length, one.words])).toEqual([[3, 'values of APC-A 4.0 times higher']]);
    expect(findings[0]?.problem.message).toContain('these are all tubes of M1');
    expect(said(study({ P02_M1: scaled(4, ...channels.map(({ name }) => name)) }))).toEqual([
      'P02_M1: values 4.0 times higher in all channels',
    ]);
  });

  it('whose bright cells alone are more or fewer are like', () => {
    const bright = channels.map((one) =>
      one.name === 'PE-A'
        ? { ...one, quantiles: (one.quantiles ?? []).map((value, i) => (i > 4 ? 6 * value : value)) }
        : one,
    );
    expect(said(study({ P02_M1: { look: { channels: bright } } }))).toEqual([]);
  });
});

describe('the same events', () => {
  const same = { look: { sha256: 'one' } };

  it('under two rows refuse both, unless the study allows it', () => {
    const tubes = study({ P02_BL: same, P02_M1: same });
    expect(said(tubes)).toEqual(['P02_BL P02_M1: the same file']);
    expect(compareTubes(tubes).problems.map((one) => one.message)).toEqual([
      '"P02_BL" and "P02_M1" are the same file',
      '"P02_BL" and "P02_M1" are the same file',
    ]);
    const allowed = compareTubes(tubes, { ...rules, sameEvents: 'noted' });
    expect(allowed.findings.map((one) => [one.problem.severity, one.isRefused])).toEqual([['note', false]]);
  });

  it('are known by their marks in a copy that was cut or written anew', () => {
    const change = { P01_BL: { look: { eventMarks: ['a', 'b'] } }, P03_M1: { look: { eventMarks: ['b'] } } };
    expect(said(study(change))).toEqual(['P01_BL P03_M1: the same events']);
  });

  it('are known wherever they stand: shuffled, or mixed with others', () => {
    const sketch = (first: number, count = 256) => Array.from({ length: count }, (_, i) => 10 * (first + i));
    const from = (...parts: number[][]) => ({ look: { eventSketches: [parts.flat().sort((a, b) => a - b)] } });
    expect(said(study({ P01_BL: from(sketch(0)), P03_M1: from(sketch(0)) }))).toEqual([
      'P01_BL P03_M1: the same events',
    ]);
    const [shared, own] = [0, 5].map((off) => Array.from({ length: 128 }, (_, i) => 20 * i + off));
    const half = from(shared ?? [], own ?? []);
    expect(said(study({ P01_BL: from(sketch(0)), P03_M1: half })).join()).toMatch(
      /^P01_BL P03_M1: share about 50 % of their events$/,
    );
    expect(said(study({ P01_BL: from(sketch(0)), P03_M1: from(sketch(251)) }))).toEqual([]);
  });

  it('are no fault in two panels of one tube, nor where a person excluded the copy', () => {
    const panels = [
      tube('P01_BL', same),
      tube('P01_BL2', { ...same, subject: 'P01', visit: 'BL', visitIndex: 0, panel: 'b' }),
    ];
    expect(said(panels)).toEqual([]);
    expect(said(study({ P02_BL: same, P02_M1: { ...same, excluded: true } }))).toEqual([]);
  });
});

it('says and decides the same in any order of the tubes', () => {
  const tubes = study({ P02_M1: ranged(1048576, 4), P03_M1: { look: { cytometer: 'Canto' } } });
  fc.assert(
    fc.property(fc.shuffledSubarray([...tubes], { minLength: tubes.length }), (shuffled) => {
      expect(compareTubes(shuffled)).toEqual(compareTubes(tubes));
    }),
    { numRuns: 30 },
  );
});
