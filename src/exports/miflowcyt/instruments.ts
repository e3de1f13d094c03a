import type { Problem, Reading } from '../../problems/index.ts';
import type { ExportedRun, ExportTube } from '../exportedRun.ts';

/** Tubes that were measured alike: one instrument, one set of detectors and settings. */
export interface Instrument {
  readonly sampleIds: readonly string[];
  /** $CYT, $CYTSN; empty where absent. */
  readonly cytometer: string;
  readonly serial: string;
  readonly version: string;
  readonly detectors: readonly Detector[];
  /** Acquisition days as written, distinct. */
  readonly dates: readonly string[];
}

/** A parameter of a file as its keywords describe it; empty where absent. */
export interface Detector {
  readonly name: string;
  readonly stain: string;
  readonly voltage: string;
  readonly gain: string;
  readonly amplification: string;
  readonly filter: string;
  readonly wavelength: string;
  readonly range: string;
}

/** Reads the keywords of every tube; those with the same settings are one row. */
export function instrumentsOf(run: ExportedRun): { instruments: readonly Instrument[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const groups = new Map<string, Instrument>();
  for (const { sampleId, status } of run.tubes) {
    if (status === 'failed') continue;
    const read = run.withTube(
      sampleId,
      (tube): Reading<Instrument> => ({ value: described(sampleId, tube), problems: [] }),
    );
    problems.push(...(read.value === undefined ? read.problems : []));
    if (read.value === undefined) continue;
    const { sampleIds, dates, ...same } = read.value;
    const key = JSON.stringify(same);
    const before = groups.get(key);
    groups.set(key, {
      ...same,
      sampleIds: [...(before?.sampleIds ?? []), ...sampleIds],
      dates: [...new Set([...(before?.dates ?? []), ...dates])],
    });
  }
  return { instruments: [...groups.values()], problems };
}

function described(sampleId: string, { keywords, parameters, version }: ExportTube): Instrument {
  const word = (name: string): string => (keywords.get(name) ?? '').trim();
  const date = word('$DATE') || word('$BEGINDATETIME');
  return {
    sampleIds: [sampleId],
    cytometer: word('$CYT'),
    serial: word('$CYTSN'),
    version,
    detectors: parameters.map(({ index, name, stain }) => ({
      name,
      stain: stain ?? '',
      voltage: word(`$P${index}V`),
      gain: word(`$P${index}G`),
      amplification: word(`$P${index}E`),
      filter: word(`$P${index}F`),
      wavelength: word(`$P${index}L`),
      range: word(`$P${index}R`),
    })),
    dates: date === '' ? [] : [date],
  };
}
