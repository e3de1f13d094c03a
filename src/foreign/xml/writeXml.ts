/** An element to be written: a name, attributes in their order, what is in it. */
export interface XmlPart {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly XmlPart[];
  readonly text?: string;
}

/** A document in UTF-8, one element a line. */
export function writeXml(root: XmlPart): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`;
}

function written({ name, attributes = {}, children = [], text = '' }: XmlPart, indent: string): string {
  const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${indent}<${name}${own.join('')}`;
  if (children.length === 0) return text === '' ? `${open}/>` : `${open}>${escaped(text)}</${name}>`;
  return `${open}>\n${children.map((child) => written(child, `${indent}  `)).join('\n')}\n${indent}</${name}>`;
}

/** What stands for itself nowhere in XML; characters that XML 1.0 cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\p{Cc}/gu, (sign) => (/[\t\n\r]/.test(sign) ? sign : ''));
}
