import { type ControlEvents, type Spillover, signsOf, spilloverFromKeywords } from '../../compensation/index.ts';
import { type FcsFile, type FcsParameter, openFile, readFcs, readSample } from '../../fcs/index.ts';
import { judgeScale, scaleProblem } from '../../likeness/index.ts';
import { type Problem, problem, type Reading, systemRefusal, type Where } from '../../problems/index.ts';
import { isFluorescence, valuesShape } from '../../tube/index.ts';
import type { SheetControl } from './controlSheet.ts';

/** A control that could be read. */
export interface OpenControl {
  readonly control: SheetControl;
  readonly file: FcsFile;
  readonly events: ControlEvents;
  /** null: the file holds none. */
  readonly spillover: Spillover | null;
}

/** More events would change no median in its third digit; a control of a million costs as little as one of these. */
const MOST_EVENTS = 200_000;
/** As the pile of events at a detector's end is told elsewhere: one step of 18 bits, near the end of the range. */
const STEP = 2 ** -18;
const NEAR_RANGE = 0.9;

/** Reads a control's events; refused where its values are not linear light, or were compensated before. */
export function openControl(control: SheetControl): Reading<OpenControl> {
  const where: Where = { file: control.name };
  try {
    const source = openFile(control.path, control.name);
    try {
      const { value: file, problems } = readFcs(source, {});
      if (file === undefined) return { value: undefined, problems };
      const columns = readSample(source, file, MOST_EVENTS);
      const own = spilloverFromKeywords(file.keywords, file.parameters, where);
      // A control need not say what it stains: the sheet does.
      const told = problems.filter(({ code }) => code !== 'fcs.stain-absent');
      const found = [...told, ...own.problems, ...valueProblems(file, columns, where)];
      const spillover = own.value ?? null;
      return { value: { control, file, events: eventsOf(file, columns), spillover }, problems: found };
    } finally {
      source.close();
    }
  } catch (fault) {
    const refusal = systemRefusal(fault);
    if (refusal === undefined) throw fault;
    const message = `the file cannot be opened: ${refusal}`;
    return { value: undefined, problems: [problem('error', 'cli.unreadable-file', message, where)] };
  }
}

function valueProblems(file: FcsFile, columns: readonly Float64Array[], where: Where): Problem[] {
  const { parameters, keywords, eventCount } = file;
  if (eventCount === 0) return [problem('error', 'compensation.control-empty', 'the control holds no event', where)];
  const verdict = judgeScale(parameters.flatMap((one, i) => valuesShape(one, columns[i]!) ?? []));
  const onScale = scaleProblem(verdict, where);
  const named = signsOf({ parameters, keywords, matrix: 'none' }).find(({ kind }) => kind === 'names');
  const compensated = named && problem('error', 'compensation.control-compensated', named.says, where);
  return [onScale, compensated].filter((one) => one !== undefined);
}

function eventsOf(file: FcsFile, columns: readonly Float64Array[]): ControlEvents {
  const { parameters } = file;
  const column = (one: FcsParameter | undefined) => (one === undefined ? undefined : columns[one.index - 1]);
  const find = (pattern: RegExp) => column(parameters.find(({ name }) => pattern.test(name)));
  const lit = parameters.filter(isFluorescence);
  const forward = find(FORWARD_AREA) ?? find(FORWARD);
  const side = find(SIDE_AREA) ?? find(SIDE);
  const [area, height] = [find(FORWARD_AREA), find(FORWARD_HEIGHT)];
  return {
    detectors: new Map(lit.map((one) => [one.name, column(one)!])),
    limits: new Map(lit.map((one) => [one.name, limitOf(one, column(one)!)])),
    scatter: forward && side ? [forward, side] : undefined,
    pulse: area && height ? [area, height] : undefined,
  };
}

const FORWARD = /^(?:fsc?|fals|forward)/i;
const SIDE = /^(?:ssc?|rals|side)/i;
const FORWARD_AREA = /^fsc?[-_ ]?a$/i;
const FORWARD_HEIGHT = /^fsc?[-_ ]?h$/i;
const SIDE_AREA = /^ssc?[-_ ]?a$/i;

/** From which value on events only pile up: the highest one, where that is the end of the detector. */
function limitOf({ range, dataType, amplification }: FcsParameter, column: Float64Array): number {
  if (range === undefined || !(range > 0)) return Number.POSITIVE_INFINITY;
  const isLog = (dataType === 'I' || dataType === 'A') && amplification.decades > 0;
  const top = isLog ? 10 ** amplification.decades * amplification.offset : range;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of column) if (value > highest) highest = value;
  return highest >= NEAR_RANGE * top ? highest * (1 - STEP) : Number.POSITIVE_INFINITY;
}
