import { median } from 'd3-array';
import type { BookScale } from '../../gating/index.ts';
import { type Problem, problem } from '../../problems/index.ts';
import { estimateWidth, type ScaleSpec } from '../../scale/index.ts';
import type { ScaleChoice, Template } from '../../template/index.ts';
import type { TubeSurvey } from './tubeSurvey.ts';

/** Ranges that instruments have: 10, 18, 20, 22, 24 bits. */
const USUAL_RANGES = [1024, 262144, 1048576, 4194304, 16777216];
/** Cofactor of u at a range of 262144. */
const COFACTOR = 150;
const REFERENCE_RANGE = 262144;

/**
 * One scale and one frame u a marker, the same for all tubes of the study, from what the surveys of the pool show.
 * @param surveys by sample_id; @param poolIds tubes that may decide
 */
export function frozenScales(
  template: Template,
  surveys: readonly TubeSurvey[],
  poolIds: ReadonlySet<string>,
): { readonly scales: readonly BookScale[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const inPool = surveys.filter((survey) => poolIds.has(survey.sampleId));
  const deciding = inPool.length > 0 ? inPool : surveys;
  const scales = template.markers.flatMap((marker): BookScale[] => {
    const channel = surveys.map((survey) => survey.channels[marker.name]).find((name) => name !== undefined);
    if (channel === undefined) return [];
    const range = rangeOf(marker.name, deciding);
    if (!range.isStated) {
      const message = `the files state no usable range for "${marker.name}"; ${range.value} is used, from its values`;
      problems.push(problem('note', 'scale.range-from-data', message, { channel }));
    }
    const spec = specOf(choiceOf(template, marker.name, channel), marker.name, range.value, deciding);
    return [{ marker: marker.name, channel, ...spec, u_cofactor: (COFACTOR * range.value) / REFERENCE_RANGE }];
  });
  return { scales, problems };
}

/**
 * Compensation lifts single values above the range that the instrument has, the more the worse the matrix fits; the next
 * range that instruments have is four times as wide or more. Half of that way is no other instrument.
 */
const BEYOND_RANGE = 2;

/** The channel's range where the files state one that holds the usual tube; else the usual one next above the data. */
function rangeOf(marker: string, surveys: readonly TubeSurvey[]): { value: number; isStated: boolean } {
  const stated = Math.max(0, ...surveys.map((survey) => survey.ranges[marker] ?? 0));
  const top = median(surveys, (survey) => survey.tops[marker]) ?? 0;
  if (stated > 0 && BEYOND_RANGE * stated >= top) return { value: stated, isStated: true };
  return { value: USUAL_RANGES.find((range) => range >= top && range >= REFERENCE_RANGE) ?? top, isStated: false };
}

function choiceOf(template: Template, marker: string, channel: string): ScaleChoice {
  const own = template.scales.byMarker[marker];
  if (own) return own;
  return isScatterOrTime(marker) || isScatterOrTime(channel) ? template.scales.scatter : template.scales.fluorescence;
}

/**
 * Whether the scale of a marker may be made from the values below zero: then, and only then, a survey looks at them. Where
 * its channel decides between scatter and fluorescence, another tube's channel may be the one that does.
 */
export function isWidthEstimated({ scales }: Template, marker: string): boolean {
  const own = scales.byMarker[marker];
  const others = isScatterOrTime(marker) ? [scales.scatter] : [scales.fluorescence, scales.scatter];
  const choices = own === undefined ? others : [own];
  return choices.some((choice) => choice.kind === 'logicle' && choice.width === 'estimate');
}

/** Light scatter, pulse shapes and time are linear measures; everything else is fluorescence. */
export function isScatterOrTime(name: string): boolean {
  return /^(fsc?|ssc?|bsc|vssc|time|width)([^a-z]|$)/i.test(name);
}

function specOf(choice: ScaleChoice, marker: string, range: number, surveys: readonly TubeSurvey[]): ScaleSpec {
  switch (choice.kind) {
    case 'fixed':
      return choice.spec;
    case 'linear':
      return { kind: 'linear', T: range, A: 0 };
    case 'logicle': {
      const width = choice.width === 'estimate' ? pooledWidth(marker, range, choice.decades, surveys) : choice.width;
      return { kind: 'logicle', T: range, W: width, M: choice.decades, A: 0 };
    }
    default: {
      const unknown: never = choice;
      throw new Error(`unknown scale ${JSON.stringify(unknown)}`);
    }
  }
}

/** Median over tubes of the quantile of negatives (flowCore's estimateMedianLogicle), once per study. */
function pooledWidth(marker: string, T: number, M: number, surveys: readonly TubeSurvey[]): number {
  const quantiles: number[] = [];
  let count = 0;
  for (const survey of surveys) {
    const negatives = survey.negatives[marker];
    if (!negatives || negatives.quantile === null) continue;
    count += negatives.count;
    quantiles.push(negatives.quantile);
  }
  quantiles.sort((a, b) => a - b);
  const middle = quantiles[Math.floor((quantiles.length - 1) / 2)];
  return estimateWidth({ count, quantile5: middle }, { T, M }).W;
}
