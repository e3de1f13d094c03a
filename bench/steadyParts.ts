import { createHash } from 'node:crypto';
import { randomOrder, streamFor } from '../samples/random.ts';
import { type Events, tubeBook } from '../src/gating/index.ts';
import { placeStudy, surveyTube } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';
import { namedMembership, placementTube, type WholeTube } from './wholeTube.ts';

/** What is done to the parts beside their gains. */
export type SteadyKind = 'null' | 'shift' | 'effect';

/** One population in one part: as the study gates it, and as the still gate does; events. */
export interface SteadyPart {
  readonly patient: number;
  readonly visit: 'BL' | 'M1';
  readonly count: number;
  readonly bCount: number;
  readonly stillCount: number;
  readonly stillBCount: number;
  readonly flags: readonly string[];
}

const PATIENTS = 8;
/** Of the log gains of a patient and of a tube, per channel. */
const [PATIENT_SD, TUBE_SD] = [0.08, 0.05];
/** Log gains of all tubes of M1 where the stain is shifted. */
const SHIFT: Readonly<Record<string, number>> = { CD24: 0.3, CD38: -0.3 };
const SCATTER = /^(FSC|SSC|Time)/i;
const TRANSITIONAL = 'CD24hiCD38hi';
const [PART_KEY, PICK_KEY, GAIN_KEY] = [31, 32, 33];

/**
 * Random thirds of one real tube as eight patients at two visits, each with small gains of its own, gated as one study. The
 * still gate is the gate of the whole tube on the same cells: what differs from it beyond counting is the gate's own unrest.
 * @returns population -> one entry a part
 */
export function steadyParts(
  whole: WholeTube,
  template: Template,
  {
    seed,
    kind,
    populations,
  }: { readonly seed: number; readonly kind: SteadyKind; readonly populations: readonly string[] },
): ReadonlyMap<string, readonly SteadyPart[]> {
  const parts = partsOf(whole, seed, kind);
  const surveys = parts.map(({ events, sampleId }) => {
    const fileSha256 = createHash('sha256').update(`${seed} ${kind} ${sampleId}`).digest('hex');
    return surveyTube(events, template, { sampleId, fileSha256, ...whole.input });
  });
  const { book } = placeStudy(
    template,
    '',
    surveys,
    parts.map(({ sampleId }) => placementTube(sampleId)),
  );
  const found = new Map<string, SteadyPart[]>(populations.map((name) => [name, []]));
  for (const { events, rows, sampleId, patient, visit } of parts) {
    const own = tubeBook(book, sampleId);
    const members = namedMembership(events, own);
    for (const [name, list] of found) {
      const gate = own.gates.find(({ population }) => population.endsWith(`/${name}`));
      list.push({
        ...{ patient, visit, flags: gate?.flags ?? ['no_gate'] },
        count: sum(members.get(name)!),
        bCount: sum(members.get('B')!),
        stillCount: sumOf(whole.still.get(name)!, rows),
        stillBCount: sumOf(whole.still.get('B')!, rows),
      });
    }
  }
  return found;
}

interface Part {
  readonly sampleId: string;
  readonly patient: number;
  readonly visit: 'BL' | 'M1';
  /** Events of the whole tube. */
  readonly rows: Uint32Array;
  readonly events: Events;
}

function partsOf(whole: WholeTube, seed: number, kind: SteadyKind): readonly Part[] {
  const third = Math.floor(whole.events.count / 3);
  const channels = [...whole.columns.keys()].filter((name) => !SCATTER.test(name));
  const markerOf = new Map(Object.entries(whole.input.channels).map(([marker, channel]) => [channel, marker]));
  return Array.from({ length: PATIENTS }, (_, patient) => {
    const order = randomOrder(streamFor(seed, PART_KEY, patient), whole.events.count);
    const bias = gains(channels, PATIENT_SD, streamFor(seed, GAIN_KEY, patient, 2));
    return (['BL', 'M1'] as const).map((visit, v): Part => {
      const all = order.slice(v * third, (v + 1) * third).sort();
      const pick = streamFor(seed, PICK_KEY, patient, v);
      const isLost = (row: number) => pick.uniform() < 0.5 && whole.still.get(TRANSITIONAL)![row] === 1;
      const rows = kind === 'effect' && visit === 'BL' ? all.filter((row) => !isLost(row)) : all;
      const own = gains(channels, TUBE_SD, streamFor(seed, GAIN_KEY, patient, v));
      const logGain = new Map(
        channels.map((name) => {
          const shift = kind === 'shift' && visit === 'M1' ? (SHIFT[markerOf.get(name) ?? ''] ?? 0) : 0;
          return [name, bias.get(name)! + own.get(name)! + shift];
        }),
      );
      return { sampleId: `P${patient + 1}_${visit}`, patient, visit, rows, events: stained(whole, rows, logGain) };
    });
  }).flat();
}

function gains(channels: readonly string[], sd: number, stream: ReturnType<typeof streamFor>) {
  return new Map(channels.map((name) => [name, sd * stream.normal()]));
}

/** Some events of a tube as they would be had their positive light been multiplied. */
function stained(whole: WholeTube, rows: Uint32Array, logGain: ReadonlyMap<string, number>): Events {
  const columns = new Map(
    [...whole.columns].map(([name, column]) => {
      const factor = Math.exp(logGain.get(name) ?? 0);
      return [name, Float64Array.from(rows, (row) => (column[row]! > 0 ? column[row]! * factor : column[row]!))];
    }),
  );
  return {
    count: rows.length,
    values(channel, events) {
      const column = columns.get(channel.name)!;
      if (events === 'all' && !channel.scale) return column;
      const out = events === 'all' ? column.slice() : Float64Array.from(events, (event) => column[event]!);
      channel.scale?.forwardColumn(out, out);
      return out;
    },
  };
}

function sum(column: Uint8Array): number {
  return column.reduce((total, value) => total + value, 0);
}

function sumOf(column: Uint8Array, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + column[row]!, 0);
}
