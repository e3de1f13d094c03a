/** Values by number, each once: equal are those that JSON writes alike. */
export function numberedList<T>() {
  const numbers = new Map<string, number>();
  const all: T[] = [];
  return {
    all: (): readonly T[] => all,
    of(value: T): number {
      const key = JSON.stringify(value);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      all.push(value);
      numbers.set(key, all.length - 1);
      return all.length - 1;
    },
  };
}
