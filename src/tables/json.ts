import { byText } from '../problems/index.ts';
/**
 * JSON as our files hold it: two spaces, keys in the order given, newline at the end.
 * Throws on what JSON cannot carry (NaN, infinities, −0, maps, typed arrays): a fault of ours, never a silent null.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, refuseUnfaithful, 2)}\n`;
}

/** JSON with sorted keys and no spaces: equal values give equal text, for hashing. Throws as {@link jsonText}. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, item) => sortedKeys(refuseUnfaithful(key, item)));
}

/** What a JSON text of ours holds; undefined where someone has edited it into no JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function refuseUnfaithful(key: string, value: unknown): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    throw new TypeError(`"${key}" cannot hold ${Object.is(value, -0) ? '-0' : value}`);
  }
  const isOther = ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set;
  if (isOther || typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`"${key}" cannot hold ${Object.prototype.toString.call(value)}`);
  }
  return value;
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byText(a, b)));
}
