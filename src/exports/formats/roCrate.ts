import { jsonText } from '../../tables/index.ts';
import type { ExportedRun, ExportInput, ExportOutput } from '../exportedRun.ts';
import type { ExportFormat } from '../exportFormat.ts';

/** The two vocabularies that the entities below are written in: RO-Crate 1.1, and that of recorded runs. */
const context = ['https://w3id.org/ro/crate/1.1/context', 'https://w3id.org/ro/terms/workflow-run/context'];
const crateProfile = { '@id': 'https://w3id.org/ro/crate/1.1' };
const runProfile = { '@id': 'https://w3id.org/ro/wfrun/process/0.5' };

export const roCrate: ExportFormat = {
  name: 'ro-crate',
  summary: 'the folder of the run as a research object: what went in, what computed, what came out, with hashes',
  isDraft: false,
  needs: 'tables',
  async *pieces(run) {
    const bytes = new TextEncoder().encode(jsonText({ '@context': context, '@graph': graphOf(run) }));
    // The standard looks for it at the root of the folder that it describes.
    yield { kind: 'file', path: 'ro-crate-metadata.json', place: 'root', bytes };
  },
};

function graphOf(run: ExportedRun): readonly object[] {
  const inputs = inputEntities(run.inputs);
  const outputs = run.outputs.map(outputEntity);
  const program = `#cytopair-${run.version}`;
  const action = {
    '@id': '#run',
    '@type': 'CreateAction',
    name: `cytopair ${run.command}`,
    startTime: run.started,
    endTime: run.finished,
    instrument: { '@id': program },
    object: inputs.map(refer),
    result: outputs.map(refer),
    actionStatus: 'http://schema.org/CompletedActionStatus',
  };
  return [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: crateProfile,
      about: { '@id': './' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      conformsTo: runProfile,
      name: `${run.study}: flow cytometry by cytopair`,
      description: run.methods === '' ? `Results of cytopair ${run.command}.` : run.methods.trim(),
      datePublished: run.finished,
      license: 'to be completed: the terms under which these results may be used',
      hasPart: [...outputs, ...inputs].map(refer),
      mentions: { '@id': '#run' },
    },
    { '@id': runProfile['@id'], '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
    {
      '@id': program,
      '@type': 'SoftwareApplication',
      name: 'cytopair',
      softwareVersion: run.version,
      description: `Node ${run.environment.node}, ${run.environment.platform}`,
    },
    action,
    ...inputs,
    ...outputs,
  ];
}

function refer({ '@id': id }: { readonly '@id': string }) {
  return { '@id': id };
}

/** By their hashes, since they lie outside the folder; the same file under two names is one. */
function inputEntities(inputs: readonly ExportInput[]) {
  const bySha = new Map<string, ExportInput[]>();
  for (const input of inputs) {
    if (input.sha256 !== null) bySha.set(input.sha256, [...(bySha.get(input.sha256) ?? []), input]);
  }
  return [...bySha].map(([sha256, own]) => {
    const names = [...new Set(own.map(({ path }) => path))];
    const bytes = own[0]?.bytes ?? null;
    return {
      '@id': `ni:///sha-256;${Buffer.from(sha256, 'hex').toString('base64url')}`,
      '@type': 'File',
      name: names.length === 1 ? names[0] : names,
      description: `${own[0]?.role ?? ''}, read and not kept in this folder`,
      sha256,
      ...(bytes === null ? {} : { contentSize: String(bytes) }),
    };
  });
}

const formatWords: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  md: 'text/markdown',
};

function outputEntity({ path, sha256, bytes }: ExportOutput) {
  const encodingFormat = formatWords[path.split('.').at(-1) ?? ''];
  return {
    // An id is a URI reference: "+" and blanks of population names are escaped, "/" is not.
    '@id': path.split('/').map(encodeURIComponent).join('/'),
    '@type': 'File',
    name: path,
    sha256,
    contentSize: String(bytes),
    ...(encodingFormat === undefined ? {} : { encodingFormat }),
  };
}
