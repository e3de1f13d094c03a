import { median } from 'd3-array';
import { type BookScale, uScale } from '../../gating/index.ts';
import { makeScale, type Scale } from '../../scale/index.ts';
import type { PlacementTube, TubeSurvey } from '../study/tubeSurvey.ts';
import { type PositiveMode, positiveModes } from './positiveModes.ts';
import type { BatchStain, MeasuredStain, UnknownStain } from './stain.ts';

/** Whether a batch's cuts are moved where batches are aligned. */
export function isCarrying(stain: BatchStain): stain is MeasuredStain {
  return stain.status === 'measured' && stain.carried !== 0;
}

/** In u: two tubes of one donor in one batch are stained and counted no more alike (docs/quality.md). */
const ALIQUOT_ERROR = 0.05;

/** Aliquots of one donor hold a population in nearly the same share; rare ones scatter by their counts. */
const MOST_SHARE_RATIO = 1.5;
/** In u: a shift beyond it, more than threefold, is more likely another population than a stain. */
const FARTHEST = 1.2;

interface SurveyedTube {
  readonly tube: PlacementTube;
  readonly survey: TubeSurvey;
}

interface BatchLandmark {
  readonly batch: string;
  readonly modes: readonly PositiveMode[];
}

/**
 * How the stain of each batch differs from the study's, marker by marker: aliquots of one donor are the same cells, so
 * what differs is the batch.
 * @param surveyed by sample_id; @param markers those that are asked about
 * @returns markers as given, batches ascending
 */
export function batchStains(
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  markers: readonly string[],
): readonly BatchStain[] {
  const staying = surveyed.filter(({ tube }) => tube.role === 'sample' || isControl(tube));
  const batches = [...new Set(staying.map(({ tube }) => tube.batch))].sort();
  return markers.flatMap((marker) => {
    const entry = scales.find((scale) => scale.marker === marker);
    if (entry === undefined) return [];
    const scale = makeScale(uScale(entry.u_cofactor));
    return stainsOf(marker, batches, (batch) => controlModes(surveyed, batch, marker, scale));
  });
}

function isControl({ role, isExcluded }: PlacementTube): boolean {
  return role === 'bridge' && isExcluded !== true;
}

/** Modes of each control of a batch that has the marker. */
function controlModes(surveyed: readonly SurveyedTube[], batch: string, marker: string, scale: Scale) {
  return surveyed.flatMap(({ tube, survey }) => {
    const column = survey.reservoirs[0]?.columns[marker];
    if (!isControl(tube) || tube.batch !== batch || column === undefined) return [];
    const u = Float64Array.from(column);
    scale.forwardColumn(u, u);
    return [positiveModes(u)];
  });
}

function stainsOf(
  marker: string,
  batches: readonly string[],
  modesIn: (batch: string) => readonly (readonly PositiveMode[])[],
): readonly BatchStain[] {
  const controls = new Map(batches.map((batch) => [batch, modesIn(batch)]));
  const usual = usualMode([...controls.values()].flat());
  const landmarks = batches.flatMap((batch): BatchLandmark[] => {
    const modes = controls.get(batch)!.flatMap((found) => sameMode(found, usual) ?? []);
    return modes.length === 0 ? [] : [{ batch, modes }];
  });
  const study = median(landmarks, ({ modes }) => middleOf(modes));
  return batches.map((batch): BatchStain => {
    const own = landmarks.find((one) => one.batch === batch);
    if (own === undefined || study === undefined || landmarks.length < 2) {
      return { status: 'unknown', batch, marker, reason: reasonOf(controls.get(batch)!, own !== undefined) };
    }
    const found = measureShift(marker, own, study, landmarks.length);
    return Math.abs(found.shift) > FARTHEST ? { status: 'unknown', batch, marker, reason: 'other_mode' } : found;
  });
}

function reasonOf(controls: readonly (readonly PositiveMode[])[], isAlone: boolean): UnknownStain['reason'] {
  if (isAlone) return 'one_batch';
  if (controls.length === 0) return 'no_control';
  return controls.every((modes) => modes.length === 0) ? 'no_mode' : 'other_mode';
}

/** The fullest mode of the usual control: of all controls' fullest ones the middle, the lesser of two. */
function usualMode(controls: readonly (readonly PositiveMode[])[]): PositiveMode | undefined {
  const fullest = controls.flatMap((modes) =>
    modes.length === 0 ? [] : modes.reduce((best, one) => (one.share > best.share ? one : best)),
  );
  const sorted = fullest.sort((a, b) => a.share - b.share || a.above - b.above || a.at - b.at);
  return sorted[(sorted.length - 1) >> 1];
}

/**
 * The mode of a control that is the usual one: it holds about as many cells, and the same cells lie above it to half of
 * what it holds. A neighbour is farther away than that, and so is a mode of cells that the aliquot lost.
 */
function sameMode(modes: readonly PositiveMode[], usual: PositiveMode | undefined): PositiveMode | undefined {
  if (usual === undefined) return undefined;
  const distance = (mode: PositiveMode) => Math.abs(mode.above - usual.above);
  const near = modes.filter((mode) => {
    const [lesser, larger] = [Math.min(mode.share, usual.share), Math.max(mode.share, usual.share)];
    return larger <= MOST_SHARE_RATIO * lesser && distance(mode) <= lesser / 2;
  });
  return near.length === 0 ? undefined : near.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

function middleOf(modes: readonly PositiveMode[]): number {
  return median(modes, (mode) => mode.at)!;
}

function measureShift(
  marker: string,
  { batch, modes }: BatchLandmark,
  study: number,
  batchCount: number,
): MeasuredStain {
  const shift = middleOf(modes) - study;
  const carried = sureShift(shift, modes, batchCount);
  const leftOut = modes.map((mode, m) => {
    const others = modes.toSpliced(m, 1);
    const shiftOfOthers = others.length === 0 ? 0 : middleOf(others) - study;
    return mode.at - study - sureShift(shiftOfOthers, others, batchCount);
  });
  const worst = leftOut.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  return {
    status: 'measured',
    batch,
    marker,
    controlCount: modes.length,
    study,
    shift,
    carried,
    left: shift - carried,
    leftOut: modes.length < 2 ? null : worst,
  };
}

/**
 * The part of a shift that is more than chance: x · max(0, 1 − (2 s / x)²), the non-negative garrote (Breiman 1995), with
 * s the error of the shift. Nothing within twice its error, nearly all of a shift far beyond, no step between.
 */
function sureShift(shift: number, modes: readonly PositiveMode[], batchCount: number): number {
  if (modes.length === 0 || shift === 0) return 0;
  const variance = modes.reduce((sum, { error }) => sum + error ** 2 + ALIQUOT_ERROR ** 2, 0) / modes.length ** 2;
  // The batch is itself one of those whose middle it is measured from.
  const ofShift = variance * (1 - 1 / batchCount);
  return shift * Math.max(0, 1 - (4 * ofShift) / shift ** 2);
}
