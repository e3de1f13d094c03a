import { statSync } from 'node:fs';
import { basename, isAbsolute, relative } from 'node:path';
import { PlanSchema } from '../analysis/index.ts';
import type { FcsReadingOptions } from '../fcs/index.ts';
import { placementRegistry } from '../placement/index.ts';
import { hasErrors, type Problem, problem, type Reading, visible, withoutFolder } from '../problems/index.ts';
import { identifyingNames, type LoadedTemplate, readTemplateFile, type Tube } from '../study/index.ts';
import { onDisk, twinProblem } from '../tables/index.ts';
import { conclude } from './conclude.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { panelsOf, recordInput } from './panels.ts';
import type { Results } from './results.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { brokenAssertions, denominatorNames, studyFrequencies } from './studyFrequencies.ts';
import { walk } from './walk.ts';
import type { WalkOptions } from './walkStep.ts';

export interface GateOptions extends PipelineOptions {
  /** Holds for every file. */
  readonly reading: FcsReadingOptions;
}

/** The seed of everything random, where no study names one. */
const seed = 1;

/** What is to be gated: a template with the files that it rests on, and tubes. */
export interface GateQuestion {
  readonly loaded: LoadedTemplate;
  readonly tubes: readonly Tube[];
}

/**
 * Tubes without a study: survey → place → count → frequencies. The files are placed together, as one pool.
 * @param files as typed; their order is the order of the tables
 */
export async function gate(templatePath: string, files: readonly string[], options: GateOptions): Promise<Outcome> {
  const started = new Date();
  const { value: question, problems: found } = gateQuestion(templatePath, files, options.reading);
  if (question === undefined) return refused(found);
  const out = outFolder(options.out, 'gate');
  const job = { command: 'gate', study: 'gate', tubeCount: question.tubes.length } as const;
  return inRunFolder(out, options, job, async (how) => {
    const results = await gateResults(question, how);
    return conclude({ ...results, problems: [...found, ...results.problems] }, out, { ...how, started });
  });
}

/** Reads the template and looks for the files; nothing is opened yet. */
export function gateQuestion(
  templatePath: string,
  files: readonly string[],
  reading: FcsReadingOptions,
): Reading<GateQuestion> {
  const read = readTemplateFile(templatePath, placementRegistry);
  const named = tubesOf(files, reading);
  const problems = [...read.problems, ...named.problems];
  if (read.value === undefined || hasErrors(problems)) return { value: undefined, problems };
  return { value: { loaded: read.value, tubes: named.tubes }, problems };
}

/** The walk over the tubes and the shares that follow; nothing is written. */
export async function gateResults({ loaded, tubes }: GateQuestion, how: WalkOptions): Promise<GateResults> {
  const { template, inputs } = loaded;
  const panels = panelsOf(new Map([['', template]]), inputs);
  const walked = await walk(panels, tubes, how);
  const { rules, level } = PlanSchema.parse({});
  const settings = { visits: [], denominators: {}, rules, level, absolute: undefined };
  const frequencies = studyFrequencies(walked, settings);
  return {
    command: 'gate',
    study: { name: 'gate', title: '', seed, visits: [], events: [] },
    gated: { walked, frequencies, denominators: denominatorNames(panels, {}), addedDenominators: {} },
    problems: [...walked.problems, ...brokenAssertions(frequencies, panels)],
    inputs: inputs.map(recordInput),
  };
}

type GateResults = Extract<Results, { command: 'gate' }>;

export function tubesOf(files: readonly string[], reading: FcsReadingOptions): { tubes: Tube[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const firstFile = new Map<string, string>();
  const tubes = files.map((typed, index) => {
    const { path, twin } = onDisk(typed);
    const displayPath = displayPathOf(path);
    if (twin !== undefined) problems.push(twinProblem(twin, { file: displayPath }));
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      problems.push(
        problem('error', 'input.not-found', `there is no file "${withoutFolder(typed)}"`, { file: displayPath }),
      );
    }
    const sampleId = sampleIdOf(path, displayPath, problems);
    const key = sampleId.toLowerCase();
    const earlier = firstFile.get(key);
    if (earlier === undefined) firstFile.set(key, displayPath);
    else {
      const message = `sample_id "${sampleId}" is also that of "${earlier}"`;
      problems.push(problem('error', 'cli.duplicate-sample', message, { file: displayPath }));
    }
    return { ...unknownTube, sampleId, path, displayPath, reading, sheetRow: index + 1 };
  });
  const named = tubes.map(({ displayPath: file, sampleId }) => ({ file, sampleId, subject: null, known: [] }));
  const hint = 'rename them, or write a study with names: hidden: its outputs print ids alone';
  const person = identifyingNames(named, {}, hint);
  return { tubes, problems: person === undefined ? problems : [...problems, person] };
}

/** What a file alone does not say. */
const unknownTube = {
  subject: null,
  visit: null,
  visitIndex: null,
  panel: '',
  role: 'sample',
  controlOf: [],
  batch: '',
  arm: '',
  date: null,
  specimen: '',
  excluded: false,
  excludeReason: '',
  covariates: {},
  absolute: {},
} as const satisfies Partial<Tube>;

/** Relative to the working directory; a file outside it by its base name. */
function displayPathOf(path: string): string {
  const inside = relative(process.cwd(), path);
  const isOutside = inside.startsWith('..') || isAbsolute(inside);
  return (isOutside ? basename(path) : inside.replaceAll('\\', '/')).normalize('NFC');
}

/** The file name without `.fcs`; what a sample_id cannot hold becomes `_`. */
function sampleIdOf(path: string, displayPath: string, problems: Problem[]): string {
  const name = basename(path)
    .replace(/\.fcs$/i, '')
    .normalize('NFC');
  const cleaned = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    .replace(/[\u0000-\u001f\u007f-\u009f/\\:*?"<>|]/g, '_')
    .replace(/./gsu, (character) => (visible(character) === character ? character : '_'))
    .replace(/^[=+\-@ .]+|[ .]+$/g, (found) => '_'.repeat(found.length))
    .slice(0, 100);
  const sampleId = cleaned === '' ? '_' : cleaned;
  if (sampleId !== name) {
    const message = `the file is called "${sampleId}" in the tables`;
    problems.push(problem('note', 'cli.renamed-sample', message, { file: displayPath, sampleId }));
  }
  return sampleId;
}
