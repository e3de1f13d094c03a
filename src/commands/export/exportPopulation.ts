import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { type FcsReadingOptions, openFile, readFcs } from '../../fcs/index.ts';
import { tubeBook } from '../../gating/index.ts';
import { decideAlone } from '../../likeness/index.ts';
import { type Outcome, panelsOf, refused } from '../../pipeline/index.ts';
import { loadPlacing, placementRegistry } from '../../placement/index.ts';
import { didYouMean, hasErrors, type Problem, problem, withoutFolder } from '../../problems/index.ts';
import { readTemplateFile } from '../../study/index.ts';
import { makeFolder, onDisk } from '../../tables/index.ts';
import { resolveReference, type Template } from '../../template/index.ts';
import { lookAtTube, runTubeTask, type TubeFile, type TubeResult } from '../../tube/index.ts';
import { type ExportFormat, exportFormats, writeAs } from './exportFormats.ts';

export interface ExportOptions {
  /** A path, or `shipped:NAME`. */
  readonly template: string;
  /** Full path of a population, a suffix of whole names that only one has, or `root`. */
  readonly population: string;
  /** undefined: by the ending of `out`, else fcs. */
  readonly format: ExportFormat | undefined;
  /** undefined: named after the file and the population, in the working directory. */
  readonly out: string | undefined;
  readonly reading: FcsReadingOptions;
}

/**
 * The events of one population of one tube as a file of their own. The tube is gated as `gate` gates it alone: survey,
 * place, count. An existing file is never overwritten; the new one gets its name when it is whole.
 */
export async function exportPopulation(file: string, options: ExportOptions): Promise<Outcome> {
  const { path } = onDisk(file);
  const shown = basename(path).normalize('NFC');
  const loaded = readTemplateFile(options.template, placementRegistry);
  const found: Problem[] = [...loaded.problems];
  if (!existsSync(path)) {
    found.push(problem('error', 'input.not-found', `there is no file "${shown}"`, { file: shown }));
  }
  const population =
    loaded.value && populationOf(loaded.value.template, options.population, withoutFolder(options.template), found);
  const format = options.format ?? formatOf(options.out);
  const out = options.out ?? defaultName(shown, population ?? '', format);
  if (population !== undefined && statSync(out, { throwIfNoEntry: false }) !== undefined) {
    found.push(problem('error', 'output.exists', `"${basename(out)}" exists already`, { file: basename(out) }));
  }
  if (loaded.value === undefined || population === undefined || hasErrors(found)) return refused(found);
  const tube: TubeFile = { sampleId: shown, path, displayPath: shown, reading: options.reading };
  const { template, inputs } = loaded.value;
  const [panel] = panelsOf(new Map([['', template]]), inputs);
  const gated = await eventsOf(tube, template, panel?.templateSha256 ?? '', population);
  found.push(...gated.problems);
  if (gated.events === undefined) {
    return { exit: 3, problems: found, text: '', closing: `cytopair: nothing was written of "${shown}"` };
  }
  await writeFile(tube, gated.events, { format, out, amplification: template.amplification });
  const closing = `cytopair: ${gated.events.length} events of ${population} -> ${withoutFolder(out)}`;
  return { exit: 0, problems: found, text: `${out}\n`, closing };
}

function populationOf(template: Template, reference: string, shown: string, found: Problem[]): string | undefined {
  const resolved = resolveReference(reference, ['root', ...template.populations.map(({ path }) => path)]);
  switch (resolved.kind) {
    case 'one':
      return resolved.path;
    case 'many': {
      const message = `"${reference}" could be ${resolved.matches.join(' or ')}`;
      found.push(problem('error', 'cli.unknown-population', message, { file: shown }, 'write more of the path'));
      return undefined;
    }
    case 'none': {
      const message = `the template has no population "${reference}"`;
      const hint = didYouMean(resolved.nearest);
      found.push(problem('error', 'cli.unknown-population', message, { file: shown }, hint));
      return undefined;
    }
    default: {
      const unknown: never = resolved;
      throw new Error(`unknown answer ${JSON.stringify(unknown)}`);
    }
  }
}

function formatOf(out: string | undefined): ExportFormat {
  const ending = extname(out ?? '')
    .slice(1)
    .toLowerCase();
  return exportFormats.find((format) => format === ending) ?? 'fcs';
}

/** `P01_BL.CD24hiCD38hi.fcs`: population names hold nothing that a file name cannot. */
function defaultName(file: string, population: string, format: ExportFormat): string {
  return `${file.replace(/\.[^.]*$/, '')}.${population.split('/').at(-1)}.${format}`;
}

interface GatedEvents {
  /** undefined where the tube failed, or the gate could not be placed. */
  readonly events: Uint32Array | undefined;
  readonly problems: readonly Problem[];
}

async function eventsOf(
  tube: TubeFile,
  template: Template,
  templateSha256: string,
  population: string,
): Promise<GatedEvents> {
  const seen = lookAtTube(tube, template);
  if (seen.value === undefined) return { events: undefined, problems: seen.problems };
  const { decision, problems: doubts } = decideAlone(seen.value);
  const found = [...seen.problems, ...doubts];
  if (decision === undefined) return { events: undefined, problems: found };
  const surveyed = runTubeTask({ kind: 'survey', tube, template, decision });
  if (surveyed.status === 'failed' || surveyed.kind !== 'survey') return failTube(surveyed);
  const alone = { sampleId: tube.sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: '' };
  const placeStudy = await loadPlacing();
  const placed = placeStudy(template, templateSha256, [surveyed.survey], [alone]);
  const book = tubeBook(placed.book, tube.sampleId);
  const counted = runTubeTask({ kind: 'count', tube, template, decision, book, membership: true });
  if (counted.status === 'failed' || counted.kind !== 'count') return failTube(counted);
  const problems = [...found, ...surveyed.problems, ...placed.problems];
  const { counts } = counted;
  if (population === 'root') return { events: Uint32Array.from({ length: counts.eventCount }, (_, i) => i), problems };
  const position = counts.populations.findIndex((one) => one.population === population);
  const one = counts.populations[position];
  if (one === undefined || one.count === null) {
    const message = `the gate of "${population}", or one above it, could not be placed in this tube`;
    const where = { file: tube.displayPath };
    return {
      events: undefined,
      problems: [...problems, problem('error', 'cli.population-not-placed', message, where)],
    };
  }
  // The first population is root, which has no column.
  return { events: markedRows(counts.membership?.[position - 1], one.count), problems };
}

function failTube({ problems }: TubeResult): GatedEvents {
  return { events: undefined, problems };
}

function markedRows(marks: Uint8Array | undefined, count: number): Uint32Array {
  const events = new Uint32Array(count);
  let next = 0;
  for (let event = 0; event < (marks?.length ?? 0); event++) if (marks?.[event] === 1) events[next++] = event;
  return events;
}

interface Target {
  readonly format: ExportFormat;
  readonly out: string;
  readonly amplification: 'stored' | 'linear' | 'gating-ml';
}

async function writeFile(tube: TubeFile, events: Uint32Array, { format, out, amplification }: Target): Promise<void> {
  const source = openFile(tube.path, tube.displayPath);
  const path = resolve(`${out}.partial`);
  try {
    const file = readFcs(source, tube.reading).value;
    if (file === undefined) throw new Error(`${tube.displayPath} changed while it was read`);
    makeFolder(dirname(path));
    const descriptor = openSync(path, 'w');
    try {
      const write = (bytes: Uint8Array): void => {
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      };
      await writeAs(format, { source, file, events, amplification }, { path, write });
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(path, out);
  } finally {
    rmSync(path, { force: true });
    source.close();
  }
}
