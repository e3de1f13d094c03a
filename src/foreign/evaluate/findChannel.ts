import type { FcsParameter } from '../../fcs/index.ts';

/**
 * The $PnN that another program means by a name: the name itself, then with what programs change in it ("/" to "_", blanks
 * at the ends, case), then the one $PnS that reads so.
 * @returns undefined where there is none, or more than one
 */
export function findChannel(name: string, parameters: readonly FcsParameter[]): string | undefined {
  const names = parameters.map((parameter) => parameter.name);
  if (names.includes(name)) return name;
  for (const form of [underscored, folded]) {
    const found = names.filter((one) => form(one) === form(name));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  const stained = parameters.filter(({ stain }) => stain !== undefined && folded(stain) === folded(name));
  return stained.length === 1 ? stained[0]?.name : undefined;
}

function underscored(name: string): string {
  return name.replaceAll('/', '_').trim();
}

function folded(name: string): string {
  return underscored(name).toLowerCase();
}
