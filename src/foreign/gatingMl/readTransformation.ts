import { checkScale } from '../../scale/index.ts';
import type { ForeignScale, ForeignSource } from '../model.ts';
import { attribute, childrenOf, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';

/** What a transformation is: a scale of one channel, or a ratio of two, each with its limits. */
export type Transformation =
  | { readonly kind: 'scale'; readonly scale: ForeignScale }
  | { readonly kind: 'ratio'; readonly source: RatioSource };

type RatioSource = Extract<ForeignSource, { kind: 'ratio' }>;
type Limits = Pick<RatioSource, 'boundMin' | 'boundMax'>;

const SCALES: Readonly<Record<string, { readonly kind: string; readonly parameters: readonly string[] }>> = {
  flin: { kind: 'linear', parameters: ['T', 'A'] },
  flog: { kind: 'log', parameters: ['T', 'M'] },
  fasinh: { kind: 'asinh', parameters: ['T', 'M', 'A'] },
  logicle: { kind: 'logicle', parameters: ['T', 'W', 'M', 'A'] },
  hyperlog: { kind: 'hyperlog', parameters: ['T', 'W', 'M', 'A'] },
};

/** @returns undefined where it cannot be used, which was said */
export function readTransformation(element: XmlElement, findings: XmlFindings): Transformation | undefined {
  const id = attribute(element, 'id') ?? '';
  const refuse = (why: string): undefined => {
    findings.add('import.unreadable-scale', `transformation "${id}": ${why}`, element);
  };
  const bounds = {
    boundMin: numberAttribute(element, 'boundMin') ?? null,
    boundMax: numberAttribute(element, 'boundMax') ?? null,
  };
  if (Number.isNaN(bounds.boundMin) || Number.isNaN(bounds.boundMax)) return refuse('a limit is no number');
  if (bounds.boundMin !== null && bounds.boundMax !== null && bounds.boundMin > bounds.boundMax) {
    return refuse(`boundMin ${bounds.boundMin} lies above boundMax ${bounds.boundMax}`);
  }
  const kinds = element.children.filter(({ name }) => name !== 'custom_info');
  const [inner] = kinds;
  if (inner === undefined || kinds.length > 1) return refuse(`it holds ${kinds.length} scales`);
  if (inner.name === 'fratio') {
    const source = ratioOf(inner, bounds);
    return typeof source === 'string' ? refuse(source) : { kind: 'ratio', source };
  }
  const known = SCALES[inner.name];
  if (known === undefined) return refuse(`the scale "${inner.name}" is not one of Gating-ML 2.0`);
  const parameters = known.parameters.map((name) => [name, numberAttribute(inner, name)]);
  const { spec, faults } = checkScale({ kind: known.kind, ...Object.fromEntries(parameters) });
  return spec === undefined ? refuse(faults.join('; ')) : { kind: 'scale', scale: { spec, ...bounds } };
}

function ratioOf(element: XmlElement, limits: Limits): RatioSource | string {
  const names = childrenOf(element, 'fcs-dimension').map((one) => attribute(one, 'name'));
  const [numerator, denominator] = names;
  if (names.length !== 2 || numerator === undefined || denominator === undefined) {
    return `a ratio is of two channels; found ${names.length}`;
  }
  const [A, B, C] = ['A', 'B', 'C'].map((name) => numberAttribute(element, name) ?? Number.NaN);
  if (![A, B, C].every(Number.isFinite)) return 'a ratio needs the numbers A, B and C';
  return { kind: 'ratio', of: [numerator, denominator], A: A!, B: B!, C: C!, ...limits };
}
