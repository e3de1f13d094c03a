import { secondsSince } from '../../batch/index.ts';
import type { Geometry, TubeCounts } from '../../gating/index.ts';
import type { DrawnPopulation } from '../../placement/index.ts';
import type { AppliedOverrides, MovedGate } from '../../review/index.ts';
import type { StudyQuestions } from '../countQuestions.ts';
import { countTasks } from '../countTasks.ts';
import type { PlacedPanel } from '../placedPanel.ts';
import type { Walked } from '../walked.ts';
import { walkedBy } from '../walkedBy.ts';
import { step, type WalkOptions } from '../walkStep.ts';

/**
 * The same walk by the books that persons changed: only tubes of which something is asked anew are counted again, those
 * whose gates moved and those of the same subject, which are counted with their gates as well.
 * @param applied panel -> its book after the patches
 */
export async function recount(
  walked: Walked,
  applied: ReadonlyMap<string, AppliedOverrides>,
  options: WalkOptions,
  questions: StudyQuestions,
): Promise<Walked> {
  const { basis } = walked;
  const placed = new Map(
    [...basis.placed].map(([panel, own]) => [panel, changedPanel(own, applied.get(panel))] as const),
  );
  const wishes = { membership: options.membership, questions, decisions: basis.decisions };
  const before = countTasks(basis.tubes, basis.surveys, basis.placed, wishes).map((task) => JSON.stringify(task));
  const tasks = countTasks(basis.tubes, basis.surveys, placed, wishes).filter(
    (task, i) => JSON.stringify(task) !== before[i],
  );
  const startMs = performance.now();
  const counted = await step('recount', tasks, options);
  options.log.write('recounted', { tubes: tasks.length, seconds: secondsSince(startMs) });
  const counts = new Map<string, TubeCounts>(basis.counts);
  for (const [i, one] of counted.results.entries()) {
    const id = tasks[i]?.tube.sampleId ?? '';
    if (one.status === 'ok' && one.kind === 'count') counts.set(id, one.counts);
    else counts.delete(id);
  }
  return walkedBy(
    walked.tubes.map(({ tube }) => tube),
    walked.panels,
    { ...basis, placed, counts },
    {
      likeness: walked.likeness,
      problems: [...walked.problems, ...counted.results.flatMap((one) => one.problems)],
    },
  );
}

function changedPanel(placed: PlacedPanel, applied: AppliedOverrides | undefined): PlacedPanel {
  if (applied === undefined) return placed;
  return { ...placed, book: applied.book, draws: placed.draws.map((drawn) => movedDraws(drawn, applied.moved)) };
}

/** Plausible places go along with the gate that a person moved; where the change has no meaning there, they are its new place. */
function movedDraws(drawn: DrawnPopulation, moved: readonly MovedGate[]): DrawnPopulation {
  const tubes = new Map(drawn.tubes);
  for (const { sampleId, population, change, geometry } of moved) {
    const places = population === drawn.population ? tubes.get(sampleId) : undefined;
    if (places !== undefined)
      tubes.set(
        sampleId,
        places.map((place): Geometry => change(place) ?? geometry),
      );
  }
  return { ...drawn, tubes };
}
