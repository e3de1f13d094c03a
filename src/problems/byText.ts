/**
 * The order of texts by their code units, the same in every language of the machine. Nothing given sorts as an empty text.
 * @returns below 0 where `a` stands first, 0 where both are the same
 */
export function byText(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
