import type { Problem } from '../problems/index.ts';
import type { Tube } from './study.ts';
import { manyAsOne, type StudyDraft, unknownName } from './studyFile.ts';

/** What study.yaml says of reading one tube. */
type ReadingWishes = Pick<Tube, 'reading' | 'values'>;

/** By sample_id, of the tubes that study.yaml says something of. */
export function readingWishes(
  { reading }: StudyDraft,
  sampleIds: ReadonlySet<string>,
  problems: Problem[],
): ReadonlyMap<string, ReadingWishes> {
  const isUnknown = (sampleId: string) => sampleIds.size > 0 && !sampleIds.has(sampleId.normalize('NFC'));
  if (reading !== undefined) {
    const names = Object.keys(reading.value).filter(isUnknown);
    const sayUnknown = (name: string) => {
      return unknownName('sample_id', name, [...sampleIds], reading.source.at([...reading.path, name], 'key'));
    };
    problems.push(...manyAsOne('sample_ids', names, sayUnknown));
  }
  const entries = Object.entries(reading?.value ?? {}).map(([sampleId, options]): [string, ReadingWishes] => {
    const id = sampleId.normalize('NFC');
    return [id, { reading: readingOf(options), values: options.values }];
  });
  return new Map(entries);
}

/** Without the keys that were not written, so that a default stays the reader's own. */
function readingOf(written: NonNullable<StudyDraft['reading']>['value'][string]): Tube['reading'] {
  const { offsets, data_set: dataSet, accept_truncated: acceptTruncated, accept_trailing: acceptTrailing } = written;
  const { bit_order: bitOrder } = written;
  return {
    ...(offsets === undefined ? {} : { offsets }),
    ...(dataSet === undefined ? {} : { dataSet }),
    ...(acceptTruncated === undefined ? {} : { acceptTruncated }),
    ...(acceptTrailing === undefined ? {} : { acceptTrailing }),
    ...(bitOrder === undefined ? {} : { bitOrder }),
  };
}
