import { truePopulations } from '../../../samples/index.ts';
import { type Outcome, refused, warningsOf } from '../../pipeline/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { counted, hasErrors, type Problem } from '../../problems/index.ts';
import { quantile } from '../../statistics/index.ts';
import { readTemplateFile } from '../../study/index.ts';
import { alignedTable } from '../../tables/index.ts';
import type { Template } from '../../template/index.ts';
import { type Expectations, readExpectations, siblingTests } from './expectations.ts';
import { type DrawnTube, gateDrawn } from './gateDrawn.ts';
import { f1Of, type Judged, judgeExpectations } from './judgeExpectations.ts';

export interface TestOptions {
  /** File of expectations; undefined: NAME.test.yaml beside the template, where there is one. */
  readonly expect: string | undefined;
  readonly threads: number | undefined;
}

/**
 * Tries a template on drawn tubes of which every cell is known: F1 of each population that the drawn tree has too, then
 * what is expected of it, and the template's own assertions.
 * @returns exit 1 where something that is expected is not met
 */
export async function testTemplate(templatePath: string, options: TestOptions): Promise<Outcome> {
  const read = readTemplateFile(templatePath, placementRegistry);
  if (read.value === undefined || hasErrors(read.problems)) return refused(read.problems);
  const { template } = read.value;
  const expected = readExpectations(options.expect ?? siblingTests(templatePath), template);
  const before = [...read.problems, ...expected.problems];
  if (expected.value === undefined) return refused(before);
  const { cohort, expect, file } = expected.value;
  const { value: tubes, problems } = await gateDrawn(templatePath, cohort, options.threads);
  // What is wrong with the template was told when it was read; files that are gone in a moment name nobody.
  const found = problems.filter(
    (one) => !before.some((other) => other.code === one.code && other.message === one.message),
  );
  if (tubes === undefined) return refused([...before, ...found]);
  const judged = judgeExpectations(expect, tubes);
  const broken = found.filter(isBrokenAssertion);
  const failed = judged.filter(({ isMet }) => !isMet).length + broken.length;
  const parts = [
    cohortLine(expected.value, tubes.length),
    scoreTable(template, tubes),
    judged.length === 0 ? '' : `\n${judgedTable(judged, file)}`,
  ];
  const asked = judged.length + template.assertions.length + template.expectedRanges.length;
  const verdict =
    failed === 0
      ? `all of ${counted(asked, 'expectation')} met`
      : `${failed} of ${counted(asked, 'expectation')} not met`;
  return {
    exit: failed === 0 ? 0 : 1,
    problems: [...before, ...found],
    text: parts.filter((part) => part !== '').join(''),
    closing: `cytopair: ${verdict}, ${warningsOf([...before, ...found])}`,
  };
}

/** Codes under which a run tells that an assertion of a template does not hold. */
function isBrokenAssertion({ code }: Problem): boolean {
  return code === 'gate.assertion' || code === 'gate.expected-range';
}

function cohortLine({ cohort: { mode, events, seed, visits } }: Expectations, tubeCount: number): string {
  return `${tubeCount} drawn tubes of ${events} events (${mode}, seed ${seed}, ${visits.join(' and ')})\n\n`;
}

/** Populations of the template that were drawn as well, by the same path. */
function scoreTable({ populations }: Template, tubes: readonly DrawnTube[]): string {
  const drawn = populations.filter(({ path }) => truePopulations.some((one) => one.path === path));
  const rows = drawn.map(({ path, depth, name }) => {
    const scores = tubes.map((tube) => {
      const ours = tube.members.get(path);
      return { sampleId: tube.sampleId, f1: ours && f1Of(ours, tube.truth.get(path)!) };
    });
    const known = scores.flatMap(({ f1 }) => (f1 === undefined ? [] : [f1]));
    const worst = [...scores].sort((a, b) => (a.f1 ?? -1) - (b.f1 ?? -1))[0]!;
    const median = quantile(known, 0.5);
    return [
      `${'  '.repeat(depth - 1)}${name}`,
      median === undefined ? '' : median.toFixed(3),
      worst.f1 === undefined ? 'none' : worst.f1.toFixed(3),
      worst.sampleId,
      `${known.length} of ${tubes.length}`,
    ];
  });
  if (rows.length === 0) return 'no population of this template was drawn: name its truth in a file of expectations\n';
  return alignedTable([['population', 'F1 median', 'worst', 'in', 'tubes'], ...rows]);
}

function judgedTable(judged: readonly Judged[], file: string | undefined): string {
  const rows = judged.map(({ expectation, isMet, seen, worst }) => {
    const { population, line, in: where } = expectation;
    const value = seen === undefined ? 'no value' : valueText(expectation.kind, seen);
    return [isMet ? 'met' : 'NOT MET', population, wantedText(expectation), where, value, worst, `${file}:${line}`];
  });
  return alignedTable([['', 'population', 'expected', 'in tube', 'seen', 'worst', 'place'], ...rows]);
}

function wantedText(expectation: Judged['expectation']): string {
  switch (expectation.kind) {
    case 'f1':
      return `F1 at least ${expectation.f1}`;
    case 'between':
      return `${expectation.between[0]} to ${expectation.between[1]} % of ${last(expectation.of)}`;
    case 'within':
      return `true share of ${last(expectation.of)} within ${expectation.within} %`;
    default:
      return expectation satisfies never;
  }
}

function valueText(kind: Judged['expectation']['kind'], seen: number): string {
  if (kind === 'f1') return seen.toFixed(3);
  return kind === 'between' ? `${seen.toFixed(2)} %` : `${seen > 0 ? '+' : ''}${seen.toFixed(1)} %`;
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
