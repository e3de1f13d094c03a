import { describe, expect, test } from 'vitest';
import { countForeign, type ForeignTube, readGatingMl } from '../../src/foreign/index.ts';
import { floatTube } from './floatTube.ts';

const names = ['D1', 'D2', 'D3', 'D4'];

function dimensions(list: string, all: readonly string[]): string {
  return `<${list}>${all.map((name) => `<fcs-dimension name="${name}"/>`).join('')}</${list}>`;
}

function matrix(
  rows: readonly (readonly number[])[],
  dyes: readonly string[],
  detectors: readonly string[],
  inverted = false,
): string {
  const spectra = rows.map((row) => `<spectrum>${row.map((at) => `<coefficient value="${at}"/>`).join('')}</spectrum>`);
  const flag = inverted ? ' matrix-inverted-already="true"' : '';
  return `<spectrumMatrix id="M"${flag}>${dimensions('fluorochromes', dyes)}${dimensions('detectors', detectors)}${spectra.join('')}</spectrumMatrix>`;
}

function range(id: string, name: string, min: number, max: number, ref = 'M', scale = ''): string {
  const transformation = scale === '' ? '' : ` transformation-ref="${scale}"`;
  return `<RectangleGate id="${id}"><dimension compensation-ref="${ref}" min="${min}" max="${max}"${transformation}><fcs-dimension name="${name}"/></dimension></RectangleGate>`;
}

function members(body: string, tube: ForeignTube): Readonly<Record<string, readonly number[]>> {
  const xml = `<Gating-ML xmlns="http://www.isac-net.org/std/Gating-ML/v2.0/gating">${body}</Gating-ML>`;
  const { value, problems } = readGatingMl(new TextEncoder().encode(xml), 'gates.xml');
  expect(problems).toEqual([]);
  const [sample] = value!.samples;
  const wishes = { sampleId: 'a', file: 'a.fcs', membership: true, rules: 'exact' } as const;
  const { counts } = countForeign(value!, sample!, tube, wishes);
  return Object.fromEntries(sample!.populations.map(({ id }, i) => [id, [...counts.membership![i]!]]));
}

/** Light of two dyes in four detectors, made of known amounts. */
const spectra = [
  [1, 0.5, 0.1, 0],
  [0, 0.2, 1, 0.6],
];
const amounts = [
  [100, 0],
  [0, 100],
  [50, 70],
  [-10, 30],
];
const mixed = floatTube(
  Object.fromEntries(
    names.map((name, d) => [name, amounts.map(([a, b]) => a! * spectra[0]![d]! + b! * spectra[1]![d]!)]),
  ),
);

describe('spectrum matrices', () => {
  test('more detectors than dyes: the amounts of which the light was made', () => {
    const gates = amounts.flatMap(([a, b], i) => [
      range(`A${i}`, 'A', a! - 1e-6, a! + 1e-6),
      range(`B${i}`, 'B', b! - 1e-6, b! + 1e-6),
    ]);
    const found = members(matrix(spectra, ['A', 'B'], names) + gates.join(''), mixed);
    for (const [i] of amounts.entries()) {
      expect([found[`A${i}`]![i], found[`B${i}`]![i]]).toEqual([1, 1]);
    }
  });

  test('light that no amounts explain: least squares, worked by hand', () => {
    // S = [[1, 1, 0], [0, 1, 1]], x = (1, 0, 0): true = x·Sᵀ·(S·Sᵀ)⁻¹ = (1, 0)·[[2, −1], [−1, 2]]/3 = (2/3, −1/3).
    const tube = floatTube({ D1: [1], D2: [0], D3: [0] });
    const rows = [
      [1, 1, 0],
      [0, 1, 1],
    ];
    const gates = range('A', 'A', 2 / 3 - 1e-9, 2 / 3 + 1e-9) + range('B', 'B', -1 / 3 - 1e-9, -1 / 3 + 1e-9);
    expect(members(matrix(rows, ['A', 'B'], ['D1', 'D2', 'D3']) + gates, tube)).toEqual({ A: [1], B: [1] });
  });

  test('one that is inverted already is applied as it is: a row of fluorochromes for each detector', () => {
    // The least squares of the case above, given as 3 × 2.
    const tube = floatTube({ D1: [1, 0, 0], D2: [0, 1, 0], D3: [0, 0, 1] });
    const inverse = [
      [2 / 3, -1 / 3],
      [1 / 3, 1 / 3],
      [-1 / 3, 2 / 3],
    ];
    const body =
      matrix(inverse, ['A', 'B'], ['D1', 'D2', 'D3'], true) + range('A', 'A', 0.5, 1) + range('B', 'B', -1, 0);
    expect(members(body, tube)).toEqual({ A: [1, 0, 0], B: [1, 0, 0] });
  });

  test('each dimension has its own compensation, and a channel beside the matrix none', () => {
    const tube = floatTube({ D1: [10, 10], D2: [5, 1], FSC: [7, 7] });
    const rows = [
      [1, 0.5],
      [0, 1],
    ];
    const body =
      matrix(rows, ['D1', 'D2'], ['D1', 'D2']) +
      range('raw', 'D2', 4, 6, 'uncompensated') +
      range('own', 'D2', -0.5, 0.5) +
      range('file', 'D2', 4, 6, 'FCS') +
      range('beside', 'FSC', 6, 8);
    expect(members(body, tube)).toEqual({ raw: [1, 0], own: [1, 0], file: [1, 0], beside: [1, 1] });
  });
});

describe('values without a coordinate', () => {
  test('a limit holds the logarithm of zero; below zero there is none; a ratio over zero is in nothing but complements', () => {
    const tube = floatTube({ A: [0, -5, 10, 4], B: [0, 1, 0, 2] });
    const log = '<transformation id="log"><flog T="100" M="2"/></transformation>';
    const held = '<transformation id="held" boundMin="0"><flog T="100" M="2"/></transformation>';
    const ratio =
      '<transformation id="ratio"><fratio A="1" B="0" C="0"><fcs-dimension name="A"/><fcs-dimension name="B"/></fratio></transformation>';
    const open =
      '<RectangleGate id="open"><dimension compensation-ref="uncompensated" max="1" transformation-ref="log"><fcs-dimension name="A"/></dimension></RectangleGate>';
    const sides = (id: string, edge: string) =>
      `<RectangleGate id="${id}"><dimension compensation-ref="uncompensated" ${edge}><new-dimension transformation-ref="ratio"/></dimension></RectangleGate>`;
    const not = '<BooleanGate id="not"><not><gateReference ref="above"/></not></BooleanGate>';
    const body = [
      log,
      held,
      ratio,
      open,
      range('bounded', 'A', 0, 0.1, 'uncompensated', 'held'),
      sides('above', 'min="1"'),
      sides('below', 'max="1"'),
      not,
    ];
    expect(members(body.join(''), tube)).toEqual({
      open: [0, 0, 1, 1],
      bounded: [1, 0, 0, 0],
      above: [0, 0, 0, 1],
      below: [0, 1, 0, 0],
      not: [1, 1, 1, 0],
    });
  });
});
