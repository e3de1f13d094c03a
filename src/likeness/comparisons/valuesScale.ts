import { problem } from '../../problems/index.ts';
import type { StoredValues } from '../../template/index.ts';
import type { TubeDecision, ValuesShape } from '../../tube/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { judgeScale, type ScaleVerdict } from '../displayScale.ts';
import { pooledShapes } from '../pooledShapes.ts';
import { statedScaleProblems } from '../statedScale.ts';

/** Whether the numbers of each file are linear light, or coordinates of an axis. */
export const valuesScale: Comparison = {
  name: 'scale of values',
  summary: 'whether values are linear or stand on a display scale, of which no gate would find the place that it means',
  compare(tubes): Compared {
    const judged = tubes.filter(({ look }) => look.values.rule === 'detect').flatMap(judgedWith(tubes));
    return {
      findings: [...grouped(judged), ...statedScaleProblems(tubes)],
      decisions: new Map(tubes.flatMap((tube) => decisionOf(tube))),
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
function grouped(judged: readonly Judged[]): Finding[] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const { verdict, keys, channels } = one[1];
    if (verdict !== 'display' && verdict !== 'doubtful') continue;
    const key = JSON.stringify([verdict, keys, channels]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(findingOf);
}

function findingOf(group: readonly Judged[]): Finding {
  const [first, { verdict, scale, keys, channels, remark }] = group[0]!;
  const isRefused = verdict === 'display';
  const where = group.length === 1 ? { file: first.look.displayPath, sampleId: first.sampleId } : {};
  const who = group.length === 1 ? '' : `${group.map(([tube]) => `"${tube.sampleId}"`).join(', ')}: `;
  const rest = remark === '' ? '' : `; ${remark}`;
  const message = `${who}${channels.map((name) => `"${name}"`).join(', ')} ${
    isRefused ? 'stand on a display scale' : 'may stand on a display scale'
  } (${scale})${rest}`;
  return {
    sampleIds: group.map(([tube]) => tube.sampleId),
    words: isRefused ? 'values on a display scale' : 'values perhaps on a display scale',
    problem: isRefused
      ? problem('error', 'values.display-scale', message, where, scaleHint(keys))
      : problem('warning', 'values.perhaps-display-scale', message, where, scaleHint(keys)),
    isRefused,
  };
}

/** What to do, with the keys that would read such values. */
export function scaleHint(keys: readonly string[]): string {
  const ways = keys.map((key) => `"values: ${key}"`).join(' or ');
  return `export linear values; or say in the template which scale it is: ${ways}; or "values: linear" if they are linear`;
}

function decisionOf({ sampleId, look }: ComparedTube): [string, Partial<Omit<TubeDecision, 'sha256'>>][] {
  const { rule } = look.values;
  if (rule === 'detect' || rule.kind === 'linear') return [];
  // An author's `compensation: {apply: always}` would leave this part out: then the decision of "compensation" stands.
  const compensation = { isApplied: false, says: compensationWords(look.matrix.kind === 'matrix', rule) };
  return [[sampleId, { values: rule, compensation, flags: ['display_values'] }]];
}

function compensationWords(hasMatrix: boolean, { word }: Extract<StoredValues, { kind: 'display' }>): string {
  const source = hasMatrix ? "the file's matrix is not applied: " : '';
  return `none, ${source}values of a display scale (${word}) were compensated before`;
}
