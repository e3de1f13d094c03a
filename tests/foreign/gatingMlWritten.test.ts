import { describe, expect, test } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import {
  countForeign,
  type ForeignGating,
  type ForeignTube,
  readGatingMl,
  writeGatingMl,
} from '../../src/foreign/index.ts';
import { floatTube } from './floatTube.ts';
import {
  type Columns,
  coordinatesOf,
  insideOf,
  type OracleDimension,
  type OracleGate,
  type OracleMatrix,
  type OracleScale,
} from './gatingMlOracle.ts';

// Documents drawn at random over all of Gating-ML 2.0; truth: a second evaluation, written from the standard (gatingMlOracle.ts).
const DOCUMENTS = 16;
const GATES = 14;
const EVENTS = 250;
const CHANNELS = ['A', 'B', 'C', 'D'];

const square: OracleMatrix = {
  dyes: ['A', 'B', 'C'],
  detectors: ['A', 'B', 'C'],
  inverted: false,
  rows: [
    [1, 0.2, 0.05],
    [0.1, 1, 0.3],
    [0.02, 0.08, 1],
  ],
};
const wide: OracleMatrix = {
  dyes: ['P', 'Q'],
  detectors: CHANNELS,
  inverted: false,
  rows: [
    [1, 0.4, 0.1, 0.02],
    [0.05, 0.3, 1, 0.6],
  ],
};
const inverted: OracleMatrix = {
  dyes: ['P', 'Q'],
  detectors: ['A', 'B', 'C'],
  inverted: true,
  rows: [
    [0.9, -0.1],
    [-0.2, 1.1],
    [0.1, 0.05],
  ],
};
const own: OracleMatrix = {
  dyes: ['A', 'B'],
  detectors: ['A', 'B'],
  inverted: false,
  rows: [
    [1, 0.25],
    [0.15, 1],
  ],
};
const matrices: Readonly<Record<string, OracleMatrix>> = { M: square, N: wide, I: inverted };
const scales: readonly OracleScale[] = [
  { kind: 'flin', parameters: { T: 1000, A: 100 } },
  { kind: 'flog', parameters: { T: 10_000, M: 5 } },
  { kind: 'fasinh', parameters: { T: 1000, M: 4, A: 1 } },
  { kind: 'logicle', parameters: { T: 10_000, W: 0.5, M: 4.5, A: 0 } },
  { kind: 'logicle', parameters: { T: 10_000, W: 1, M: 4, A: 0.5 } },
  { kind: 'hyperlog', parameters: { T: 10_000, W: 0.6, M: 4.5, A: 0.2 } },
];

interface Drawn {
  readonly xml: string;
  readonly gates: ReadonlyMap<string, { readonly gate: OracleGate; readonly parent: string | null }>;
}

function drawDocument(key: number, columns: Columns): Drawn {
  const stream = streamFor(key, 77);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)]!;
  const chance = (share: number) => stream.uniform() < share;
  const definitions: string[] = Object.entries(matrices).map(([id, matrix]) => matrixXml(id, matrix));
  const gates = new Map<string, { gate: OracleGate; parent: string | null }>();
  const xml: string[] = [];
  let next = 0;
  const define = (inner: string, bounds: readonly (number | null)[]): string => {
    const id = `t${next++}`;
    const limits = [` boundMin="${bounds[0]}"`, ` boundMax="${bounds[1]}"`]
      .filter((_, i) => bounds[i] !== null)
      .join('');
    definitions.push(`<transformation id="${id}"${limits}>${inner}</transformation>`);
    return id;
  };
  const drawDimension = (): {
    readonly at: OracleDimension;
    readonly ref: string;
    readonly attributes: string;
    readonly child: string;
  } => {
    const ref = pick(['uncompensated', 'FCS', 'M', 'N', 'I']);
    const matrix = ref === 'FCS' ? own : (matrices[ref] ?? null);
    const names = [
      ...new Set([
        ...(matrix?.dyes ?? []),
        ...CHANNELS.filter((one) => !matrix?.detectors.includes(one) || matrix.dyes.includes(one)),
      ]),
    ];
    const isRatio = chance(0.2);
    const of = [pick(names), pick(names)].slice(0, isRatio ? 2 : 1);
    const ratio = { A: 1 + stream.uniform(), B: 20 * stream.normal(), C: 5000 + 20 * stream.normal() };
    const ratioBounds: [number | null, number | null] = chance(0.3) ? [-0.02, 0.1] : [null, null];
    const scale = chance(0.7) ? pick(scales) : null;
    const bounds: [number | null, number | null] = [chance(0.3) ? 0.2 : null, chance(0.3) ? 0.7 : null];
    const attributes =
      scale === null
        ? ''
        : ` transformation-ref="${define(
            `<${scale.kind} ${Object.entries(scale.parameters)
              .map(([name, at]) => `${name}="${at}"`)
              .join(' ')}/>`,
            bounds,
          )}"`;
    const fcs = of.map((name) => `<fcs-dimension name="${name}"/>`).join('');
    const child = isRatio
      ? `<new-dimension transformation-ref="${define(`<fratio A="${ratio.A}" B="${ratio.B}" C="${ratio.C}">${fcs}</fratio>`, ratioBounds)}"/>`
      : fcs;
    return { at: { of, ...(isRatio ? { ratio } : {}), ratioBounds, matrix, scale, bounds }, ref, attributes, child };
  };
  /** A place among the coordinates that events have. */
  const place = (at: OracleDimension): number => {
    const values = coordinatesOf(at, columns).filter(Number.isFinite);
    return pick(values) + 1e-4 * stream.normal();
  };
  const dimensionXml = ({ ref, attributes, child }: ReturnType<typeof drawDimension>, more = '', name = 'dimension') =>
    `<${name} compensation-ref="${ref}"${attributes}${more}>${child}</${name}>`;
  for (let g = 0; g < GATES; g++) {
    const id = `g${g}`;
    const parent = chance(0.4) && g > 0 ? pick([...gates.keys()]) : null;
    const head = `id="${id}"${parent === null ? '' : ` parent_id="${parent}"`}`;
    const kind = pick(['box', 'box', 'polygon', 'ellipsoid', 'quadrants', 'boolean']);
    if (kind === 'boolean' && g > 2) {
      const op = pick(['and', 'or', 'not'] as const);
      const of = Array.from({ length: op === 'not' ? 1 : 3 }, () => ({
        id: pick([...gates.keys()]),
        complement: chance(0.4),
      }));
      gates.set(id, { gate: { kind: 'boolean', op, of }, parent });
      const references = of
        .map((one) => `<gateReference ref="${one.id}"${one.complement ? ' use-as-complement="true"' : ''}/>`)
        .join('');
      xml.push(`<BooleanGate ${head}><${op}>${references}</${op}></BooleanGate>`);
    } else if (kind === 'polygon') {
      const [x, y] = [drawDimension(), drawDimension()];
      const vertices = Array.from(
        { length: 3 + Math.floor(4 * stream.uniform()) },
        () => [place(x.at), place(y.at)] as const,
      );
      gates.set(id, { gate: { kind: 'polygon', x: x.at, y: y.at, vertices }, parent });
      const points = vertices
        .map((point) => `<vertex>${point.map((at) => `<coordinate value="${at}"/>`).join('')}</vertex>`)
        .join('');
      xml.push(`<PolygonGate ${head}>${dimensionXml(x)}${dimensionXml(y)}${points}</PolygonGate>`);
    } else if (kind === 'ellipsoid') {
      const dims = Array.from({ length: 2 + Math.floor(3 * stream.uniform()) }, drawDimension);
      const mean = dims.map(({ at }) => place(at));
      const root = dims.map(({ at }, i) =>
        dims.map((_, j) =>
          j > i ? 0 : Math.abs(place(at) - mean[i]!) * (i === j ? 1 : 0.3 * stream.normal()) + (i === j ? 1e-3 : 0),
        ),
      );
      const covariance = dims.map((_, i) =>
        dims.map((_unused, j) => root[i]!.reduce((sum, value, k) => sum + value * root[j]![k]!, 0)),
      );
      const distance = 0.5 + 2 * stream.uniform();
      gates.set(id, { gate: { kind: 'ellipsoid', at: dims.map(({ at }) => at), mean, covariance, distance }, parent });
      const rows = covariance.map((row) => `<row>${row.map((at) => `<entry value="${at}"/>`).join('')}</row>`).join('');
      const centre = mean.map((at) => `<coordinate value="${at}"/>`).join('');
      xml.push(
        `<EllipsoidGate ${head}>${dims.map((one) => dimensionXml(one)).join('')}<mean>${centre}</mean><covarianceMatrix>${rows}</covarianceMatrix><distanceSquare value="${distance}"/></EllipsoidGate>`,
      );
    } else if (kind === 'quadrants') {
      const dims = [drawDimension(), drawDimension()];
      const values = dims.map(({ at }) => [place(at), place(at)].sort((a, b) => a - b));
      const dividers = dims.map((one, d) =>
        dimensionXml(
          { ...one, child: one.child + values[d]!.map((at) => `<value>${at}</value>`).join('') },
          ` id="d${g}_${d}"`,
          'divider',
        ),
      );
      const quadrants = [0, 1, 2].map((i) => {
        const parts = [i, 2 - i].map((interval, d) => ({
          d,
          min: values[d]![interval - 1] ?? null,
          max: values[d]![interval] ?? null,
        }));
        const own = `${id}q${i}`;
        gates.set(own, {
          gate: { kind: 'box', sides: parts.map(({ d, min, max }) => ({ at: dims[d]!.at, min, max })) },
          parent,
        });
        const positions = parts.map(
          ({ d, min, max }) =>
            `<position divider_ref="d${g}_${d}" location="${min === null ? max! - 1 : max === null ? min + 1 : (min + max) / 2}"/>`,
        );
        return `<Quadrant id="${own}">${positions.join('')}</Quadrant>`;
      });
      xml.push(`<QuadrantGate ${head}>${dividers.join('')}${quadrants.join('')}</QuadrantGate>`);
    } else {
      const dims = Array.from({ length: 1 + Math.floor(3 * stream.uniform()) }, drawDimension);
      const sides = dims.map(({ at }) => {
        const [low, high] = [place(at), place(at)].sort((a, b) => a - b);
        const open = pick(['none', 'none', 'min', 'max']);
        return { at, min: open === 'min' ? null : low!, max: open === 'max' ? null : high! };
      });
      gates.set(id, { gate: { kind: 'box', sides }, parent });
      const edges = sides.map(
        ({ min, max }) => `${min === null ? '' : ` min="${min}"`}${max === null ? '' : ` max="${max}"`}`,
      );
      xml.push(`<RectangleGate ${head}>${dims.map((one, d) => dimensionXml(one, edges[d])).join('')}</RectangleGate>`);
    }
  }
  // What is named may stand behind what names it.
  const text = chance(0.5) ? [...xml].reverse() : xml;
  return {
    xml: `<Gating-ML xmlns="http://www.isac-net.org/std/Gating-ML/v2.0/gating">${definitions.join('')}${text.join('')}</Gating-ML>`,
    gates,
  };
}

function matrixXml(id: string, { dyes, detectors, rows, inverted: isInverted }: OracleMatrix): string {
  const names = (list: string, all: readonly string[]) =>
    `<${list}>${all.map((name) => `<fcs-dimension name="${name}"/>`).join('')}</${list}>`;
  const spectra = rows
    .map((row) => `<spectrum>${row.map((at) => `<coefficient value="${at}"/>`).join('')}</spectrum>`)
    .join('');
  return `<spectrumMatrix id="${id}"${isInverted ? ' matrix-inverted-already="true"' : ''}>${names('fluorochromes', dyes)}${names('detectors', detectors)}${spectra}</spectrumMatrix>`;
}

function drawColumns(key: number): Columns {
  const stream = streamFor(key, 78);
  return Object.fromEntries(
    CHANNELS.map((name) => [
      name,
      Array.from({ length: EVENTS }, () =>
        stream.uniform() < 0.3 ? 80 * stream.normal() : 10 ** (1 + 2.5 * stream.uniform()),
      ),
    ]),
  );
}

function tubeOf(columns: Columns): ForeignTube {
  return { ...floatTube(columns), fileMatrix: { channels: own.dyes, matrix: own.rows.flat() } };
}

function expectedOf({ gates }: Drawn, columns: Columns): ReadonlyMap<string, readonly boolean[]> {
  const known = new Map<string, readonly boolean[]>();
  const whole = (id: string): readonly boolean[] => {
    const found = known.get(id);
    if (found) return found;
    const { gate, parent } = gates.get(id)!;
    const inside = insideOf(gate, columns, whole);
    const above = parent === null ? undefined : whole(parent);
    const own = inside.map((is, i) => is && (above === undefined || above[i]!));
    known.set(id, own);
    return own;
  };
  for (const id of gates.keys()) whole(id);
  return known;
}

function membersOf(gating: ForeignGating, tube: ForeignTube): ReadonlyMap<string, readonly boolean[]> {
  const sample = gating.samples[0]!;
  const { counts, problems } = countForeign(gating, sample, tube, {
    sampleId: 'a',
    file: 'a',
    membership: true,
    rules: 'exact',
  });
  expect(problems).toEqual([]);
  return new Map(
    sample.populations.map(({ name }, i) => [name, Array.from(counts.membership![i]!, (mark) => mark === 1)]),
  );
}

function parsed(xml: string): ForeignGating {
  const { value, problems } = readGatingMl(new TextEncoder().encode(xml), 'gates.xml');
  expect(problems).toEqual([]);
  return value!;
}

/** Gates with an event that is told otherwise. */
function differing(
  expected: ReadonlyMap<string, readonly boolean[]>,
  found: ReadonlyMap<string, readonly boolean[]>,
): readonly string[] {
  return [...expected].flatMap(([id, column]) => {
    const off = column.filter((is, i) => is !== found.get(id)?.[i]).length;
    return off === 0 ? [] : [`${id}: ${off}`];
  });
}

describe('documents over all of Gating-ML 2.0', () => {
  test('every gate event for event as the standard says, and again after writing and reading', () => {
    let [vectors, filled] = [0, 0];
    for (let key = 1; key <= DOCUMENTS; key++) {
      const columns = drawColumns(key);
      const drawn = drawDocument(key, columns);
      const tube = tubeOf(columns);
      const expected = expectedOf(drawn, columns);
      const gating = parsed(drawn.xml);
      expect(differing(expected, membersOf(gating, tube)), `document ${key}`).toEqual([]);
      const again = parsed(writeGatingMl(gating.samples[0]!, () => 1));
      expect(differing(expected, membersOf(again, tube)), `document ${key}, written again`).toEqual([]);
      vectors += expected.size;
      filled += [...expected.values()].filter((column) => column.includes(true) && column.includes(false)).length;
    }
    expect(vectors).toBeGreaterThan(200);
    // Gates that hold nobody or everybody would prove little.
    expect(filled / vectors).toBeGreaterThan(0.5);
  });

  test('a detector named in place of its dye is that dye, where there are as many of both; else it is told', () => {
    const gate = (ref: string, name: string) =>
      `<RectangleGate id="g"><dimension compensation-ref="${ref}" min="0"><fcs-dimension name="${name}"/></dimension></RectangleGate>`;
    const document = (matrix: OracleMatrix, name: string) =>
      `<Gating-ML xmlns="http://www.isac-net.org/std/Gating-ML/v2.0/gating">${matrixXml('X', matrix)}${gate('X', name)}</Gating-ML>`;
    const tube = floatTube({ A: [10, 10], B: [5, 1], C: [0, 0], D: [0, 0] });
    const named = {
      dyes: ['FITC', 'PE'],
      detectors: ['A', 'B'],
      rows: [
        [1, 0.3],
        [0, 1],
      ],
      inverted: false,
    };
    const found = membersOf(parsed(document(named, 'B')), tube);
    expect(found.get('g')).toEqual([true, false]);
    const gating = parsed(document({ ...wide, dyes: ['FITC', 'PE'] }, 'B'));
    const { problems } = countForeign(gating, gating.samples[0]!, tube, {
      sampleId: 'a',
      file: 'a',
      membership: false,
      rules: 'exact',
    });
    expect(problems.map(({ message }) => message)).toEqual([
      '"B" is a detector of matrix "X", which has more of them than dyes; a gate on it names a dye: "g" is not counted',
    ]);
  });
});
