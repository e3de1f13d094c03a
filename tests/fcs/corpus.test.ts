import { describe, expect, test } from 'vitest';
import {
  type FcsParameter,
  type FcsReadingOptions,
  openFile,
  readColumns,
  readFcs,
  writeEvents,
} from '../../src/fcs/index.ts';
import { bytesSource } from '../../src/fcs/tools.ts';
import type { Problem } from '../../src/problems/index.ts';
import { readNpy } from '../npy.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { corpusPaths, expectedHashes, hashRows } from './corpusFiles.ts';

/** Files that are refused, and the reason. */
const refused: Readonly<Record<string, string>> = {
  'parser/corrupted.fcs': 'fcs.not-fcs',
  'parser/cytek_nl2000_header_only.fcs': 'fcs.data-truncated',
  // HEADER and TEXT give two places of the right length; only the values (an event counter) tell which is right.
  'parser/cyan.fcs': 'fcs.data-offsets-ambiguous',
};

const packed = ['B02- Sample 01', 'B07- Sample 01', 'C02- Sample 02'].map(
  (name) => `workspaces/bitpacked/931115-${name}.fcs`,
);
/** Files whose values no other reader gives: those that it can read are tried by counts of populations elsewhere. */
const withoutValues = [...packed, 'workspaces/micro/118795.fcs', 'bcell/bcell_pbmc_nhlbi_half.fcs'];

const calibur = ['001', '002', '003', '004', '005'].map((end) => `compensation/060909.${end}`);
const fcs2Log = [
  ...calibur,
  'gatingml/v2/data1.fcs',
  'parser/3fitc_4pe.fcs',
  'parser/facscalibur_hts.fcs',
  'parser/flowcal_001.fcs',
  'parser/gml_real_8par.fcs',
];

/** Every code and the files that raise it (the first data set where there are several); all others are silent. */
const oddities: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(refused).map(([path, code]) => [code, [path]])),
  'fcs.several-data-sets': [],
  'fcs.final-delimiter-missing': ['parser/cytek_nl2000.fcs', 'parser/cytek_nl2000_header_only.fcs'],
  'fcs.text-trailing-bytes': [
    'compensation/060909.001',
    'parser/coulter.lmd',
    'parser/cyflow_cube8.fcs',
    'parser/fc500.lmd',
    'parser/g11.fcs',
    'parser/gml_int_10000.fcs',
    'parser/lsr2_comp_example.fcs',
    'parser/macsquant_duplicate_names.fcs',
    'parser/macsquant_fcs3.1.fcs',
  ],
  'fcs.text-not-utf8': fcs2Log,
  'fcs.keyword-value-empty': ['gatingml/v2/data1.fcs', 'parser/gml_real_8par.fcs', 'parser/partec_pas.fcs'],
  'fcs.keyword-whitespace': ['parser/partec_cyflow_v2.9.fcs', ...packed],
  'fcs.keyword-duplicate-conflict': packed,
  'fcs.text-end-wrong': packed,
  'fcs.bits-packed': packed,
  'fcs.bit-order': packed,
  'fcs.keyword-duplicate': ['parser/macsquant_duplicate_names.fcs', 'workspaces/diva/124500.fcs'],
  'fcs.stext-repeats-text': ['parser/b01_kc.fcs'],
  'fcs.stext-unreadable': ['parser/cyflow_cube8.fcs'],
  'fcs.header-offset-blank': ['parser/fake_large_offsets.fcs'],
  'fcs.data-offsets-disagree': ['parser/data_start_offset.fcs'],
  'fcs.data-end-wrong': ['parser/data_stop_offset.fcs', 'workspaces/micro/118795.fcs'],
  // As published: whoever made these three files took them for text, and every byte above 127 became EF BF BD.
  'fcs.data-changed-as-text': [
    'parser/data_start_offset.fcs',
    'parser/data_stop_offset.fcs',
    'parser/variable_int.fcs',
  ],
  'fcs.data-end-off-by-one': [
    'parser/coulter.lmd',
    'parser/fc500.lmd',
    'parser/lsr2_comp_example.fcs',
    'parser/macsquant_duplicate_names.fcs',
    'parser/macsquant_fcs3.1.fcs',
    'parser/partec_cyflow_v2.9.fcs',
    'parser/partec_pas.fcs',
  ],
  'fcs.pnb-disagrees': ['parser/fc500.lmd'],
  'fcs.pnr-invalid': ['parser/macsquant_fcs3.1.fcs'],
  'fcs.pnr-not-power-of-two': [
    'parser/cyflow_cube8.fcs',
    'parser/cytek_xp5.fcs',
    'parser/data_start_offset.fcs',
    'parser/data_stop_offset.fcs',
    'parser/gml_int_10000.fcs',
    'parser/gml_int_2d.fcs',
    'parser/gml_int_4d.fcs',
    'parser/stratedigm_s1400.fcs',
    'parser/variable_int.fcs',
  ],
  'fcs.pne-zero-offset': [...fcs2Log, 'parser/flowcal_002.fcs'],
  'fcs.pne-log-on-float': ['parser/facscanto_itn02.fcs'],
  'fcs.gain-vendor': ['parser/flowcal_003.fcs'],
  'fcs.range-exceeded': [
    'parser/facscanto_itn02.fcs',
    'parser/macsquant_duplicate_names.fcs',
    'parser/macsquant_fcs2.0.fcs',
    'parser/macsquant_fcs3.1.fcs',
    'parser/no_cyt_ecoli.fcs',
  ],
  'fcs.time-not-monotone': ['bcell/bcell_pbmc_biir.fcs', 'parser/no_cyt_ecoli.fcs'],
  'fcs.bytes-after-data': [
    'parser/bitmask_cleaned.lmd',
    'parser/cytek_xp5.fcs',
    'parser/data_start_offset.fcs',
    'parser/data_stop_offset.fcs',
    'parser/fake_large_offsets.fcs',
    'parser/lsr2_comp_example.fcs',
    'parser/system2_d10_d15.lmd',
    ...packed,
  ],
};
// Notes on how a panel was set up, not on how the file was written.
const unlisted = new Set(['fcs.stain-absent', 'fcs.timestep-missing']);

interface Outcome {
  readonly key: string;
  readonly hash: string | undefined;
  readonly codes: readonly string[];
}

function readAll(path: string, options: FcsReadingOptions): Outcome {
  const source = openFile(truthPath(path));
  try {
    const { value: file, problems } = readFcs(source, options);
    const codesOf = (list: readonly Problem[]): string[] => list.map((problem) => problem.code);
    if (file === undefined) return { key: path, hash: undefined, codes: codesOf(problems) };
    const indices = file.parameters.map((parameter) => parameter.index);
    const read = readColumns(source, file, indices, { amplification: 'stored' });
    const codes = [...codesOf(problems), ...codesOf(read.problems)];
    return { key: `${path}#${file.dataSet}`, hash: hashRows(read.columns), codes };
  } finally {
    source.close();
  }
}

describe.skipIf(!hasTruth)('files of thirty instruments', () => {
  const paths = hasTruth ? corpusPaths() : [];
  const expected = hasTruth ? expectedHashes() : new Map<string, string>();
  const outcomes = new Map(paths.map((path) => [path, readAll(path, { dataSet: 1 })] as const));

  test('each is read with the values that independent readers give, or refused for the reason listed', () => {
    let compared = 0;
    for (const [path, { key, hash, codes }] of outcomes) {
      if (refused[path] !== undefined) {
        expect([path, hash]).toEqual([path, undefined]);
        expect(codes).toContain(refused[path]);
        continue;
      }
      if (withoutValues.includes(path)) continue;
      expect([path, hash]).toEqual([path, expected.get(key)]);
      compared++;
    }
    console.log(`${compared} of ${paths.length} files compared value by value`);
    expect(compared).toBeGreaterThanOrEqual(70);
  });

  test('each oddity raises its code, and nothing else is said', () => {
    const found: Record<string, string[]> = {};
    for (const [path, { codes }] of outcomes) {
      for (const code of new Set(codes)) {
        if (!unlisted.has(code)) found[code] = [...(found[code] ?? []), path];
      }
    }
    const sorted = (table: Readonly<Record<string, readonly string[]>>): unknown =>
      Object.entries(table)
        .filter(([, list]) => list.length > 0)
        .map(([code, list]) => [code, [...list].sort()] as const)
        .sort((a, b) => (a[0] < b[0] ? -1 : 1));
    expect(sorted(found)).toEqual(sorted(oddities));
  });

  test('LMD files are read data set by data set; without a choice the full-resolution set is read, and said', () => {
    let compared = 0;
    for (const path of ['parser/coulter.lmd', 'parser/fc500.lmd', 'parser/gallios.lmd']) {
      for (const dataSet of [1, 2]) {
        const { key, hash } = readAll(path, { dataSet });
        expect([key, hash]).toEqual([`${path}#${dataSet}`, expected.get(`${path}#${dataSet}`)]);
        compared++;
      }
      const chosen = readAll(path, {});
      expect(chosen.key).toBe(`${path}#2`);
      expect(chosen.codes).toContain('fcs.several-data-sets');
    }
    expect(compared).toBe(6);
  });

  test('where HEADER and TEXT both fit, the offsets that a person trusts give the right values', () => {
    const { hash, codes } = readAll('parser/cyan.fcs', { offsets: 'header' });
    expect(hash).toBe(expected.get('parser/cyan.fcs#1'));
    expect(codes).toEqual(['fcs.data-offsets-disagree', ...codes.slice(1)]);
  });

  test('log channels of a FACSCalibur become the linear values that FlowIO publishes; gain stays with the reader', () => {
    const source = openFile(truthPath('gatingml', 'v2', 'data1.fcs'));
    const { value: file } = readFcs(source);
    if (file === undefined) throw new Error('data1.fcs is not read');
    const logarithmic = file.parameters.filter((parameter) => parameter.amplification.decades > 0);
    const indices = logarithmic.map((parameter) => parameter.index);
    const { columns } = readColumns(source, file, indices);
    source.close();
    const published = readNpy(truthPath('truth', 'parser_npy', 'gml_data1_scaled_f32.npy'));
    let compared = 0;
    for (const [c, index] of indices.entries()) {
      for (let i = 0; i < file.eventCount; i++) {
        const truth = published.values[i * file.parameters.length + index - 1] as number;
        // The published array is 32-bit and was computed in 32 bits: 6 digits are meant.
        if (Math.abs((columns[c]?.[i] as number) / truth - 1) > 2e-6) throw new Error(`event ${i}, parameter ${index}`);
        compared++;
      }
    }
    expect(compared).toBe(4 * 13_367);
  });

  test.each(['FCS3.1', 'FCS3.2'] as const)(
    'each that is read survives writing as %s, bit for bit',
    { timeout: 60_000 },
    (version) => {
      let compared = 0;
      for (const path of paths.filter((p) => refused[p] === undefined)) {
        const source = openFile(truthPath(path));
        const before = readFcs(source, { dataSet: 1 }).value;
        if (before === undefined) throw new Error(`${path} is not read`);
        const parts: Uint8Array[] = [];
        writeEvents({ source, file: before, events: 'all', version }, (bytes) => parts.push(bytes.slice()));
        const written = bytesSource('written.fcs', Buffer.concat(parts));
        const { value: after, problems } = readFcs(written);
        if (after === undefined) throw new Error(`${path} is not read back: ${JSON.stringify(problems)}`);
        // What was done to the events before is still to be seen in them.
        const said = problems.filter(
          ({ severity, code }) => severity !== 'note' && code !== 'fcs.data-changed-as-text',
        );
        expect([path, said]).toEqual([path, []]);
        expect(after.version).toBe(version);
        expect(after.parameters.map(describedAs)).toEqual(before.parameters.map(describedAs));
        expect(
          [...before.keywords].filter(([key, value]) => isFree(key) && (after.keywords.get(key) ?? '') !== value),
        ).toEqual([]);
        const indices = before.parameters.map((parameter) => parameter.index);
        const valuesOf = (from: typeof written, file: typeof before): string =>
          hashRows(readColumns(from, file, indices, { amplification: 'stored' }).columns);
        expect([path, valuesOf(written, after)]).toEqual([path, valuesOf(source, before)]);
        source.close();
        compared++;
      }
      expect(compared).toBeGreaterThanOrEqual(73);
    },
  );
});

/** What must come back of a parameter; its range only as far as it was a number. */
function describedAs({ name, stain, dataType, maskBits, range, amplification, gain, voltage }: FcsParameter): unknown {
  return [name, stain, dataType, maskBits, range, amplification, gain, voltage];
}

/** Keywords that say nothing about where and how events lie. */
function isFree(key: string): boolean {
  return (
    key !== '' && !/^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|ANALYSIS|STEXT)|P\d+[A-Z]+)$/.test(key)
  );
}
