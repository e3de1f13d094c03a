import { problem } from '../../problems/index.ts';
import type { ComparedTube, Comparison, Finding, LikenessRules } from '../comparison.ts';
import { type SharedEvents, sharedEvents } from '../sharedEvents.ts';
import { someOf } from '../sisters.ts';

/** The same acquisition under two names: a wrong file in a row counts as "no change" of a patient. */
export const sameEvents: Comparison = {
  name: 'same events',
  summary: 'whether two tubes hold the same events: a file copied to the wrong name counts as another measurement',
  compare: (tubes, rules) => {
    const own = tubes.filter((tube) => !tube.excluded);
    const shared = sharedEvents(own);
    const groups = groupsOf(own, shared).filter((group) => !isOneTube(group));
    return { findings: groups.map((group) => findingOf(group, shared, rules)), decisions: new Map() };
  },
};

/** Tubes that share a file or a run of events, each group once. */
function groupsOf(
  tubes: readonly ComparedTube[],
  shared: readonly SharedEvents[],
): readonly (readonly ComparedTube[])[] {
  const groupOf = new Map<string, Set<ComparedTube>>();
  const marksOf = (tube: ComparedTube) => [
    ...plainMarks(tube),
    ...shared.flatMap((one, i) => (one.tubes.includes(tube) ? [`shared ${i}`] : [])),
  ];
  for (const tube of tubes) {
    const joined = new Set([tube, ...marksOf(tube).flatMap((mark) => [...(groupOf.get(mark) ?? [])])]);
    for (const member of joined) {
      for (const mark of marksOf(member)) groupOf.set(mark, joined);
    }
  }
  return [...new Set(groupOf.values())].map((group) => [...group]).filter((group) => group.length > 1);
}

function plainMarks({ look }: ComparedTube): readonly string[] {
  return [look.sha256, ...look.eventMarks];
}

/** One tube that two templates look at: rows of one subject and visit, each of another panel. */
function isOneTube(group: readonly ComparedTube[]): boolean {
  const panels = new Set(group.map((tube) => tube.panel));
  const who = new Set(group.map(({ subject, visit, batch, role }) => JSON.stringify([subject, visit, batch, role])));
  return panels.size === group.length && who.size === 1;
}

const severities = { refused: 'error', warned: 'warning', noted: 'note' } as const;

/** From this part on the rest is no more than what a sketch may miss. */
const NEARLY_ALL = 0.9;

/** `hold the same events`, or the greatest part that two of them share where no run of events is the same. */
function whatIsSame(group: readonly ComparedTube[], shared: readonly SharedEvents[]): readonly [string, string] {
  if (new Set(group.map((tube) => tube.look.sha256)).size === 1) return ['are the same file', 'the same file'];
  const marks = group.flatMap((tube) => [...new Set(plainMarks(tube))]);
  const parts = shared.filter((one) => one.tubes.every((tube) => group.includes(tube))).map((one) => one.part);
  const most = Math.max(0, ...parts);
  const hasRun = new Set(marks).size < marks.length;
  if (most >= NEARLY_ALL || (parts.length === 0 && hasRun)) return ['hold the same events', 'the same events'];
  const percent = `${Math.max(1, Math.round(100 * most))} %`;
  return [`share events, about ${percent} of the smaller tube`, `share about ${percent} of their events`];
}

function findingOf(
  group: readonly ComparedTube[],
  shared: readonly SharedEvents[],
  { sameEvents: made }: LikenessRules,
): Finding {
  const sampleIds = group.map((tube) => tube.sampleId).sort();
  const [what, words] = whatIsSame(group, shared);
  const names = someOf(
    sampleIds.map((id) => `"${id}"`),
    8,
  );
  return {
    sampleIds,
    words,
    problem: problem(severities[made], 'study.same-events', `${names} ${what}`, {}),
    isRefused: made === 'refused',
  };
}
