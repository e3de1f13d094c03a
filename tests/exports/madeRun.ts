import type { ExportedRun } from '../../src/exports/index.ts';

/** A run of one tube without files: for what a form does with odd texts. */
export function madeRun(changes: Partial<ExportedRun> = {}): ExportedRun {
  const tube = { status: 'ok', events: 10, cytometer: '', flags: [], compensation: null } as const;
  return {
    command: 'gate',
    study: 'made',
    version: '0.0.0',
    started: '2026-01-31T09:15:00.000Z',
    finished: '2026-01-31T09:16:00.000Z',
    environment: { node: 'v20', platform: 'none' },
    planSha256: null,
    inputs: [],
    outputs: [],
    tubes: [{ ...tube, sampleId: 'a' }],
    problems: [],
    tableNames: [],
    table: (name) => {
      throw new Error(`no table ${name}`);
    },
    text: (path) => {
      throw new Error(`no file ${path}`);
    },
    books: [],
    methods: '',
    planned: undefined,
    withTube: () => ({ value: undefined, problems: [] }),
    ...changes,
  };
}
