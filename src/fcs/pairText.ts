import { counted } from '../problems/index.ts';
import type { Findings } from './findings.ts';
import { isLayoutKeyword, isStandardKeyword } from './standardKeywords.ts';
import { trimPadding } from './wholeNumber.ts';

/** A stretch of TEXT between separators, escapes undone, as bytes in a Latin-1 string. */
export interface Token {
  readonly text: string;
  /** Of its first byte, from the start of the file. */
  readonly offsetBytes: number;
  /** A delimiter, doubled in the file, stands inside. */
  readonly hasDelimiter: boolean;
}

export interface Pair {
  readonly key: Token;
  readonly value: Token;
}

/**
 * Keywords and values out of the tokens between all delimiters. Where two delimiters stand together, TEXT is read
 * once as if doubled = escaped (the standard), once as if every delimiter separates (empty values); the reading wins
 * in which every layout keyword stands in key position and no keyword is empty or holds a delimiter. Where neither
 * does, each stretch between two standard keywords is judged by itself.
 * @param raw tokens between all delimiters; empty ones where two stand together
 * @returns the pairs in order; unpaired tokens are dropped and reported
 */
export function pairTokens(raw: readonly Token[], delimiter: string, findings: Findings): Pair[] {
  const required = new Set(raw.map(keyOf).filter(isLayoutKeyword));
  const separated = pairUp(raw);
  const hasEmpty = raw.some((token) => token.text === '');
  if (!hasEmpty && separated && isComplete(separated, required)) return separated;
  const escapedTokens = hasEmpty ? undouble(raw, delimiter) : undefined;
  const escaped = escapedTokens && pairUp(escapedTokens);
  if (escaped && isComplete(escaped, required)) return reportEscapes(escaped, delimiter, findings);
  if (separated && isComplete(separated, required)) return reportEmpty(separated, findings);
  return bySections(raw, delimiter, findings);
}

function keyOf(token: Token): string {
  return trimPadding(token.text).toUpperCase();
}

function pairUp(tokens: readonly Token[]): Pair[] | undefined {
  if (tokens.length % 2 !== 0) return undefined;
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < tokens.length; i += 2) {
    pairs.push({ key: tokens[i] as Token, value: tokens[i + 1] as Token });
  }
  return pairs;
}

function isComplete(pairs: readonly Pair[], required: ReadonlySet<string>): boolean {
  const keys = new Set(pairs.map((pair) => keyOf(pair.key)));
  if (pairs.some((pair) => pair.key.hasDelimiter || keyOf(pair.key) === '')) return false;
  for (const keyword of required) if (!keys.has(keyword)) return false;
  return true;
}

/**
 * Joins tokens across doubled delimiters. In a run of an odd number one delimiter separates; it is the one that
 * leaves the escaped ones to the value, since a keyword holds none.
 * @returns undefined where a doubled delimiter ends the tokens: nothing follows that it could belong to
 */
function undouble(raw: readonly Token[], delimiter: string): Token[] | undefined {
  const tokens: Token[] = [];
  let current = raw[0];
  if (current === undefined) return [];
  let i = 1;
  while (i < raw.length) {
    let emptyCount = 0;
    while (i + emptyCount < raw.length && raw[i + emptyCount]?.text === '') emptyCount++;
    const next = raw[i + emptyCount];
    const escapes = delimiter.repeat(Math.floor((emptyCount + 1) / 2));
    const isSeparated = emptyCount % 2 === 0;
    if (next === undefined && !isSeparated) return undefined;
    i += emptyCount + 1;
    if (!isSeparated && next) {
      current = joinToken(current, escapes + next.text);
    } else if (tokens.length % 2 === 0) {
      tokens.push(current);
      if (next) current = escapes === '' ? next : prefixToken(next, escapes);
    } else {
      tokens.push(escapes === '' ? current : joinToken(current, escapes));
      if (next) current = next;
    }
    if (next === undefined) return tokens;
  }
  tokens.push(current);
  return tokens;
}

function joinToken(token: Token, more: string): Token {
  return { text: token.text + more, offsetBytes: token.offsetBytes, hasDelimiter: true };
}

function prefixToken(token: Token, escapes: string): Token {
  return { text: escapes + token.text, offsetBytes: token.offsetBytes - 2 * escapes.length, hasDelimiter: true };
}

function reportEscapes(pairs: Pair[], delimiter: string, findings: Findings): Pair[] {
  for (const { value } of pairs) {
    if (value.hasDelimiter && (value.text.startsWith(delimiter) || value.text.endsWith(delimiter))) {
      findings.add(
        'warning',
        'fcs.delimiter-first-in-value',
        'a value begins or ends with the delimiter, which the standard forbids; three in a row were read as ' +
          'separator and escaped delimiter',
        value.offsetBytes,
      );
    }
  }
  return pairs;
}

function reportEmpty(pairs: Pair[], findings: Findings): Pair[] {
  const empty = pairs.filter((pair) => pair.value.text === '');
  if (empty.length > 0) {
    findings.add(
      'warning',
      'fcs.keyword-value-empty',
      `${counted(empty.length, 'keyword has', 'keywords have')} an empty value; two delimiters ` +
        'together were read as an empty value, not as an escaped delimiter',
      empty[0]?.key.offsetBytes,
    );
  }
  return pairs;
}

function bySections(raw: readonly Token[], delimiter: string, findings: Findings): Pair[] {
  const pairs: Pair[] = [];
  const emptyValued: Pair[] = [];
  for (const section of sectionsOf(raw)) {
    const found = pairSection(section, delimiter, findings);
    pairs.push(...found);
    emptyValued.push(...found.filter((pair) => pair.value.text === ''));
  }
  reportEmpty(emptyValued, findings);
  return pairs;
}

/** Stretches that each begin with a keyword of the standard (the first may not). */
function sectionsOf(raw: readonly Token[]): Token[][] {
  const sections: Token[][] = [];
  let section: Token[] = [];
  for (const token of raw) {
    if (isStandardKeyword(trimPadding(token.text)) && section.length > 0) {
      sections.push(section);
      section = [];
    }
    section.push(token);
  }
  if (section.length > 0) sections.push(section);
  return sections;
}

function pairSection(section: readonly Token[], delimiter: string, findings: Findings): Pair[] {
  const nothingRequired = new Set<string>();
  const escapedTokens = undouble(section, delimiter);
  const escaped = escapedTokens && pairUp(escapedTokens);
  if (escaped && isComplete(escaped, nothingRequired)) return reportEscapes(escaped, delimiter, findings);
  const separated = pairUp(section);
  if (separated && isComplete(separated, nothingRequired)) return separated;
  return pairBroken(section, delimiter, findings);
}

/** A section that no rule pairs up: a value holds a bare delimiter, or a separator is missing. */
function pairBroken(section: readonly Token[], delimiter: string, findings: Findings): Pair[] {
  const first = section[0] as Token;
  const last = section[section.length - 1] as Token;
  const lengthBytes = last.offsetBytes + last.text.length - first.offsetBytes;
  const isStandard = isStandardKeyword(trimPadding(first.text));
  const key = isStandard ? `after "${keyOf(first)}"` : 'before the first standard keyword';
  const say = (used: string): void =>
    findings.add(
      'warning',
      'fcs.delimiter-unescaped',
      `${section.length} tokens ${key} (${lengthBytes} bytes) do not pair up as keywords and values; ${used}`,
      first.offsetBytes,
    );
  const value = section[1];
  if (isStandard && section.length === 3 && value && value.text !== '') {
    say('the value was read as holding a bare delimiter');
    return [{ key: first, value: joinToken(value, delimiter + last.text) }];
  }
  if (isLayoutKeyword(keyOf(first)) && value && value.text !== '') {
    say('the first pair was read, the rest dropped');
    return [{ key: first, value }];
  }
  say('they were dropped');
  return [];
}
