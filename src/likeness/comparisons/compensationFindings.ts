import { misfitWords } from '../../compensation/index.ts';
import { type Problem, type ProblemCode, problem } from '../../problems/index.ts';
import type { Finding } from '../comparison.ts';
import { isAsked, type JudgedTube } from './judgedTube.ts';
import { uncoveredMarkers } from './uncoveredMarkers.ts';

/** What is said of one tube; the same of many is one finding. */
interface Said {
  readonly severity: Problem['severity'];
  readonly code: ProblemCode;
  /** Equal words are one finding. */
  readonly words: string;
  /** What shows it, in this tube. */
  readonly shows: string;
  readonly isRefused: boolean;
}

/** Every finding once, with its tubes. @param judged ascending by sample_id */
export function compensationFindings(judged: readonly JudgedTube[]): Finding[] {
  const groups = new Map<string, { said: Said; tubes: JudgedTube[] }>();
  for (const one of judged) {
    for (const said of saidOf(one)) {
      const key = `${said.severity} ${said.code} ${said.words}`;
      const group = groups.get(key) ?? { said, tubes: [] };
      group.tubes.push(one);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ said, tubes }) => findingOf(said, tubes));
}

function findingOf({ severity, code, words, shows, isRefused }: Said, tubes: readonly JudgedTube[]): Finding {
  const sampleIds = tubes.map(({ tube }) => tube.sampleId);
  const ground = shows === '' ? '' : tubes.length === 1 ? `: ${shows}` : `; the first: ${shows}`;
  return { sampleIds, words, problem: problem(severity, code, `${words}${ground}`, {}), isRefused };
}

function saidOf(one: JudgedTube): Said[] {
  const { kind, from } = one.tube.look.matrix;
  if (kind === 'unwanted') return [];
  const { verdict } = one.state;
  if (kind !== 'matrix') {
    const missing = say('warning', 'compensation.no-matrix', 'the file holds no spillover matrix');
    return [
      ...(verdict === 'compensated' ? [already(one)] : lonely(one)),
      ...(kind === 'none' && verdict !== 'compensated' ? [missing] : []),
    ];
  }
  const markers = uncoveredMarkers(one.tube.look);
  const words = `the matrix does not cover ${markers.join(', ')}: they are used as they are in the file`;
  const isApplied = !(isAsked(one.tube.look.matrix) && verdict === 'compensated');
  const uncovered = say(from === 'csv' ? 'warning' : 'note', 'compensation.uncovered-markers', words);
  return [...ofMatrix(one), ...(isApplied && markers.length > 0 ? [uncovered] : [])];
}

function ofMatrix(one: JudgedTube): Said[] {
  const { matrix } = one.tube.look;
  const { state } = one;
  if (state.misfit === 'transposed') return [sayTransposed(one)];
  if (state.misfit === 'badly') {
    return [say('warning', 'compensation.matrix-fits-badly', misfitWords.badly)];
  }
  if (isAsked(matrix)) {
    if (state.verdict === 'compensated') return [already(one)];
    if (state.verdict === 'contradiction')
      return [{ ...say('error', 'compensation.contradiction', signs(one)), isRefused: true }];
    const unsure = say(
      'note',
      'compensation.not-told',
      'the values do not tell whether they were compensated; the matrix is applied',
    );
    return [...lonely(one), ...(state.verdict === 'undecided' ? [unsure] : [])];
  }
  if (state.verdict !== 'compensated') return [];
  return [
    say(
      'warning',
      'compensation.applied-again',
      'the values look compensated already; the matrix is applied, as was written',
      signs(one),
    ),
  ];
}

/** A matrix that fits when it is turned is no slip of the values: only a person who insists may use it as it stands. */
function sayTransposed({ tube }: JudgedTube): Said {
  const isMeant = tube.look.matrix.apply === 'always';
  const said = say(isMeant ? 'warning' : 'error', 'compensation.spillover-transposed', misfitWords.transposed);
  return { ...said, isRefused: !isMeant };
}

function already(one: JudgedTube): Said {
  const where = {
    alone: '',
    pooled: ', as tubes like it show together',
    sisters: ', as the other tubes of its panel show',
    beside: ', and raw in other tubes with the same matrix',
  };
  return say('warning', 'fcs.already-compensated', `the values are compensated already${where[one.from]}`, signs(one));
}

/** One sign alone, which decides nothing. */
function lonely({ state }: JudgedTube): Said[] {
  if (state.verdict === 'compensated') return [];
  const [sign] = state.evidence.filter(({ kind }) => kind !== 'keywords' && kind !== 'values');
  return sign ? [say('warning', 'compensation.perhaps-compensated', sign.says)] : [];
}

function signs({ state }: JudgedTube): string {
  return state.evidence.map(({ says }) => says).join('; ');
}

function say(severity: Said['severity'], code: ProblemCode, words: string, shows = ''): Said {
  return { severity, code, words, shows, isRefused: false };
}
