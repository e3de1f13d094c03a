import { describe, expect, it } from 'vitest';
import {
  compensateColumn,
  makeCompensator,
  pairSlopes,
  type Spillover,
  spilloverFromKeywords,
} from '../../src/compensation/index.ts';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { type ComparedTube, compareTubes } from '../../src/likeness/index.ts';
import type { MatrixLook, TubeLook } from '../../src/tube/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

const channels = ['FITC-A', 'PE-A', 'ECD-A', 'PC5-A'];
const spill: Spillover = {
  channels,
  matrix: Float64Array.of(1, 0.45, 0.12, 0, 0.03, 1, 0.5, 0.1, 0.02, 0.1, 1, 0.4, 0.01, 0.04, 0.08, 1),
  source: '$SPILLOVER',
  conditionNumber: 3,
};
type Columns = readonly Float64Array[];

/** Events bright in one dye each; a seeded rule, so that every run sees the same. */
function stained(count: number, first = 0): Columns {
  return channels.map((_, k) =>
    Float64Array.from({ length: count }, (_event, i) => {
      const at = i + first;
      const noise = ((at * (31 + 2 * k)) % 40) - 20;
      return at % 4 === k ? 1000 + ((at * 7919) % 50_000) + noise : noise;
    }),
  );
}
function mixed(dyes: Columns, { matrix }: Spillover): Columns {
  const n = channels.length;
  return channels.map((_, to) =>
    Float64Array.from(dyes[0] ?? [], (_event, i) =>
      dyes.reduce((sum, column, from) => sum + (column[i] ?? 0) * (matrix[from * n + to] ?? 0), 0),
    ),
  );
}
const turned: Spillover = { ...spill, matrix: spill.matrix.map((_, k) => spill.matrix[(k % 4) * 4 + (k >> 2)] ?? 0) };
const foreign: Spillover = {
  ...spill,
  matrix: Float64Array.of(1, 0, 0, 0.4, 0, 1, 0, 0, 0.35, 0, 1, 0, 0.3, 0.4, 0, 1),
};

function tube(sampleId: string, columns: Columns, spillover: Spillover, own: Partial<MatrixLook> = {}): ComparedTube {
  const matrix: MatrixLook = {
    kind: 'matrix',
    source: spillover.source,
    channels: spillover.channels,
    matrix: [...spillover.matrix],
    from: 'file',
    apply: 'default',
    pairs: pairSlopes(spillover, columns),
    signs: [],
    ...own,
  };
  const look: TubeLook = {
    sampleId,
    displayPath: `fcs/${sampleId}.fcs`,
    bytes: 1,
    sha256: sampleId,
    eventMarks: [],
    eventSketches: [],
    eventCount: columns[0]?.length ?? 0,
    version: 'FCS3.1',
    cytometer: 'LSR II',
    cytometerSerial: '',
    date: null,
    volumeNl: null,
    channels: [],
    markers: { CD3: 'FITC-A', CD4: 'PE-A' },
    absent: [],
    matrix,
    values: { rule: { kind: 'linear' }, shapes: [], tops: {} },
    flags: [],
  };
  const sheet = { subject: null, visit: null, visitIndex: null, panel: '', role: 'sample', batch: '' } as const;
  return { ...sheet, sampleId, date: null, excluded: false, look };
}

function decided(tubes: readonly ComparedTube[]) {
  const { decisions, findings } = compareTubes(tubes);
  const problems = findings.map((one) => one.problem);
  return {
    applied: tubes.map(({ sampleId }) => decisions.get(sampleId)?.compensation.isApplied ?? 'refused'),
    flags: tubes.map(({ sampleId }) => decisions.get(sampleId)?.flags ?? []),
    codes: problems.map(({ severity, code }) => `${severity} ${code.replace('compensation.', '')}`),
    words: problems.map(({ message }) => message),
    sampleIds: findings.map((one) => one.sampleIds),
  };
}

describe('whether the matrix of a tube is applied', () => {
  it('raw values: applied, in peace', () => {
    expect(decided([tube('a', mixed(stained(4000), spill), spill)])).toMatchObject({ applied: [true], codes: [] });
  });

  it('compensated values: not a second time, and the flag says so', () => {
    expect(decided([tube('a', stained(4000), spill)])).toMatchObject({
      applied: [false],
      flags: [['already_compensated']],
      codes: ['warning fcs.already-compensated'],
    });
  });

  it('a tube that holds noise alone shows nothing: applied, and one note for all such tubes', () => {
    const noise = (count: number) => stained(count).map((column) => column.map((value) => value % 20));
    const found = decided([tube('a', noise(4000), spill), tube('b', noise(4000), spill)]);
    expect(found).toMatchObject({ applied: [true, true], codes: ['note not-told'], sampleIds: [['a', 'b']] });
  });

  it('small tubes that tell nothing alone tell it together', () => {
    const small = Array.from({ length: 20 }, (_, k) => tube(`s${k + 10}`, stained(300, 300 * k), spill));
    for (const one of small) expect(decided([one]).applied).toEqual([true]);
    const found = decided(small);
    expect(new Set(found.applied)).toEqual(new Set([false]));
    expect(found.codes).toEqual(['warning fcs.already-compensated']);
    const raw = small.map(({ sampleId }, k) => tube(sampleId, mixed(stained(300, 300 * k), spill), spill));
    expect(decided(raw)).toMatchObject({ codes: [] });
    expect(new Set(decided(raw).applied)).toEqual(new Set([true]));
  });

  it('a small tube goes as its sisters do, and an unstained one among raw ones as well', () => {
    const done = decided([tube('large', stained(4000), spill), tube('small', stained(200), spill)]);
    expect(done.applied).toEqual([false, false]);
    const noise = stained(4000).map((column) => column.map((value) => value % 20));
    const raw = decided([tube('stained', mixed(stained(4000), spill), spill), tube('unstained', noise, spill)]);
    expect(raw).toMatchObject({ applied: [true, true], codes: [] });
  });

  it('a compensated tube among raw ones with the same matrix is seen, though its cells carry two dyes', () => {
    const dyes = stained(4000);
    const both = dyes.map((column, k) =>
      k === 3 ? column.map((value, i) => value + 0.3 * (dyes[0]?.[i] ?? 0)) : column,
    );
    const raw = ['r1', 'r2', 'r3'].map((id) => tube(id, mixed(both, spill), spill));
    expect(decided([tube('done', both, spill)])).toMatchObject({
      applied: [true],
      codes: ['warning matrix-fits-badly'],
    });
    const found = decided([tube('done', both, spill), ...raw]);
    expect(found).toMatchObject({ applied: [false, true, true, true], codes: ['warning fcs.already-compensated'] });
    expect(found.sampleIds).toEqual([['done']]);
    expect(found.words.join()).toContain('compensated already, and raw in other tubes with the same matrix');
  });

  it('a tube whose matrix fits badly is never silently raw because its sisters are', () => {
    const raw = ['r1', 'r2', 'r3'].map((id) => tube(id, mixed(stained(4000), spill), spill));
    const found = decided([tube('odd', mixed(stained(4000), spill), foreign), ...raw]);
    expect(found.codes).toContain('warning matrix-fits-badly');
    expect(found.flags[0]).toContain('matrix_fits_badly');
  });

  it('a raw tube with the matrix of another panel: applied, flagged, and never taken for compensated', () => {
    expect(decided([tube('a', mixed(stained(4000), spill), foreign)])).toMatchObject({
      applied: [true],
      flags: [['matrix_fits_badly']],
      codes: ['warning matrix-fits-badly'],
    });
  });

  it('what is written wins over the values', () => {
    expect(decided([tube('a', stained(4000), spill, { apply: 'always' })])).toMatchObject({
      applied: [true],
      codes: ['warning applied-again'],
    });
    expect(decided([tube('a', stained(4000), spill, { from: 'csv' })]).applied).toEqual([true]);
    expect(decided([tube('a', stained(4000), spill, { from: 'csv', apply: 'detect' })]).applied).toEqual([false]);
  });

  it('names that speak of compensated values over raw ones: refused, unless it is written', () => {
    const signs = [{ kind: 'names', points: 'compensated', says: 'channels are named "Comp-FITC-A"' }] as const;
    const raw = mixed(stained(4000), spill);
    expect(decided([tube('a', raw, spill, { signs })])).toMatchObject({
      applied: ['refused'],
      codes: ['error contradiction'],
    });
    expect(decided([tube('a', raw, spill, { signs, apply: 'always' })])).toMatchObject({ applied: [true], codes: [] });
  });

  it('a matrix whose rows and columns are exchanged is refused in words, unless it is written', () => {
    const raw = mixed(stained(4000), spill);
    expect(decided([tube('a', raw, turned, { from: 'csv' })])).toMatchObject({
      applied: ['refused'],
      codes: ['error spillover-transposed'],
    });
    expect(decided([tube('a', raw, turned, { from: 'csv', apply: 'always' })])).toMatchObject({
      applied: [true],
      codes: ['warning spillover-transposed'],
    });
  });

  it('markers outside a matrix that was named are named', () => {
    const part: Spillover = { ...spill, channels: ['PE-A', 'ECD-A'], matrix: Float64Array.of(1, 0.5, 0.1, 1) };
    const raw = mixed(stained(4000), spill).slice(1, 3);
    const found = decided([tube('a', raw, part, { from: 'csv' })]);
    expect(found.codes).toContain('warning uncovered-markers');
    expect(found.words.join()).toContain('CD3 (FITC-A)');
  });
});

describe.skipIf(!hasTruth)('published tubes, beside their own matrix and others', () => {
  function load(...path: string[]) {
    const source = openFile(truthPath(...path));
    try {
      const { value: file } = readFcs(source);
      const spillover = file && spilloverFromKeywords(file.keywords, file.parameters, {}).value;
      if (!file || !spillover) throw new Error('no matrix');
      const numbers = spillover.channels.map((name) => file.parameters.find((one) => one.name === name)?.index ?? 0);
      return { spillover, raw: readColumns(source, file, numbers).columns };
    } finally {
      source.close();
    }
  }
  function compensated(spillover: Spillover, columns: Columns): Columns {
    const compensator = makeCompensator(spillover);
    return spillover.channels.map((channel) => {
      const out = new Float64Array(columns[0]?.length ?? 0);
      compensateColumn(columns, compensator.weights(channel)?.weights ?? new Float64Array(), out);
      return out;
    });
  }
  const pieces = (columns: Columns, id: string, spillover: Spillover) =>
    Array.from({ length: 20 }, (_, k) =>
      tube(
        `${id}${k + 10}`,
        columns.map((column) => column.slice(500 * k, 500 * (k + 1))),
        spillover,
      ),
    );

  it.each([
    [['bcell', 'bcell_pbmc_nhlbi_half.fcs']],
    [['blood', 'blood_D1.fcs']],
    [['workspaces', 'spleen', '68983.fcs']],
    [['activation', 'Activation_4.fcs']],
  ])('%s: 20 extracts of 500 events are judged as the whole is', (path) => {
    const { spillover, raw } = load(...path);
    const done = compensated(spillover, raw);
    expect(new Set(decided(pieces(done, 'c', spillover)).applied)).toEqual(new Set([false]));
    expect(new Set(decided(pieces(raw, 'r', spillover)).applied)).toEqual(new Set([true]));
  });

  it.each([
    [['bcell', 'bcell_pbmc_biir.fcs']],
    [['dc_mono_nk', 'dc_mono_nk_1.fcs']],
    [['activation', 'Activation_31.fcs']],
  ])('%s, raw, with any rotation of its matrix is never taken for compensated, nor silently raw', (path) => {
    const { spillover, raw } = load(...path);
    const n = spillover.channels.length;
    for (let shift = 1; shift < n; shift++) {
      const matrix = spillover.matrix.map(
        (_, k) => spillover.matrix[((Math.floor(k / n) + shift) % n) * n + (((k % n) + shift) % n)] ?? 0,
      );
      const { applied, codes } = decided([tube('a', raw, { ...spillover, matrix })]);
      expect(applied).not.toContain(false);
      expect(codes).not.toEqual([]);
    }
  });
});
