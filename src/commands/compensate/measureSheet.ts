import {
  type ControlRow,
  judgeControl,
  matchChannels,
  measureControl,
  ownChannelProblems,
  type Shift,
  type Spillover,
  shiftsOf,
  spilloverOfControls,
} from '../../compensation/index.ts';
import type { FcsParameter } from '../../fcs/index.ts';
import { andMore, hasErrors, type Problem, problem, type Reading } from '../../problems/index.ts';
import { isFluorescence } from '../../tube/index.ts';
import type { SheetControl } from './controlSheet.ts';
import { type OpenControl, openControl } from './openControl.ts';

/** A measured control with the name of its file. */
export interface MeasuredControl extends ControlRow {
  readonly name: string;
  /** Where the sheet left the channel open. */
  readonly isFound: boolean;
  readonly problems: readonly Problem[];
}

/** All that the controls of a sheet say. */
export interface MeasuredSheet {
  readonly spillover: Spillover;
  readonly controls: readonly MeasuredControl[];
  /** Of the unstained control; undefined where there is none. */
  readonly unstained: OpenControl | undefined;
  /** The matrix that the controls carry themselves, the first that is there; undefined where none is. */
  readonly carried: { readonly name: string; readonly spillover: Spillover } | undefined;
}

/** Measures every control of a sheet; all that is wrong is told at once, and then there is no matrix. */
export function measureSheet(sheet: readonly SheetControl[], source: string): Reading<MeasuredSheet> {
  const read = sheet.map((control) => ({ control, ...openControl(control) }));
  const problems = read.flatMap((one) => one.problems);
  const opened = read.flatMap(({ value }) => value ?? []);
  if (hasErrors(problems)) return { value: undefined, problems };
  const unstained = opened.find(({ control }) => control.stain.kind === 'unstained');
  const stained = opened.filter((one) => one !== unstained);
  const own = ownChannels(stained, unstained, problems);
  problems.push(
    ...unlike(
      opened,
      [...own.values()].map(({ channel }) => channel),
    ),
  );
  if (hasErrors(problems)) return { value: undefined, problems };
  const detectors = inOrder(
    [...own.values()].map(({ channel }) => channel),
    stained[0]!,
  );
  const controls = stained.flatMap((one) => {
    const { channel, isFound } = own.get(one)!;
    const row = measureControl(one.events, unstained?.events, { own: channel, detectors });
    const where = { file: one.control.name };
    if (row === undefined) {
      const message = `"${channel}" cannot be measured: ${unstained ? 'the unstained control holds nothing of its scatter' : 'the sheet names no unstained control'}, and it holds no dim events apart from its bright ones`;
      problems.push(problem('error', 'compensation.control-empty', message, where));
      return [];
    }
    const found = judgeControl(row, where);
    problems.push(...found);
    return [{ ...row, name: one.control.name, isFound, problems: found }];
  });
  if (hasErrors(problems)) return { value: undefined, problems };
  const matrix = spilloverOfControls(controls, detectors, source);
  problems.push(...matrix.problems);
  if (!matrix.value) return { value: undefined, problems };
  const carrier = opened.find(({ spillover }) => spillover !== null);
  const carried = carrier && { name: carrier.control.name, spillover: carrier.spillover! };
  return { value: { spillover: matrix.value, controls, unstained, carried }, problems };
}

interface OwnChannel {
  readonly channel: string;
  readonly isFound: boolean;
}

/** The detector of every stained control: the one that the sheet names, or the brightest. */
function ownChannels(
  stained: readonly OpenControl[],
  unstained: OpenControl | undefined,
  problems: Problem[],
): ReadonlyMap<OpenControl, OwnChannel> {
  const found = new Map<OpenControl, OwnChannel>();
  const holders = new Map<string, OpenControl>();
  for (const one of stained) {
    const channel = channelOf(one, unstained, problems);
    if (channel === undefined) continue;
    const twin = holders.get(channel.channel);
    if (twin !== undefined) {
      const message = `"${one.control.name}" and "${twin.control.name}" are both controls of "${channel.channel}"`;
      problems.push(problem('error', 'compensation.control-channel', message, one.control.where));
    }
    holders.set(channel.channel, one);
    found.set(one, channel);
  }
  return found;
}

function channelOf(one: OpenControl, unstained: OpenControl | undefined, problems: Problem[]): OwnChannel | undefined {
  const { control, file, events } = one;
  const where = { ...control.where, file: control.where.file ?? control.name };
  const shared = candidates(file.parameters).filter((name) => unstained?.events.detectors.has(name) !== false);
  const shifts = shiftsOf(events, unstained?.events, shared);
  if (control.stain.kind !== 'named') return brightest(shifts, control, problems);
  const matched = matchChannels([control.stain.channel], file.parameters, `"${control.name}"`, where);
  problems.push(...matched.problems.filter(({ severity }) => severity === 'error'));
  const channel = matched.value?.[0];
  if (channel === undefined) return undefined;
  if (!events.detectors.has(channel)) {
    const message = `"${channel}" measures no stain`;
    problems.push(problem('error', 'compensation.control-channel', message, where));
    return undefined;
  }
  problems.push(...ownChannelProblems(channel, shifts, { file: control.name }));
  return { channel, isFound: false };
}

/** A control whose detector is to be found must stand out in one. */
const PLAIN_WIDTHS = 3;

function brightest(shifts: readonly Shift[], control: SheetControl, problems: Problem[]): OwnChannel | undefined {
  const [first] = shifts;
  if (first !== undefined && first.widths >= PLAIN_WIDTHS) return { channel: first.detector, isFound: true };
  const message = 'the stain is brighter than the unstained control in no detector';
  problems.push(problem('error', 'compensation.control-unstained', message, { file: control.name }));
  return undefined;
}

/** Detectors of one kind of pulse, the commonest: a dye is as bright in FL1-A as in FL1-H. */
function candidates(parameters: readonly FcsParameter[]): string[] {
  const lit = parameters.filter(isFluorescence).map(({ name }) => name);
  const kinds = ['A', 'H', 'W'].map((kind) => lit.filter((name) => new RegExp(`[-_ ]${kind}$`, 'i').test(name)));
  const [most = []] = kinds.sort((a, b) => b.length - a.length);
  return most.length > 0 ? most : lit;
}

function inOrder(channels: readonly string[], { file }: OpenControl): string[] {
  return file.parameters.map(({ name }) => name).filter((name) => channels.includes(name));
}

/** Controls of one matrix must have seen the same instrument with the same settings. */
function unlike(opened: readonly OpenControl[], channels: readonly string[]): Problem[] {
  const [first, ...others] = opened;
  if (first === undefined) return [];
  return others.flatMap((one) => {
    const own = channels.flatMap((channel) => {
      const [a, b] = [first, one].map(({ file }) => file.parameters.find(({ name }) => name === channel));
      if (b === undefined) return [`no "${channel}"`];
      const differing = settings.filter((of) => a !== undefined && of.value(a) !== of.value(b));
      return differing.map((of) => `${of.says} of "${channel}" ${of.value(b)} against ${of.value(a!)}`);
    });
    if (own.length === 0) return [];
    const message = `differs from "${first.control.name}": ${andMore(own, 4)}`;
    return [problem('error', 'compensation.controls-unlike', message, { file: one.control.name })];
  });
}

const settings: readonly { readonly says: string; value(one: FcsParameter): string }[] = [
  { says: 'voltage', value: ({ voltage }) => (voltage === undefined ? '-' : String(Number(voltage) || voltage)) },
  { says: 'gain', value: ({ gain }) => String(gain ?? 1) },
  { says: 'range', value: ({ range }) => String(range ?? '-') },
  { says: 'amplification', value: ({ amplification: { decades, offset } }) => `${decades},${offset}` },
];
