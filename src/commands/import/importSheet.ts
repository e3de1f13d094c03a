import type { ForeignSample } from '../../foreign/index.ts';
import { type CsvColumn, writeCsv } from '../../tables/index.ts';
import type { SampleTemplate } from './sampleTemplate.ts';

interface Row {
  readonly sample: ForeignSample;
  readonly template: string;
  readonly id: string;
}

/** What a sheet may be made of: where a tube stood, never who it is of. */
const KEYWORDS = [
  ['tube_name', 'TUBE NAME'],
  ['well', 'WELL ID'],
  ['date', '$DATE'],
] as const;

/** A draft of the sample sheet: files, the template of each, groups; subject and visit are for the person to fill in. */
export function importSheet(templates: readonly SampleTemplate[]): string {
  const rows = templates.flatMap(({ name, samples }) =>
    samples.map((sample): Row => ({ sample, template: name, id: '' })),
  );
  const taken = new Set<string>();
  const named = rows.map((row) => ({ ...row, id: uniqueId(row.sample, taken) }));
  const told = KEYWORDS.filter(([, key]) => rows.some(({ sample }) => (sample.keywords.get(key) ?? '') !== ''));
  const columns: readonly CsvColumn<Row>[] = [
    { name: 'sample_id', kind: 'text', of: ({ id }) => id },
    { name: 'file', kind: 'text', of: ({ sample }) => sample.fileNames[0] ?? '' },
    { name: 'subject', kind: 'text', of: () => '' },
    { name: 'visit', kind: 'text', of: () => '' },
    ...(templates.length > 1 ? [{ name: 'panel', kind: 'text' as const, of: ({ template }: Row) => template }] : []),
    { name: 'groups', kind: 'text', of: ({ sample }) => sample.groups.join(';') },
    ...told.map(([name, key]) => ({
      name,
      kind: 'text' as const,
      of: ({ sample }: Row) => sample.keywords.get(key) ?? '',
    })),
  ];
  return writeCsv(columns, named);
}

/** The same file may stand in a workspace twice: ids tell the rows apart. */
function uniqueId(sample: ForeignSample, taken: Set<string>): string {
  const wanted = idOf(sample);
  let free = wanted;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${wanted}_${n}`;
  taken.add(free.toLowerCase());
  return free;
}

function idOf({ name }: ForeignSample): string {
  return name.replace(/\.fcs$/i, '').replace(/[/\\:*?"<>|]/g, '_');
}
