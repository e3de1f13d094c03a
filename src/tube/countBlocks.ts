import { makeCompensator, pickRows, type RowWeights, rowWeights, weighRows } from '../compensation/index.ts';
import { type EventRows, readRows } from '../fcs/index.ts';
import { BLOCK_EVENTS, type CountPass, type EventBlock } from '../gating/index.ts';
import type { Template } from '../template/index.ts';
import type { TubeDecision } from './look.ts';
import type { OpenedTube } from './openTube.ts';
import { isOnDisplay, toLinear } from './storedValues.ts';
import { parameterOf } from './tubeEvents.ts';

/**
 * Reads the events of a tube once, block by block, and gives them to a pass, compensated or not, in the study's unit: the
 * numbers of `openEvents`. Memory is that of a block, whatever the file.
 * @param wanted $PnN of the channels that may be asked for
 * @param onBytes sees the bytes of DATA, in their order
 */
export function countBlocks(
  { source, file, matrix }: OpenedTube,
  {
    template,
    decision,
    wanted,
  }: { readonly template: Template; readonly decision: TubeDecision; readonly wanted: readonly string[] },
  pass: CountPass,
  onBytes: (bytes: Uint8Array) => void,
): void {
  const spillover = matrix.kind === 'matrix' && decision.compensation.isApplied ? matrix.spillover : undefined;
  const names = [...new Set([...wanted, ...(spillover?.channels ?? [])])];
  const indices = names.map((name) => parameterOf(file, name).index);
  const compensator = spillover && makeCompensator(spillover);
  let block: (EventBlock & { firstEvent: number; eventCount: number }) | undefined;
  const first = (rows: EventRows): NonNullable<typeof block> => {
    const offsetOf = (name: string): number => rows.offsets[names.indexOf(name)]!;
    const channels = new Map(
      names.map((name): [string, BlockChannel] => {
        const output = compensator?.weights(name);
        const weights = output && rowWeights(output.channels.map(offsetOf), output.weights);
        return [name, { offset: offsetOf(name), weights, factor: decision.unitFactors[name] ?? 1 }];
      }),
    );
    return { firstEvent: 0, eventCount: 0, fill: filler(rows, channels) };
  };
  const alsoDo = (parameter: Parameters<typeof toLinear>[1]) =>
    isOnDisplay(decision.values, parameter)
      ? (column: Float64Array) => toLinear(decision.values, parameter, column)
      : undefined;
  const options = { indices, blockEvents: BLOCK_EVENTS, amplification: template.amplification, alsoDo, onBytes };
  readRows(source, file, options, (rows) => {
    block ??= first(rows);
    block.firstEvent = rows.firstEvent;
    block.eventCount = rows.eventCount;
    pass.add(block);
  });
}

interface BlockChannel {
  readonly offset: number;
  /** undefined: as stored. */
  readonly weights: RowWeights | undefined;
  readonly factor: number;
}

function filler(rows: EventRows, channels: ReadonlyMap<string, BlockChannel>): EventBlock['fill'] {
  return (name, events, count, out) => {
    const channel = channels.get(name);
    if (channel === undefined) throw new Error(`channel "${name}" was not read`);
    const { offset, weights, factor } = channel;
    if (weights === undefined) pickRows(rows, offset, { events, count }, out);
    else weighRows(rows, weights, { events, count }, out);
    if (factor !== 1) for (let i = 0; i < count; i++) out[i] = out[i]! * factor;
  };
}
