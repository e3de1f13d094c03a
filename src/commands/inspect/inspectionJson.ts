import { recordedProblem } from '../../batch/index.ts';
import type { Spillover } from '../../compensation/index.ts';
import { identifyingKeywords } from './identifiers.ts';
import { cytometerOf, fileVerdict, type Shown } from './inspection.ts';
import type { InspectedTube } from './inspectTube.ts';

/** One file as `--json` gives it. */
export function inspectionJson(tube: InspectedTube, { showIdentifiers }: Shown): object {
  const { displayPath, file, spillover, problems, compensation, values, events } = tube;
  const names = file === undefined ? [] : identifyingKeywords(file.keywords);
  return {
    file: displayPath,
    readable: file !== undefined,
    version: file?.version ?? null,
    cytometer: file === undefined ? null : cytometerOf(file),
    date: showIdentifiers ? (file?.keywords.get('$DATE') ?? null) : null,
    events: file?.eventCount ?? null,
    partial: file?.partial ?? null,
    data_set: file?.dataSet ?? null,
    data_sets: file?.dataSetCount ?? null,
    verdict: {
      file: file === undefined ? 'cannot be read as FCS' : fileVerdict(problems),
      errors: countOf(tube, 'error'),
      warnings: countOf(tube, 'warning'),
      notes: countOf(tube, 'note'),
      compensation: compensation?.state ?? null,
      compensation_reason: compensation?.says ?? null,
      values: values?.verdict ?? null,
      values_scale: values === undefined || values.scale === '' ? null : values.scale,
      values_keys: values?.keys ?? [],
      values_channels: values?.channels ?? [],
    },
    channels: (file?.parameters ?? []).map((one, i) => {
      const { index, name, stain, range, voltage, gain, dataType, bits } = one;
      const seen = events?.ranges[i];
      const values = { lowest: seen?.min ?? null, highest: seen?.max ?? null };
      const settings = { range: range ?? null, voltage: voltage ?? null, gain: gain ?? null };
      return { index, channel: name, marker: stain ?? null, ...settings, type: dataType, bits, ...values };
    }),
    spillover: spillover ? spilloverJson(spillover) : null,
    identifiers: showIdentifiers
      ? Object.fromEntries(names.map((name) => [name, file?.keywords.get(name) ?? '']))
      : null,
    hidden_keywords: showIdentifiers ? 0 : names.length,
    problems: problems.map(recordedProblem),
  };
}

function countOf({ problems }: InspectedTube, severity: string): number {
  return problems.filter((one) => one.severity === severity).length;
}

/** Row = fluorochrome, column = detector, as fractions. */
function spilloverJson({ source, channels, matrix, conditionNumber }: Spillover): object {
  const rows = channels.map((_, i) => [...matrix.subarray(i * channels.length, (i + 1) * channels.length)]);
  return { source, channels, condition_number: conditionNumber, matrix: rows };
}
