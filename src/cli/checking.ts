import { recordedProblem } from '../batch/index.ts';
import { placementRegistry } from '../placement/index.ts';
import { counted, hasErrors, inStudyWords, type Problem, problem } from '../problems/index.ts';
import { checkSheet, readFileOrSay, readStudy, readTemplateFile, type Study, type Tube } from '../study/index.ts';
import { decodeText, readYaml, type YamlArea } from '../tables/index.ts';
import { resolveMarkers } from '../template/index.ts';
import { shownPath } from './files.ts';
import { alignedTable } from './terminal.ts';
import { tubeText } from './tubeText.ts';

/** Which channel of a tube holds which marker. */
export interface TubeChannels {
  readonly sampleId: string;
  readonly panel: string;
  /** Marker -> $PnN; null where the file cannot be read, or where the author must decide. */
  readonly channels: ReadonlyMap<string, string> | null;
}

export interface Checked {
  readonly file: string;
  readonly kind: 'study' | 'template' | 'sheet' | 'unknown';
  readonly problems: readonly Problem[];
  /** Of a study: every tube, in sheet order. */
  readonly tubes: readonly TubeChannels[];
  /** 2: a mistake in what was written; 3: some tubes cannot be used; 0: nothing stands in the way. */
  readonly exit: 0 | 2 | 3;
}

/** One file, checked as what it is: a sheet ends in .csv, a study has the key `study`, a template the key `template`. */
export function checkFile(path: string): Checked {
  const file = shownPath(path);
  if (/\.csv$/i.test(path)) return written(file, 'sheet', checkSheet(path).problems);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return written(file, 'unknown', problems);
  const { text } = decodeText(bytes);
  const area = areaOf(text);
  const yaml = readYaml(text, file, area);
  if (yaml.value === undefined) return written(file, area === 'input' ? 'unknown' : area, yaml.problems);
  const keys = new Set(isObject(yaml.value.value) ? Object.keys(yaml.value.value) : []);
  if (keys.has('study') || keys.has('visits')) return checkStudy(path, file);
  if (keys.has('template') || keys.has('populations')) {
    return written(file, 'template', readTemplateFile(path, placementRegistry).problems);
  }
  const message = 'neither a study nor a template';
  return written(file, 'unknown', [problem('error', 'cli.unknown-file', message, { file })]);
}

/** What a text is by its first key of ours, so that a fault of its YAML has the code that `run` would give it. */
function areaOf(text: string): YamlArea {
  const [, key] = /^["']?(study|visits|template|populations)["']?\s*:/m.exec(text) ?? [];
  if (key === undefined) return 'input';
  return key === 'study' || key === 'visits' ? 'study' : 'template';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function written(file: string, kind: Checked['kind'], problems: readonly Problem[]): Checked {
  return { file, kind, problems, tubes: [], exit: hasErrors(problems) ? 2 : 0 };
}

function checkStudy(path: string, file: string): Checked {
  const read = readStudy(path, placementRegistry);
  if (read.value === undefined || hasErrors(read.problems)) return written(file, 'study', read.problems);
  const study = read.value;
  const found = study.tubes.map((tube) => channelsOf(tube, study));
  const tubeProblems = found.flatMap((one) => one.problems);
  const tubes = found.map((one) => one.tube);
  const problems = [...read.problems, ...tubeProblems];
  return { file, kind: 'study', problems, tubes, exit: hasErrors(tubeProblems) ? 3 : 0 };
}

function channelsOf(tube: Tube, study: Study): { tube: TubeChannels; problems: readonly Problem[] } {
  const { sampleId, panel, displayPath, path, reading } = tube;
  const template = study.templates.get(panel);
  if (template === undefined) throw new Error(`tube ${sampleId} is of no panel of this study`);
  const text = tubeText(path, displayPath, reading);
  const own = text.problems.map((found) => inStudyWords({ ...found, where: { ...found.where, sampleId } }));
  if (text.file === undefined) return { tube: { sampleId, panel, channels: null }, problems: own };
  const parameters = text.file.parameters.map(({ index, name, stain }) => ({ index, name, stain: stain ?? '' }));
  const resolved = resolveMarkers(template, parameters, { file: displayPath, sampleId });
  const channels = resolved.value?.channels ?? null;
  return { tube: { sampleId, panel, channels }, problems: [...own, ...resolved.problems] };
}

/** Tube × marker → channel for reading; a dash where a tube has no such channel. */
export function checkText({ file, kind, problems, tubes }: Checked): string {
  const errors = problems.filter((found) => found.severity === 'error').length;
  const verdict = errors === 0 ? 'nothing stands in the way' : counted(errors, 'error');
  const panels = [...new Set(tubes.map((tube) => tube.panel))];
  const tables = panels.map((panel) => channelTable(tubes.filter((tube) => tube.panel === panel)));
  return [`${file} (${kind}): ${verdict}\n`, ...tables].join('\n');
}

function channelTable(tubes: readonly TubeChannels[]): string {
  const markers = [...new Set(tubes.flatMap((tube) => [...(tube.channels?.keys() ?? [])]))];
  const rows = tubes.map(({ sampleId, channels }) => {
    return [sampleId, ...markers.map((marker) => (channels === null ? '?' : (channels.get(marker) ?? '-')))];
  });
  return alignedTable([['tube', ...markers], ...rows]);
}

export function checkJson(checked: readonly Checked[]): string {
  const files = checked.map(({ file, kind, problems, tubes }) => ({
    file,
    kind,
    problems: problems.map(recordedProblem),
    tubes: tubes.map(({ sampleId, panel, channels }) => {
      return { sample_id: sampleId, panel, channels: channels === null ? null : Object.fromEntries(channels) };
    }),
  }));
  return `${JSON.stringify(files, null, 2)}\n`;
}
