import { problem } from '../../problems/index.ts';
import type { StoredValues } from '../../template/index.ts';
import type { TubeDecision, ValuesShape } from '../../tube/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { judgeScale, type ScaleVerdict } from '../displayScale.ts';
import { pooledShapes } from '../pooledShapes.ts';
import { scaleProblem } from '../scaleProblem.ts';
import { statedScaleProblems } from '../statedScale.ts';
import { isAsked } from './judgedTube.ts';

/** Whether the numbers of each file are linear light, or coordinates of an axis. */
export const valuesScale: Comparison = {
  name: 'scale of values',
  summary: 'whether values are linear or stand on a display scale, of which no gate would find the place that it means',
  compare(tubes): Compared {
    const judged = tubes.filter(({ look }) => look.values.rule === 'detect').flatMap(judgedWith(tubes));
    const found = [...groupFindings(judged), ...statedScaleProblems(tubes)];
    const decisions = new Map(tubes.flatMap((tube) => decisionOf(tube)));
    const refused = found.filter((one) => one.isRefused).flatMap((one) => one.sampleIds);
    return {
      findings: [...found, ...takenAsCompensated(tubes, decisions)],
      decisions,
      // What coordinates of an axis show of spillover is no sign of anything, and of ranges and levels no other fault.
      moot: {
        compensation: [...refused, ...decisions.keys()],
        range: refused,
        values: refused,
        'values of a channel': refused,
      },
    };
  },
};

type Judged = readonly [ComparedTube, ScaleVerdict];

/** Each tube by its own events; what they do not show, by those of its panel together. */
function judgedWith(tubes: readonly ComparedTube[]): (tube: ComparedTube) => Judged[] {
  const pooled = new Map<string, ScaleVerdict>();
  const ofPanel = (panel: string): ScaleVerdict => {
    const known = pooled.get(panel);
    if (known !== undefined) return known;
    const own = tubes.filter((one) => one.panel === panel && one.look.values.rule === 'detect');
    const verdict = judgeScale(pooledShapes(own.map(({ look }) => look.values.shapes)));
    pooled.set(panel, verdict);
    return verdict;
  };
  return (tube) => {
    const alone = judgeScale(tube.look.values.shapes);
    if (alone.verdict === 'linear' || alone.verdict === 'display') return [[tube, alone]];
    const together = ofPanel(tube.panel);
    const isSure = together.verdict === 'display' && fits(tube.look.values.shapes, together);
    return [[tube, isSure || alone.verdict === 'unknown' ? together : alone]];
  };
}

/** Whether a small tube has the channels that its panel shows on an axis. */
function fits(shapes: readonly ValuesShape[], { channels }: ScaleVerdict): boolean {
  return channels.every((name) => shapes.some((one) => one.name === name));
}

/** Tubes of one verdict and scale are one finding. */
function groupFindings(judged: readonly Judged[]): Finding[] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const { verdict, keys, channels } = one[1];
    if (verdict !== 'display' && verdict !== 'doubtful') continue;
    const key = JSON.stringify([verdict, keys, channels]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(findingOf);
}

function findingOf(group: readonly Judged[]): Finding[] {
  const [first, judged] = group[0]!;
  const isAlone = group.length === 1;
  const where = isAlone ? { file: first.look.displayPath, sampleId: first.sampleId } : {};
  const sampleIds = group.map(([tube]) => tube.sampleId);
  const found = scaleProblem(judged, where);
  if (found === undefined) return [];
  const isRefused = judged.verdict === 'display';
  const words = isRefused ? 'values on a display scale' : 'values perhaps on a display scale';
  return [{ sampleIds, words, problem: found, isRefused }];
}

function decisionOf({ sampleId, look }: ComparedTube): [string, Partial<Omit<TubeDecision, 'sha256'>>][] {
  const { rule } = look.values;
  if (rule === 'detect' || rule.kind === 'linear') return [];
  // What the author wrote of a matrix stands: "compensation" has decided by it.
  if (look.matrix.kind === 'matrix' && !isAsked(look.matrix))
    return [[sampleId, { values: rule, flags: ['display_values'] }]];
  const compensation = { isApplied: false, says: compensationWords(look.matrix.kind === 'matrix', rule) };
  return [[sampleId, { values: rule, compensation, flags: ['display_values'] }]];
}

/** A matrix that lies in the file and is left out is said, once for all tubes. */
function takenAsCompensated(tubes: readonly ComparedTube[], decisions: ReadonlyMap<string, unknown>): Finding[] {
  const own = tubes.filter(
    ({ sampleId, look: { matrix } }) => decisions.has(sampleId) && matrix.kind === 'matrix' && isAsked(matrix),
  );
  if (own.length === 0) return [];
  const sampleIds = own.map((one) => one.sampleId);
  const message = 'the spillover matrix is not applied: values of a display scale were compensated before';
  const problemOf = problem('note', 'values.taken-as-compensated', message, {});
  return [
    { sampleIds, words: 'matrix not applied to values of a display scale', problem: problemOf, isRefused: false },
  ];
}

function compensationWords(hasMatrix: boolean, { word }: Extract<StoredValues, { kind: 'display' }>): string {
  const source = hasMatrix ? "the file's matrix is not applied: " : '';
  return `none, ${source}values of a display scale (${word}) were compensated before`;
}
