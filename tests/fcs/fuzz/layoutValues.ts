/** A value that says where or how the events lie, by its bytes. */
export interface LayoutValue {
  readonly keyword: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** Whether a wrong value must leave a trace: what counts bytes or events does, what only gives them a meaning does not. */
  readonly isEvident: boolean;
}

const headerFields = ['TEXT begin', 'TEXT end', 'DATA begin', 'DATA end', 'ANALYSIS begin', 'ANALYSIS end'];
const evident = /^\$(TOT|PAR|BEGINDATA|ENDDATA|P\d+B)$/i;
const meaning = /^\$(BYTEORD|DATATYPE|P\d+(R|DATATYPE))$/i;

/** HEADER's offsets and the values of the layout keywords in the first TEXT of a file. */
export function layoutValues(bytes: Uint8Array): LayoutValue[] {
  const header = headerFields.map((field, i) => {
    return { keyword: `HEADER ${field}`, offsetBytes: 10 + 8 * i, lengthBytes: 8, isEvident: true };
  });
  if (bytes.length < 58) return [];
  const head = Buffer.from(bytes.subarray(0, 30_000)).toString('latin1');
  const begin = Number(head.slice(10, 18)) || 58;
  const delimiter = head[begin];
  if (delimiter === undefined) return header;
  const found: LayoutValue[] = [];
  let at = begin + 1;
  for (const token of head.slice(begin + 1).split(delimiter)) {
    const key = token.trim();
    const next = at + token.length + 1;
    if (evident.test(key) || meaning.test(key)) {
      const end = head.indexOf(delimiter, next);
      if (end > next) {
        const place = { offsetBytes: next, lengthBytes: end - next };
        found.push({ keyword: key.toUpperCase(), ...place, isEvident: evident.test(key) });
      }
    }
    at = next;
  }
  return [...header, ...found];
}
