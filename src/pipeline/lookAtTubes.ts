import { compareTubes, type Likeness, type LikenessRules, likenessRules } from '../likeness/index.ts';
import type { Problem } from '../problems/index.ts';
import type { TubeLook, TubeTask } from '../tube/index.ts';
import { step, type WalkOptions } from './walkStep.ts';
import { templateOf, type WalkPanel, type WalkTube } from './walkTube.ts';

/** The tubes as their files show them, side by side. */
export interface Looked {
  /** sampleId -> what its file is; not of files that cannot be read. */
  readonly looks: ReadonlyMap<string, TubeLook>;
  readonly likeness: Likeness;
  readonly keys: readonly string[];
  readonly problems: readonly Problem[];
}

/** Looks at every tube, each alone, and then compares them. */
export async function lookAtTubes(
  panels: readonly WalkPanel[],
  tubes: readonly WalkTube[],
  options: WalkOptions,
  sameEvents: LikenessRules['sameEvents'],
): Promise<Looked> {
  const tasks = tubes.map((tube): TubeTask => ({ kind: 'look', tube: tube.file, template: templateOf(tube, panels) }));
  const { results, keys } = await step('look', tasks, options);
  const looks = new Map<string, TubeLook>();
  for (const one of results) if (one.status === 'ok' && one.kind === 'look') looks.set(one.look.sampleId, one.look);
  const likeness = compareTubes(
    tubes.flatMap(({ file: { sampleId }, compared }) => {
      const look = looks.get(sampleId);
      return look === undefined ? [] : [{ ...compared, look }];
    }),
    likenessRules(sameEvents, new Map(panels.map(({ panel, template }) => [panel, template]))),
  );
  return { looks, likeness, keys, problems: [...results.flatMap((one) => one.problems), ...likeness.problems] };
}
