import { type Html, html } from '../html.ts';

// A figure is drawn in points at the width of one column of a journal, 85 mm: letters of 7 units are 7 pt there, and
// larger at 180 mm. Colours stand as attributes, for print; the page's own style sheet may overrule them.
const pointsPerMm = 72 / 25.4;

/** Colours on white paper: apart in lightness too, so that a grey copy tells them. */
export const ink = { text: '#1c2126', soft: '#4a525a', rule: '#c9cecb', quiet: '#7d8590', band: '#eceeec' } as const;

export interface PaperSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A figure as an SVG file of its own: no style sheet, no colour that a page must give, a stack of fonts that printers have.
 * @param said the figure in words
 * @param classes for the page
 */
export function paper({ width, height }: PaperSize, said: string, body: Html, classes = 'fig'): string {
  const mm = (units: number): string => `${Math.round((units / pointsPerMm) * 100) / 100}mm`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="${classes}" width="${mm(width)}" height="${mm(height)}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${said}" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif" font-size="7">${body}</svg>`
    .html;
}

/** A length in hundredths of a point: engines may differ in the last bit of a logarithm. */
export function at(x: number): number {
  const rounded = Math.round(x * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}

/** About how wide a text is in letters of a size: the fonts of the stack are half as wide as high, on average. */
export function textWidth(text: string, size = 7): number {
  return [...text].length * size * 0.53;
}

/** As much of a text as fits. */
export function fitted(text: string, width: number, size = 7): string {
  const most = Math.max(2, Math.floor(width / (size * 0.53)));
  return [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
}

/** A text in lines of a width, broken between words. */
export function textLines(text: string, width: number, size = 7): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
