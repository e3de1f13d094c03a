/** An element of a document, names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  /** Namespace; empty where it has none. */
  readonly uri: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, joined and trimmed. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export function childrenOf(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.filter((child) => names.includes(child.name));
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The first element at the end of a way of names. */
export function elementAt(element: XmlElement, ...way: readonly string[]): XmlElement | undefined {
  return way.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), element);
}

/** An attribute that is there and not blank. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const text = element.attributes.get(name);
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** A finite number, of XML's own forms; undefined where it is absent, NaN where it is no number. */
export function numberAttribute(element: XmlElement, name: string): number | undefined {
  const text = attribute(element, name);
  return text === undefined ? undefined : numberOf(text);
}

/** NaN for what is no finite number. */
export function numberOf(text: string): number {
  const trimmed = text.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** `true` and `1` of XML Schema. */
export function isTrue(text: string | undefined): boolean {
  return /^\s*(?:true|1)\s*$/i.test(text ?? '');
}
