/** Which light a channel measures, and what of its pulse. */
export interface ScatterLabel {
  readonly light: 'forward' | 'side';
  /** undefined where the label does not say. */
  readonly measure: 'area' | 'height' | 'width' | undefined;
  /** Laser or filter, as written; empty where none is named. */
  readonly laser: string;
}

const lights: ReadonlyMap<string, ScatterLabel['light']> = new Map([
  ['fsc', 'forward'],
  ['fs', 'forward'],
  ['fals', 'forward'],
  ['forsc', 'forward'],
  ['forwardscatter', 'forward'],
  ['ssc', 'side'],
  ['ss', 'side'],
  ['orthsc', 'side'],
  ['sidescatter', 'side'],
]);

/** `INT` and `PEAK` are Beckman Coulter's words, `TOF` (time of flight) its width. */
const measures: ReadonlyMap<string, NonNullable<ScatterLabel['measure']>> = new Map([
  ['a', 'area'],
  ['area', 'area'],
  ['int', 'area'],
  ['integral', 'area'],
  ['h', 'height'],
  ['height', 'height'],
  ['peak', 'height'],
  ['pk', 'height'],
  ['w', 'width'],
  ['width', 'width'],
  ['tof', 'width'],
]);

/** A logarithmic copy of a channel holds other numbers: only the linear one is scatter as templates mean it. */
const linear = /^lin(?:ear)?$/;
const lasers = /^(?:\d{3}|\d{1,2}|nm|v|b|r|y|g|yg|uv|violet|blue|red|yellow|green)$/;

/**
 * A label read as light scatter: `FSC-A`, `FS INT LIN`, `FSC 488/10-A`, `VSSC-A`, `FSC LinA`, `FS TOF`.
 * @returns undefined where any word of it says something else
 */
export function scatterLabel(text: string): ScatterLabel | undefined {
  const words = splitWords(text);
  const found = words.map((word) => lights.get(word)).filter((light) => light !== undefined);
  const [light] = found;
  if (light === undefined || found.length > 1) return undefined;
  const rest = words.filter((word) => !lights.has(word) && !linear.test(word));
  const measured = rest.filter((word) => measures.has(word));
  const laser = rest.filter((word) => !measures.has(word));
  if (measured.length > 1 || !laser.every((word) => lasers.test(word))) return undefined;
  return { light, measure: measures.get(measured[0] ?? ''), laser: laser.join(' ') };
}

/** Words in lower case; a light, its laser and its measure are parted where they are written in one. */
function splitWords(text: string): string[] {
  const runs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/(forward|side)[\s_-]+scatter/g, '$1scatter')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) => {
    const inOne = /^(v|b|r|y|uv)?(fsc|ssc)([ahw])?$/.exec(run) ?? /^(lin)([ahw])$/.exec(run);
    return inOne === null ? [run] : inOne.slice(1).filter((part) => part !== undefined);
  });
}

/** What a channel's name alone says of the pulse (`FL1-H`), whatever it stains. */
export function measureOf(name: string): ScatterLabel['measure'] {
  return measures.get(splitWords(name).at(-1) ?? '');
}
