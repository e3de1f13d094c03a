import { problem } from '../../problems/index.ts';
import type { ComparedTube, Comparison, Finding, LikenessRules } from '../comparison.ts';
import { someOf } from '../sisters.ts';

/** The same acquisition under two names: a wrong file in a row counts as "no change" of a patient. */
export const sameEvents: Comparison = {
  name: 'same events',
  summary: 'whether two tubes hold the same events: a file copied to the wrong name counts as another measurement',
  compare: (tubes, rules) => {
    const own = tubes.filter((tube) => !tube.excluded);
    const groups = groupsOf(own).filter((group) => !isOneTube(group));
    return { findings: groups.map((group) => findingOf(group, rules)), decisions: new Map() };
  },
};

/** Tubes that share a file or a run of events, each group once. */
function groupsOf(tubes: readonly ComparedTube[]): readonly (readonly ComparedTube[])[] {
  const groupOf = new Map<string, Set<ComparedTube>>();
  for (const tube of tubes) {
    const marks = [tube.look.sha256, ...tube.look.eventMarks];
    const joined = new Set([tube, ...marks.flatMap((mark) => [...(groupOf.get(mark) ?? [])])]);
    for (const member of joined) {
      for (const mark of [member.look.sha256, ...member.look.eventMarks]) groupOf.set(mark, joined);
    }
  }
  return [...new Set(groupOf.values())].map((group) => [...group]).filter((group) => group.length > 1);
}

/** One tube that two templates look at: rows of one subject and visit, each of another panel. */
function isOneTube(group: readonly ComparedTube[]): boolean {
  const panels = new Set(group.map((tube) => tube.panel));
  const who = new Set(group.map(({ subject, visit, batch, role }) => JSON.stringify([subject, visit, batch, role])));
  return panels.size === group.length && who.size === 1;
}

const severities = { refused: 'error', warned: 'warning', noted: 'note' } as const;

function findingOf(group: readonly ComparedTube[], { sameEvents: made }: LikenessRules): Finding {
  const sampleIds = group.map((tube) => tube.sampleId).sort();
  const isWhole = new Set(group.map((tube) => tube.look.sha256)).size === 1;
  const what = isWhole ? 'are the same file' : 'hold the same events';
  const names = someOf(
    sampleIds.map((id) => `"${id}"`),
    8,
  );
  return {
    sampleIds,
    words: isWhole ? 'the same file' : 'the same events',
    problem: problem(severities[made], 'study.same-events', `${names} ${what}`, {}),
    isRefused: made === 'refused',
  };
}
