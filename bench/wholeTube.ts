import { basename } from 'node:path';
import { countPopulations, type Events, tubeBook } from '../src/gating/index.ts';
import { type PlacementTube, placeStudy, surveyTube } from '../src/placement/tools.ts';
import { printProblem } from '../src/problems/index.ts';
import type { Template } from '../src/template/index.ts';
import { openEvents, withTube } from '../src/tube/tools.ts';
import { decidedTube } from './decidedTube.ts';

/** A real tube in memory, compensated, and where the gates placed on all of it lie. */
export interface WholeTube {
  readonly name: string;
  readonly events: Events;
  readonly input: Omit<Parameters<typeof surveyTube>[2], 'sampleId' | 'fileSha256'>;
  /** Last part of a population's path -> one entry an event. */
  readonly still: ReadonlyMap<string, Uint8Array>;
  /** Linear, compensated columns by $PnN. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** @param path of the FCS file; fails in words where it cannot be used */
export function wholeTube(path: string, template: Template): WholeTube {
  const name = basename(path);
  const file = { sampleId: name, path, displayPath: name, reading: {} };
  const { decision } = decidedTube(file, template);
  const opened = withTube(file, template, (tube) => {
    const channels = Object.fromEntries(tube.channels.channels);
    const { events } = openEvents(tube, template, decision, Object.values(channels));
    const rangeOf = (channel: string) => tube.file.parameters.find((one) => one.name === channel)?.range ?? null;
    const ranges = Object.fromEntries(Object.entries(channels).map(([marker, channel]) => [marker, rangeOf(channel)]));
    return { value: { events, channels, absent: tube.channels.absent, ranges }, problems: [] };
  });
  if (opened.value === undefined) throw new Error(opened.problems.map(printProblem).join('\n'));
  const { events, ...input } = opened.value;
  const columns = new Map(
    Object.values(input.channels).map((channel) => {
      return [channel, events.values({ name: channel, scale: undefined }, 'all')] as const;
    }),
  );
  return { name, events, input, columns, still: membership(name, events, template, input) };
}

function membership(name: string, events: Events, template: Template, input: WholeTube['input']) {
  const survey = surveyTube(events, template, { sampleId: name, fileSha256: '5'.repeat(64), ...input });
  const { book } = placeStudy(template, '', [survey], [placementTube(name)]);
  return namedMembership(events, tubeBook(book, name));
}

/** What placing may know of a tube that stands in no sheet. */
export function placementTube(sampleId: string): PlacementTube {
  return { sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: sampleId };
}

/** Last part of a population's path -> who is in it. */
export function namedMembership(events: Events, book: Parameters<typeof countPopulations>[1]) {
  const { membership: columns } = countPopulations(events, book, { membership: true, pictures: false });
  return new Map(book.gates.map(({ population }, i) => [population.split('/').at(-1) ?? population, columns![i]!]));
}
