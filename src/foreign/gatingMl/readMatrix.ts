import type { ForeignMatrix } from '../model.ts';
import { attribute, childrenOf, elementAt, isTrue, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';

/**
 * A spectrum matrix: a row of m detectors for each of n fluorochromes; one that is inverted already has a row of n
 * fluorochromes for each detector, as it is to be applied (Gating-ML 2.0, 7.2).
 * @returns undefined where it cannot be used, which was said
 */
export function readMatrix(element: XmlElement, findings: XmlFindings): ForeignMatrix | undefined {
  const id = attribute(element, 'id') ?? '';
  const refuse = (why: string): undefined => {
    findings.add('import.unreadable-matrix', `matrix "${id}": ${why}`, element);
  };
  const fluorochromes = namesIn(element, 'fluorochromes');
  const detectors = namesIn(element, 'detectors');
  const isInverted = isTrue(attribute(element, 'matrix-inverted-already'));
  const rows = childrenOf(element, 'spectrum').map((row) =>
    childrenOf(row, 'coefficient').map((cell) => numberAttribute(cell, 'value') ?? Number.NaN),
  );
  const [n, m] = [fluorochromes.length, detectors.length];
  if (n === 0 || n > m) return refuse(`${n} fluorochromes cannot be told apart by ${m} detectors`);
  for (const names of [fluorochromes, detectors]) {
    const doubled = names.find((name, i) => names.indexOf(name) !== i);
    if (doubled !== undefined) return refuse(`"${doubled}" stands in it twice`);
  }
  if (rows.flat().some(Number.isNaN)) return refuse('a coefficient is no number');
  const [height, width] = isInverted ? [m, n] : [n, m];
  if (rows.length !== height || rows.some((row) => row.length !== width)) {
    const lengths = [...new Set(rows.map((row) => row.length))].join(' or ');
    return refuse(`it has ${rows.length} rows of ${lengths} coefficients where ${height} of ${width} are needed`);
  }
  return { id, name: id, fluorochromes, detectors, rows, isInverted };
}

function namesIn(element: XmlElement, list: string): readonly string[] {
  const names = elementAt(element, list);
  return names === undefined ? [] : childrenOf(names, 'fcs-dimension').map((one) => attribute(one, 'name') ?? '');
}
