/**
 * Names for one message about many things: `a, b, c, d and 3 more`.
 * @param most so many are named; the rest are counted
 */
export function andMore(names: readonly string[], most = 4): string {
  const first = names.slice(0, most).join(', ');
  return names.length > most ? `${first} and ${names.length - most} more` : first;
}
