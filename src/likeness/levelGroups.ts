/** Two levels this far apart, half of a doubling and more, are no neighbours: logs of a factor of 1.6. */
export const LEVEL_GAP = Math.log(1.6);

/** Things in groups, ascending by their level, a new one wherever the next lies further up than neighbours do. */
export function levelGroups<T extends { readonly at: number }>(things: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  const placed = [...things].sort((a, b) => a.at - b.at);
  placed.forEach((one, i) => {
    const before = placed[i - 1];
    if (before === undefined || one.at - before.at > LEVEL_GAP) groups.push([one]);
    else groups.at(-1)!.push(one);
  });
  return groups;
}

/** The group with the most; of several the lowest. */
export function largestGroup<T>(groups: readonly (readonly T[])[]): readonly T[] {
  return groups.reduce((best, group) => (group.length > best.length ? group : best), groups[0] ?? []);
}
