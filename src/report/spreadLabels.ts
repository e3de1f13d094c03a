/**
 * Places of labels along an axis, as near to the wanted ones as a least gap between neighbours allows, in the order given.
 * Groups of labels that would touch are spread around their common middle; more labels than fit touch in the end.
 * @returns one place a label; all within from … to where they fit
 */
export function spreadLabels(
  wanted: readonly number[],
  { gap, from, to }: { readonly gap: number; readonly from: number; readonly to: number },
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const groups: { members: number[]; start: number }[] = [];
  for (const label of order) {
    groups.push({ members: [label], start: wanted[label]! });
    mergeBack(groups, wanted, gap);
  }
  const placed = new Array<number>(wanted.length).fill(0);
  for (const { members, start } of groups) {
    const room = Math.max(from, to - gap * (members.length - 1));
    const first = Math.min(room, Math.max(from, start));
    members.forEach((label, i) => {
      placed[label] = first + i * gap;
    });
  }
  return placed;
}

/** Joins the last group with the one before it as long as they touch; a group stands around the mean of its wishes. */
function mergeBack(groups: { members: number[]; start: number }[], wanted: readonly number[], gap: number): void {
  for (;;) {
    const [before, last] = [groups.at(-2), groups.at(-1)];
    if (!before || !last || before.start + before.members.length * gap <= last.start) return;
    const members = [...before.members, ...last.members];
    const mean = members.reduce((sum, label) => sum + wanted[label]!, 0) / members.length;
    groups.splice(-2, 2, { members, start: mean - (gap * (members.length - 1)) / 2 });
  }
}
