import { makeCompensator, pickRows, rowWeights, weighRows } from '../compensation/index.ts';
import { type EventRows, type FcsParameter, readRows } from '../fcs/index.ts';
import { BLOCK_EVENTS } from '../gating/index.ts';
import type { SurveyBlock } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import { type BlockBounds, type BlockChannel, blockBounds } from './blockBounds.ts';
import type { TubeDecision } from './look.ts';
import type { OpenedTube } from './openTube.ts';
import { isOnDisplay, toLinear } from './storedValues.ts';
import type { Stretch } from './stretch.ts';
import { parameterOf } from './tubeEvents.ts';

/** What of a tube is read, and as what. */
export interface BlocksWanted {
  readonly template: Template;
  readonly decision: TubeDecision;
  /** $PnN of the channels that may be asked for. */
  readonly wanted: readonly string[];
  /** Sees the bytes of DATA, in their order. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** Sees the values of the wanted channels as stored, before compensation, and asks for what stands out in them. */
  readonly onStored?: (channel: string, values: Float32Array | Float64Array, stretch: Stretch) => void;
}

type OwnBlock = SurveyBlock & { firstEvent: number; eventCount: number };

/**
 * Reads the events of a tube block by block and gives them out compensated or not, in the study's unit: the numbers of
 * `openEvents`. Memory is that of a block, whatever the file.
 * @returns what stands out in stored values, where they are looked at
 */
export function tubeBlocks(
  { source, file, matrix }: OpenedTube,
  { template, decision, wanted, onBytes, onStored }: BlocksWanted,
  use: (block: SurveyBlock) => void,
): readonly Problem[] {
  const spillover = matrix.kind === 'matrix' && decision.compensation.isApplied ? matrix.spillover : undefined;
  const names = [...new Set([...wanted, ...(spillover?.channels ?? [])])];
  const parameters = names.map((name) => parameterOf(file, name));
  const compensator = spillover && makeCompensator(spillover);
  let block: OwnBlock | undefined;
  let bounds: BlockBounds | undefined;
  const first = (rows: EventRows): OwnBlock => {
    const offsetOf = (name: string): number => rows.offsets[names.indexOf(name)]!;
    const channels = new Map(
      names.map((name): [string, BlockChannel] => {
        const output = compensator?.weights(name);
        const weights = output && rowWeights(output.channels.map(offsetOf), output.weights);
        return [name, { offset: offsetOf(name), weights, factor: decision.unitFactors[name] ?? 1 }];
      }),
    );
    bounds = blockBounds(rows, channels);
    return { firstEvent: 0, eventCount: 0, fill: filler(rows, channels), mayExceed: bounds.mayExceed };
  };
  const watched = onStored === undefined ? [] : wanted;
  const onDisplay = new Set(parameters.filter((one) => isOnDisplay(decision.values, one)).map(({ name }) => name));
  const alsoDo = (parameter: FcsParameter) => {
    if (!onDisplay.has(parameter.name)) return undefined;
    return (column: Float64Array) => {
      if (watched.includes(parameter.name)) onStored?.(parameter.name, column, wholeOf(column));
      toLinear(decision.values, parameter, column);
    };
  };
  return readRows(
    source,
    file,
    {
      indices: parameters.map(({ index }) => index),
      blockEvents: BLOCK_EVENTS,
      amplification: template.amplification,
      alsoDo,
      ...(onBytes === undefined ? {} : { onBytes }),
      values: onStored === undefined ? 'as they are' : 'checked',
    },
    (rows) => {
      block ??= first(rows);
      block.firstEvent = rows.firstEvent;
      block.eventCount = rows.eventCount;
      bounds?.renew();
      for (const name of watched) {
        if (onDisplay.has(name)) continue;
        onStored?.(name, rows.data, {
          offset: rows.offsets[names.indexOf(name)]!,
          width: rows.width,
          count: rows.eventCount,
        });
      }
      use(block);
    },
  );
}

function wholeOf(column: Float64Array): Stretch {
  return { offset: 0, width: 1, count: column.length };
}

function filler(rows: EventRows, channels: ReadonlyMap<string, BlockChannel>): SurveyBlock['fill'] {
  return (name, events, count, out) => {
    const channel = channels.get(name);
    if (channel === undefined) throw new Error(`channel "${name}" was not read`);
    const { offset, weights, factor } = channel;
    if (weights === undefined) pickRows(rows, offset, { events, count }, out);
    else weighRows(rows, weights, { events, count }, out);
    if (factor !== 1) for (let i = 0; i < count; i++) out[i] = out[i]! * factor;
  };
}
