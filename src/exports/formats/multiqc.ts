import { jsonText } from '../../tables/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, textPiece } from '../exportFormat.ts';
import { rowsOf } from '../typedTable.ts';

export const multiqc: ExportFormat = {
  name: 'multiqc',
  summary: 'a row a tube for MultiQC: events, status, flags, share of each population',
  isDraft: false,
  needs: 'tables',
  async *pieces(run) {
    yield textPiece('cytopair_tubes_mqc.json', jsonText(section(run, 'tubes', tubeColumns(), tubeData(run))));
    if (!run.tableNames.includes('frequencies')) return;
    const { columns, data } = shares(run);
    yield textPiece('cytopair_populations_mqc.json', jsonText(section(run, 'populations', columns, data)));
  },
};

type Columns = Readonly<Record<string, object>>;
type Data = Readonly<Record<string, Readonly<Record<string, string | number>>>>;

const words = {
  tubes: ['tubes', 'Status, events and flags of every tube; docs/flags.md of cytopair explains the flags.'],
  populations: [
    'populations',
    'Percent of the parent, per population and tube; what could not be evaluated is left out.',
  ],
} as const;

function section(run: ExportedRun, part: keyof typeof words, headers: Columns, data: Data): object {
  const [title, description] = words[part];
  return {
    id: `cytopair_${part}`,
    section_name: `cytopair: ${title}`,
    parent_id: 'cytopair',
    parent_name: 'cytopair',
    parent_description: `flow cytometry by cytopair ${run.version}`,
    description,
    plot_type: 'table',
    pconfig: { id: `cytopair_${part}_table`, title: `cytopair: ${title}`, namespace: 'cytopair' },
    headers,
    data,
  };
}

function tubeColumns(): Columns {
  return {
    status: { title: 'status', description: 'ok, failed or excluded' },
    events: { title: 'events', description: 'all events of the file', format: '{:,.0f}', min: 0 },
    warnings: {
      title: 'findings',
      description: 'errors and warnings about this tube in run.json',
      format: '{:,.0f}',
      min: 0,
    },
    flags: { title: 'flags', description: 'what to look at' },
  };
}

function tubeData({ tubes, problems }: ExportedRun): Data {
  const found = (sampleId: string) =>
    problems.filter((one) => one.sampleId === sampleId && one.severity !== 'note').length;
  return Object.fromEntries(
    tubes.map(({ sampleId, status, events, flags }) => [
      sampleId,
      { status, ...(events === null ? {} : { events }), warnings: found(sampleId), flags: flags.join(';') },
    ]),
  );
}

function shares(run: ExportedRun): { columns: Columns; data: Data } {
  const data: Record<string, Record<string, number>> = {};
  const columns: Record<string, object> = {};
  for (const { sample_id: id, population, parent, depth, pct_parent: percent } of rowsOf(run.table('frequencies'))) {
    if (depth === 0) continue;
    const path = String(population);
    columns[path] ??= {
      title: path.split('/').at(-1),
      description: `${path}, % of ${String(parent)}`,
      suffix: '%',
      min: 0,
      max: 100,
      format: '{:,.2f}',
    };
    data[String(id)] ??= {};
    if (typeof percent === 'number') data[String(id)] = { ...data[String(id)], [path]: percent };
  }
  return { columns, data };
}
