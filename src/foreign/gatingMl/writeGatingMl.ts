import type { FcsParameter } from '../../fcs/index.ts';
import type { ScaleSpec } from '../../scale/index.ts';
import { MATRIX_ID } from '../book/bookSample.ts';
import type {
  ForeignAxis,
  ForeignBoolean,
  ForeignGate,
  ForeignMatrix,
  ForeignSample,
  ForeignSource,
} from '../model.ts';
import { writeXml, type XmlPart } from '../xml/writeXml.ts';

const NAMESPACES = {
  'xmlns:gating': 'http://www.isac-net.org/std/Gating-ML/v2.0/gating',
  'xmlns:transforms': 'http://www.isac-net.org/std/Gating-ML/v2.0/transformations',
  'xmlns:data-type': 'http://www.isac-net.org/std/Gating-ML/v2.0/datatypes',
};

/** What Gating-ML counts linear values in: $PnN -> factor from values as read (gain, $TIMESTEP). */
export type UnitOf = (channel: string) => number;

/** The gates of one sample as Gating-ML 2.0; every geometry and scale of a book has its counterpart there. */
export function writeGatingMl(sample: ForeignSample, unitOf: UnitOf): string {
  const transformations = new Map<string, XmlPart>();
  const refOf = (part: XmlPart, { boundMin, boundMax }: Limits): string => {
    const limits = {
      ...(boundMin === null ? {} : { 'transforms:boundMin': boundMin }),
      ...(boundMax === null ? {} : { 'transforms:boundMax': boundMax }),
    };
    const key = JSON.stringify([part, limits]);
    const found = transformations.get(key);
    const id = found?.attributes?.['transforms:id'] ?? `transformation_${transformations.size + 1}`;
    const attributes = { 'transforms:id': id, ...limits };
    transformations.set(key, found ?? { name: 'transforms:transformation', attributes, children: [part] });
    return String(id);
  };
  // Ids of XML hold no blank and no "/"; the names stand beside them.
  const ids = documentIds(sample.populations);
  const gates = sample.populations.map(({ id, name, parent, gate, storedCount, isComplement }) => {
    if (isComplement) throw new Error(`gate "${id}" is a complement, which a book has as a combination`);
    const about: XmlPart = {
      name: 'data-type:custom_info',
      children: [{ name: 'cytopair', children: [{ name: 'name', text: name }, ...countOf(storedCount)] }],
    };
    const above = parent === null ? {} : { 'gating:parent_id': ids.get(parent)! };
    const attributes = { 'gating:id': ids.get(id)!, ...above };
    const shape = shapeOf(gate, { unitOf, refOf, idOf: (own) => ids.get(own)! });
    return { ...shape, attributes, children: [about, ...(shape.children ?? [])] };
  });
  const matrices = sample.matrices.map(matrixPart);
  return writeXml({
    name: 'gating:Gating-ML',
    attributes: NAMESPACES,
    children: [...transformations.values(), ...matrices, ...gates],
  });
}

/** Names as far as an id can hold them, since readers of Gating-ML show ids. */
function documentIds(populations: ForeignSample['populations']): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const idOf = (name: string): string => {
    const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^(?![A-Za-z])/, 'g_');
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain}_${n}`;
    taken.add(free);
    return free;
  };
  // Transformations and the matrix have ids of the same kind.
  taken.add(MATRIX_ID);
  return new Map(populations.map(({ id, name }) => [id, idOf(name)]));
}

function countOf(count: number | null): readonly XmlPart[] {
  return count === null ? [] : [{ name: 'count', text: String(count) }];
}

/** Gain divides, $TIMESTEP multiplies, as Gating-ML 2.0 says. */
export function gatingMlUnit(parameter: FcsParameter | undefined, keywords: ReadonlyMap<string, string>): number {
  if (parameter === undefined) return 1;
  if (parameter.isTime) {
    const step = Number(keywords.get('$TIMESTEP') ?? Number.NaN);
    return step > 0 ? step : 1;
  }
  return parameter.gain === undefined || parameter.amplification.decades > 0 ? 1 : 1 / parameter.gain;
}

type RatioSource = Extract<ForeignSource, { kind: 'ratio' }>;

/** Where coordinates are held. */
interface Limits {
  readonly boundMin: number | null;
  readonly boundMax: number | null;
}

interface Writing {
  readonly unitOf: UnitOf;
  readonly refOf: (part: XmlPart, limits: Limits) => string;
  /** Id in the document of a population. */
  readonly idOf: (id: string) => string;
}

function shapeOf(gate: ForeignGate, writing: Writing): XmlPart {
  switch (gate.kind) {
    case 'rectangle':
      return {
        name: 'gating:RectangleGate',
        children: gate.dims.map(({ axis, min, max }) => {
          const unit = axis.scale === null ? unitFor(axis, writing) : 1;
          const edges = {
            ...(min === null ? {} : { 'gating:min': min * unit }),
            ...(max === null ? {} : { 'gating:max': max * unit }),
          };
          return dimension(axis, edges, writing);
        }),
      };
    case 'polygon': {
      const units = gate.axes.map((axis) => (axis.scale === null ? unitFor(axis, writing) : 1));
      const vertices = gate.vertices.map((point) => ({
        name: 'gating:vertex',
        children: point.map((at, i) => value('gating:coordinate', at * units[i]!)),
      }));
      return {
        name: 'gating:PolygonGate',
        children: [...gate.axes.map((axis) => dimension(axis, {}, writing)), ...vertices],
      };
    }
    case 'ellipsoid': {
      const units = gate.axes.map((axis) => (axis.scale === null ? unitFor(axis, writing) : 1));
      const mean = {
        name: 'gating:mean',
        children: gate.mean.map((at, i) => value('gating:coordinate', at * units[i]!)),
      };
      const rows = gate.covariance.map((row, i) => ({
        name: 'gating:row',
        children: row.map((at, j) => value('gating:entry', at * units[i]! * units[j]!)),
      }));
      const distance = value('gating:distanceSquare', gate.distanceSquare);
      const dims = gate.axes.map((axis) => dimension(axis, {}, writing));
      return {
        name: 'gating:EllipsoidGate',
        children: [...dims, mean, { name: 'gating:covarianceMatrix', children: rows }, distance],
      };
    }
    default:
      return combination(gate, writing);
  }
}

function value(name: string, at: number): XmlPart {
  return { name, attributes: { 'data-type:value': at } };
}

function combination({ op, of }: ForeignBoolean, { idOf }: Writing): XmlPart {
  const references = of.map((operand): XmlPart => {
    if (!('id' in operand)) throw new Error('a book has no combination in brackets');
    const attributes = {
      'gating:ref': idOf(operand.id),
      ...(operand.isComplement ? { 'gating:use-as-complement': 'true' } : {}),
    };
    return { name: 'gating:gateReference', attributes };
  });
  const [only] = references;
  // And and or are of two or more: one alone stands twice.
  const children = references.length === 1 ? [only!, only!] : references;
  return { name: 'gating:BooleanGate', children: [{ name: `gating:${op}`, children }] };
}

/** Gating-ML's units per unit of the book, on a linear axis. */
function unitFor({ source, gain }: ForeignAxis, { unitOf }: Writing): number {
  return source.kind === 'channel' ? unitOf(source.name) / gain : unitOf(source.of[0]) / unitOf(source.of[1]);
}

function dimension(axis: ForeignAxis, edges: Readonly<Record<string, number>>, writing: Writing): XmlPart {
  const { source, compensation, scale } = axis;
  const ref = compensation.kind === 'none' ? 'uncompensated' : compensation.kind === 'file' ? 'FCS' : compensation.id;
  const transformation =
    scale === null
      ? {}
      : { 'gating:transformation-ref': writing.refOf(scalePart(scale.spec, unitFor(axis, writing)), scale) };
  const child =
    source.kind === 'channel'
      ? { name: 'data-type:fcs-dimension', attributes: { 'data-type:name': source.name } }
      : {
          name: 'data-type:new-dimension',
          attributes: { 'data-type:transformation-ref': ratioRef(source, unitFor(axis, writing), writing) },
        };
  return {
    name: 'gating:dimension',
    attributes: { 'gating:compensation-ref': ref, ...edges, ...transformation },
    children: [child],
  };
}

/** What is taken off each channel is in its own units, limits are in those of the ratio. */
function ratioRef(source: RatioSource, unit: number, { unitOf, refOf }: Writing): string {
  const { of, A, B, C, boundMin, boundMax } = source;
  const children = of.map((name) => ({ name: 'data-type:fcs-dimension', attributes: { 'data-type:name': name } }));
  const attributes = { 'transforms:A': A, 'transforms:B': B * unitOf(of[0]), 'transforms:C': C * unitOf(of[1]) };
  const limits = {
    boundMin: boundMin === null ? null : boundMin * unit,
    boundMax: boundMax === null ? null : boundMax * unit,
  };
  return refOf({ name: 'transforms:fratio', attributes, children }, limits);
}

/** A scale over values in Gating-ML's units: only its top is in units of values. */
function scalePart(spec: ScaleSpec, unit: number): XmlPart {
  const part = (name: string, parameters: Readonly<Record<string, number>>): XmlPart => ({
    name: `transforms:${name}`,
    attributes: Object.fromEntries(Object.entries(parameters).map(([key, at]) => [`transforms:${key}`, at])),
  });
  switch (spec.kind) {
    case 'linear':
      return part('flin', { T: spec.T * unit, A: spec.A * unit });
    case 'log':
      return part('flog', { T: spec.T * unit, M: spec.M });
    case 'asinh':
      return part('fasinh', { T: spec.T * unit, M: spec.M, A: spec.A });
    case 'logicle':
    case 'hyperlog':
      return part(spec.kind, { T: spec.T * unit, W: spec.W, M: spec.M, A: spec.A });
    case 'flowjo-log':
      return part('flog', { T: spec.offset * 10 ** spec.decades * unit, M: spec.decades });
    default:
      throw new Error(`the scale "${spec.kind}" has no counterpart in Gating-ML`);
  }
}

function matrixPart({ id, fluorochromes, detectors, rows, isInverted }: ForeignMatrix): XmlPart {
  const names = (name: string, list: readonly string[]): XmlPart => ({
    name: `transforms:${name}`,
    children: list.map((one) => ({ name: 'data-type:fcs-dimension', attributes: { 'data-type:name': one } })),
  });
  const spectra = rows.map((row) => ({
    name: 'transforms:spectrum',
    children: row.map((at) => ({ name: 'transforms:coefficient', attributes: { 'transforms:value': at } })),
  }));
  return {
    name: 'transforms:spectrumMatrix',
    attributes: { 'transforms:id': id, ...(isInverted ? { 'transforms:matrix-inverted-already': 'true' } : {}) },
    children: [names('fluorochromes', fluorochromes), names('detectors', detectors), ...spectra],
  };
}
