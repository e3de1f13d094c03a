import type { ForeignMatrix } from '../model.ts';
import { attribute, childOf, childrenOf, isTrue, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';

/** A matrix with how its channels are marked in the names of gates. */
export interface NamedMatrix {
  readonly matrix: ForeignMatrix;
  readonly prefix: string;
  readonly suffix: string;
}

/** The matrix of a sample of FlowJo 7.6 or 10; undefined where it has none, or one that cannot be used, which was said. */
export function readSampleMatrix(sample: XmlElement, findings: XmlFindings): NamedMatrix | undefined {
  const element = childOf(sample, 'spilloverMatrix');
  if (element === undefined) return undefined;
  const rows = childrenOf(element, 'spillover').map((row) => ({
    name: attribute(row, 'parameter') ?? '',
    cells: new Map(
      childrenOf(row, 'coefficient').map((cell) => [
        attribute(cell, 'parameter') ?? '',
        numberAttribute(cell, 'value') ?? Number.NaN,
      ]),
    ),
  }));
  const isSpectral = isTrue(attribute(element, 'spectral'));
  return matrixOf(element, rows, isSpectral ? 'it unmixes spectra' : undefined, findings);
}

/** The matrices of FlowJo for Mac, by their place in the list, which samples name. */
export function readMacMatrices(root: XmlElement, findings: XmlFindings): readonly (NamedMatrix | undefined)[] {
  const list = childOf(root, 'CompensationMatrices');
  return (list === undefined ? [] : childrenOf(list, 'CompensationMatrix')).map((element) => {
    const rows = childrenOf(element, 'Channel').map((row) => ({
      name: attribute(row, 'name') ?? '',
      cells: new Map(
        childrenOf(row, 'ChannelValue').map((cell) => [
          attribute(cell, 'name') ?? '',
          numberAttribute(cell, 'value') ?? Number.NaN,
        ]),
      ),
    }));
    return matrixOf(element, rows, undefined, findings);
  });
}

interface Row {
  readonly name: string;
  readonly cells: ReadonlyMap<string, number>;
}

function matrixOf(
  element: XmlElement,
  rows: readonly Row[],
  refusal: string | undefined,
  findings: XmlFindings,
): NamedMatrix | undefined {
  const name = attribute(element, 'name') ?? '';
  const names = rows.map((row) => row.name);
  const fault = refusal ?? faultOf(names, rows);
  if (fault !== undefined) {
    findings.add('import.unreadable-matrix', `matrix "${name}": ${fault}`, element);
    return undefined;
  }
  const values = rows.map((row) => names.map((column) => row.cells.get(column)!));
  const id = attribute(element, 'id') ?? name;
  return {
    matrix: { id, name, fluorochromes: names, detectors: names, rows: values, isInverted: false },
    prefix: element.attributes.get('prefix') ?? '',
    suffix: element.attributes.get('suffix') ?? '',
  };
}

function faultOf(names: readonly string[], rows: readonly Row[]): string | undefined {
  if (rows.length === 0) return 'it is empty';
  if (new Set(names).size !== names.length) return 'a channel stands in it twice';
  const missing = rows.some((row) => names.some((name) => !Number.isFinite(row.cells.get(name) ?? Number.NaN)));
  return missing ? 'it is not complete' : undefined;
}
