import { counted } from '../../problems/index.ts';
import type { BlandAltman } from '../../statistics/index.ts';
import type { Compared } from './compareCounts.ts';

/** How two tables agree, as a person reads it on a terminal: a paragraph a population. Digits are for reading. */
export function agreementText(
  names: { readonly auto: string; readonly manual: string },
  results: readonly Compared[],
): string {
  const head = `${names.auto} against ${names.manual}; differences are the first minus the second, intervals 95 %`;
  return `${[head, ...results.map(paragraph)].join('\n\n')}\n`;
}

function paragraph({ population, measure, agreement }: Compared): string {
  const { plain, log, zeroCount } = agreement;
  const { n, subjectCount } = plain;
  const tubes = `${counted(n, 'tube')} of ${counted(subjectCount, 'subject')}`;
  const isFew = n < 8 ? '; fewer than 8 tubes: point values only' : '';
  const isRepeated = plain.model === 'random_subject' ? '; limits from between and within variance' : '';
  const digits = measure === 'count' ? 0 : 2;
  const lines = [
    `${shortPath(population)} ${measure}: ${tubes}${isRepeated}${isFew}`,
    ...limitLines(measure === 'count' ? 'events' : unitOf(measure), plain, (x) => signedNumber(x, digits)),
    ...(log === null ? [] : limitLines('ratio', log, (x) => Math.exp(x).toFixed(2))),
    ...(zeroCount > 0 ? [`  ratio without ${counted(zeroCount, 'tube')} that are zero in one of the two`] : []),
    ...slopeLine(plain),
    ...regressionLines(agreement),
  ];
  return lines.join('\n');
}

function limitLines(what: string, found: BlandAltman, text: (x: number) => string): string[] {
  const bias = `  ${what.padEnd(7)} bias ${text(found.bias)}${between(found.biasInterval, text)}`;
  if (found.limits === null) return [bias];
  const lower = `${text(found.limits.low)}${between(found.lowerInterval, text)}`;
  const upper = `${text(found.limits.high)}${between(found.upperInterval, text)}`;
  return [`${bias}; limits ${lower} to ${upper}`];
}

function slopeLine({ slope }: BlandAltman): string[] {
  if (slope === null || (slope.interval.low <= 0 && slope.interval.high >= 0)) return [];
  const text = (x: number) => signedNumber(x, 3);
  return [`  the difference grows with the value: slope ${text(slope.value)}${between(slope.interval, text)}`];
}

function regressionLines({ lin, passingBablok: line, deming }: Compared['agreement']): string[] {
  const three = (x: number) => x.toFixed(3);
  const two = (x: number) => signedNumber(x, 2);
  const found: string[] = [];
  if (lin) {
    const rho = `${three(lin.concordance)}${between(lin.interval, three)}`;
    found.push(`  Lin's concordance ${rho}; r ${three(lin.pearson)}, C_b ${three(lin.biasCorrection)}`);
  }
  if (line) {
    const slope = `${three(line.slope)}${between(line.slopeInterval, three)}`;
    const intercept = `${two(line.intercept)}${between(line.interceptInterval, two)}`;
    found.push(`  Passing-Bablok slope ${slope}, intercept ${intercept}`);
  }
  if (deming) {
    const slope = `${three(deming.slope)}${between(deming.slopeInterval, three)}`;
    found.push(`  Deming slope ${slope}, intercept ${two(deming.intercept)}`);
  }
  return found.length > 0 ? found : ['  no line: too few tubes, or one of the two does not vary'];
}

function unitOf(measure: string): string {
  return measure === 'cells_per_ul' ? 'cells' : 'points';
}

function between(interval: { low: number; high: number } | null, text: (x: number) => string): string {
  return interval === null ? '' : ` (${text(interval.low)} to ${text(interval.high)})`;
}

function signedNumber(x: number, digits: number): string {
  const text = Math.abs(x).toFixed(digits);
  if (Number(text) === 0) return text;
  return x < 0 ? `-${text}` : `+${text}`;
}

function shortPath(population: string): string {
  return population.split('/').slice(-2).join('/');
}
