/** The part of a drawn element that this file touches; linkedom's own types need the DOM library. */
interface DrawnElement {
  readonly tagName: string;
  readonly attributes: Iterable<{ readonly name: string; value: string }>;
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

const placing = new Set(['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'points']);

/**
 * A figure of Plot as one image with one name: inner labels of marks go (a group may not carry one), as does the style
 * sheet of its own; places are rounded to a hundredth of a pixel, since engines may differ in the last bit of a logarithm.
 * @param drawn an SVG element
 * @returns SVG text that stands alone as a file and inside a page
 */
export function tidySvg(drawn: unknown, label: string): string {
  const svg = drawn as DrawnElement;
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const part of [...svg.querySelectorAll('*')]) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-hidden');
    for (const attribute of [...part.attributes]) {
      if (placing.has(attribute.name))
        part.setAttribute(attribute.name, attribute.value.replace(/-?\d+\.\d+/g, roundNumber));
    }
  }
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return svg.outerHTML;
}

function roundNumber(number: string): string {
  const value = Math.round(Number(number) * 100) / 100;
  return String(value === 0 ? 0 : value);
}
