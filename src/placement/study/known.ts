/** @throws where something that placing itself put there is missing: a fault of ours */
export function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not known to the placement`);
  return value;
}
