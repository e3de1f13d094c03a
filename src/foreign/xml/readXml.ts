import { SaxesParser } from 'saxes';
import { problem, type Reading } from '../../problems/index.ts';
import type { XmlElement } from './element.ts';

/** Trees of gates are 20 levels deep at most; the parser's work grows with the square of the depth. */
const DEEPEST = 256;
/** Characters of one tag or text: the longest of real workspaces, a table of 4 096 nodes, takes 80 000. */
const LONGEST = 2 ** 20;
/** The parser is fed in pieces, so that a document that is refused is not read to its end. */
const PIECE = 2 ** 16;

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

/** What ends the reading of a document; the message is for the user. */
class Refusal extends Error {
  readonly code: 'import.not-xml' | 'import.unsafe-xml';
  constructor(code: Refusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The elements of an XML document. Entities of its own, outside parts, more than 256 levels and tags or texts of more than
 * a million characters are refused before they cost time or memory.
 * @param skipped elements of these names are read and not kept: drawings and layouts, which hold no gates
 */
export function readXml(
  bytes: Uint8Array,
  file: string,
  skipped: ReadonlySet<string> = new Set(),
): Reading<XmlElement> {
  const parser = new SaxesParser({ xmlns: true });
  try {
    const root = collect(parser, bytes, skipped);
    return { value: root, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const where = { file, line: parser.line, column: parser.column + 1 };
    return { value: undefined, problems: [problem('error', error.code, error.message, where)] };
  }
}

function collect(parser: SaxesParser<{ xmlns: true }>, bytes: Uint8Array, skipped: ReadonlySet<string>): XmlElement {
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let depth = 0;
  let skippedFrom = 0;
  let sinceEvent = 0;
  parser.on('error', (error) => {
    throw new Refusal('import.not-xml', `no sound XML: ${plainWords(error.message)}`);
  });
  parser.on('doctype', (text) => {
    sinceEvent = 0;
    if (/[[\]]|\b(?:SYSTEM|PUBLIC)\b/.test(text)) {
      throw new Refusal('import.unsafe-xml', 'the document type names entities or outside parts');
    }
  });
  parser.on('opentagstart', () => {
    depth++;
    if (depth > DEEPEST) throw new Refusal('import.unsafe-xml', `elements are nested more than ${DEEPEST} deep`);
  });
  parser.on('opentag', (tag) => {
    sinceEvent = 0;
    if (skippedFrom > 0) return;
    if (skipped.has(tag.local)) {
      skippedFrom = depth;
      return;
    }
    const attributes = new Map(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    const { line, column } = parser;
    const element = { name: tag.local, uri: tag.uri, attributes, children: [], text: '', line, column };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    sinceEvent = 0;
    if (skippedFrom === 0) open.pop();
    else if (skippedFrom === depth) skippedFrom = 0;
    depth--;
  });
  const addText = (text: string): void => {
    sinceEvent = 0;
    const into = open.at(-1);
    if (into !== undefined && skippedFrom === 0) into.text = `${into.text}${text}`.trim();
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', () => {
    sinceEvent = 0;
  });
  for (const piece of pieces(bytes)) {
    sinceEvent += piece.length;
    if (sinceEvent > LONGEST) {
      throw new Refusal('import.unsafe-xml', `a tag or text is longer than ${LONGEST} characters`);
    }
    parser.write(piece);
  }
  parser.close();
  if (root === undefined) throw new Refusal('import.not-xml', 'no sound XML: it holds no element');
  return root;
}

/** The text in pieces, by byte order mark, else by the encoding that the first line names, else UTF-8. */
function* pieces(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  }
  yield decoder.decode();
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  // What is written in bytes of eight bits cannot be UTF-16, whatever its first line says.
  if (/^utf-?16/i.test(named)) return 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('import.not-xml', `the encoding "${named}" is not known`);
    throw error;
  }
}

/** Saxes writes "12:7: message." */
function plainWords(message: string): string {
  return message
    .replace(/^(?:undefined:|[^\s]*:)?\d+:\d+:\s*/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
