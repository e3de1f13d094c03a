/** A number with its noun, as it is said: "1 warning", "3 warnings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
