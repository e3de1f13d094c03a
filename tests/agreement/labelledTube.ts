import type { Cohort } from '../../samples/cohort.ts';
import { channelRange, fluorescenceDetectors, markers, tubeParameters } from '../../samples/panel.ts';
import type { TubeEvents } from '../../samples/tube.ts';
import { writeFcs } from '../../src/fcs/tools.ts';

/** A tube as the bytes of an FCS file in which some markers are written otherwise. */
export function labelled(
  cohort: Cohort,
  { columns }: Pick<TubeEvents, 'columns'>,
  stains: Readonly<Record<string, string>> = {},
): Uint8Array {
  const written = (name: string) => {
    const marker = markers[fluorescenceDetectors.indexOf(name)];
    return marker === undefined ? '' : (stains[marker] ?? marker);
  };
  return writeFcs({
    parameters: tubeParameters.map(({ name }) => ({ name, stain: written(name), range: channelRange })),
    keywords: {
      $TIMESTEP: '0.01',
      $SPILLOVER: [markers.length, ...fluorescenceDetectors, ...cohort.writtenSpillover].join(','),
    },
    columns,
    eventCount: columns[0]?.length ?? 0,
  });
}
