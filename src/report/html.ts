import { visible } from '../problems/index.ts';

/** Text that is already HTML: only `html` and `trusted` make it, so that everything else is escaped on its way in. */
export interface Html {
  readonly html: string;
}

/** What a hole of the template may hold; lists are joined without a separator, null and false leave nothing. */
export type Hole = Html | string | number | null | false | readonly Hole[];

/**
 * HTML from a template literal; every hole is escaped for text and for quoted attributes, unless it is Html itself.
 * @throws RangeError on a number that is not finite: a page never shows one
 */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return { html: strings.map((text, i) => (i === 0 ? text : fillHole(holes[i - 1] ?? null) + text)).join('') };
}

/** Markup that this room wrote itself (style sheet, script, a drawn figure); never foreign text. */
export function trusted(markup: string): Html {
  return { html: markup };
}

/** Foreign text made harmless in text and in double- or single-quoted attributes; control characters become visible. */
function escapeHtml(text: string): string {
  return visible(text, '\t\n\r').replace(unsafe, (character) => entities[character] ?? '\uFFFD');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// A lone surrogate cannot be written as UTF-8.
const unsafe = /[&<>"']|\p{Cs}/gu;

function fillHole(hole: Hole): string {
  if (hole === null || hole === false) return '';
  if (typeof hole === 'string') return escapeHtml(hole);
  if (typeof hole === 'number') {
    if (!Number.isFinite(hole)) throw new RangeError(`a page cannot show ${hole}`);
    return String(hole);
  }
  return isList(hole) ? hole.map(fillHole).join('') : hole.html;
}

function isList(hole: Html | readonly Hole[]): hole is readonly Hole[] {
  return Array.isArray(hole);
}
