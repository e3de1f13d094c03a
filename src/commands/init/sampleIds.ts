// What the rules for ids allow: a file name on every system, no formula, 100 characters.
const mostCharacters = 100;

/**
 * A sample_id for each file: its name, with its folders where another file is called the same, and a number where that
 * is not enough. What an id cannot hold becomes `_`.
 * @param names paths with `/`, without `.fcs`
 */
export function sampleIds(names: readonly string[]): readonly string[] {
  const base = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const count = new Map<string, number>();
  for (const name of names) {
    const key = cleaned(base(name)).toLowerCase();
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const used = new Set<string>();
  return names.map((name) => {
    const short = cleaned(base(name));
    const wanted = (count.get(short.toLowerCase()) ?? 0) > 1 ? cleaned(name.replaceAll('/', '_')) : short;
    let id = wanted;
    for (let number = 2; used.has(id.toLowerCase()); number += 1) id = `${cutToRoom(wanted, 6)}_${number}`;
    used.add(id.toLowerCase());
    return id;
  });
}

/** An id as the sheet accepts it, from any text; empty only for an empty one. */
export function cleaned(text: string): string {
  const held = text
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an id cannot hold them
    .replace(/[/\\:*?"<>|\u0000-\u001F\u007F-\u009F]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  // "#REF!" is what a spreadsheet leaves of a value; "'" hides before a formula.
  return cutToRoom(held.replace(/^[=+\-@#']/, '_'), 0) || (text === '' ? '' : '_');
}

function cutToRoom(text: string, room: number): string {
  return [...text]
    .slice(0, mostCharacters - room)
    .join('')
    .replace(/[\s.]+$/u, '');
}
