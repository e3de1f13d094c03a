import { recordedProblem } from '../../batch/index.ts';
import { compareTubes, findingRows, type Likeness, likenessRules, likeTubesLine } from '../../likeness/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { counted, hasErrors, inStudyWords, type Problem, problem } from '../../problems/index.ts';
import {
  checkSheet,
  lostPairs,
  readFileOrSay,
  readStudy,
  readTemplateFile,
  type Study,
  type Tube,
} from '../../study/index.ts';
import {
  alignedTable,
  decodeText,
  isWorkbook,
  notText,
  readYaml,
  shownPath,
  type YamlArea,
} from '../../tables/index.ts';
import type { Template } from '../../template/index.ts';
import { lookAtTube } from '../../tube/index.ts';

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
  /** Of a study: in what its tubes are unlike. */
  readonly likeness?: Likeness;
  /** 2: a mistake in what was written; 3: some tubes cannot be used; 0: nothing stands in the way. */
  readonly exit: 0 | 2 | 3;
}

/** One file, checked as what it is: a sheet ends in .csv or is a workbook, a study has the key `study`, a template the key `template`. */
export function checkFile(path: string): Checked {
  const file = shownPath(path);
  if (/\.csv$/i.test(path)) return asChecked(file, 'sheet', checkSheet(path).problems);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return asChecked(file, 'unknown', problems);
  if (isWorkbook(bytes)) return asChecked(file, 'sheet', checkSheet(path).problems);
  const foreign = notText(bytes, file, 'input', 'YAML');
  if (foreign !== undefined) return asChecked(file, 'unknown', [foreign]);
  const { text } = decodeText(bytes);
  // A study and a template are read where they are used: once is enough.
  const area = areaOf(text);
  if (area === 'study') return checkStudy(path, file);
  if (area === 'template') return checkTemplate(path, file);
  const yaml = readYaml(text, file, area);
  if (yaml.value === undefined) return asChecked(file, 'unknown', yaml.problems);
  const keys = new Set(isObject(yaml.value.value) ? Object.keys(yaml.value.value) : []);
  if (keys.has('study') || keys.has('visits')) return checkStudy(path, file);
  if (keys.has('template') || keys.has('populations')) return checkTemplate(path, file);
  const message = 'neither a study nor a template';
  return asChecked(file, 'unknown', [problem('error', 'cli.unknown-file', message, { file })]);
}

/** What a text is by a key of ours that begins a line; a study has a key `template` as well. */
function areaOf(text: string): YamlArea {
  if (/^["']?(?:study|visits)["']?\s*:/m.test(text)) return 'study';
  return /^["']?(?:template|populations)["']?\s*:/m.test(text) ? 'template' : 'input';
}

function checkTemplate(path: string, file: string): Checked {
  return asChecked(file, 'template', readTemplateFile(path, placementRegistry).problems);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function asChecked(file: string, kind: Checked['kind'], problems: readonly Problem[]): Checked {
  return { file, kind, problems, tubes: [], exit: hasErrors(problems) ? 2 : 0 };
}

function checkStudy(path: string, file: string): Checked {
  const read = readStudy(path, placementRegistry);
  if (read.value === undefined || hasErrors(read.problems)) return asChecked(file, 'study', read.problems);
  const study = read.value;
  const seen = study.tubes.map((tube) => ({ tube, look: lookAtTube(tube, templateOf(tube, study)) }));
  const likeness = compareTubes(
    seen.flatMap(({ tube, look }) => (look.value ? [{ ...tube, look: look.value }] : [])),
    likenessRules(study.allowSameFile ? 'noted' : 'refused', study.templates),
  );
  const tubes = seen.map(({ tube: { sampleId, panel }, look }) => {
    return { sampleId, panel, channels: look.value === undefined ? null : new Map(Object.entries(look.value.markers)) };
  });
  const tubeProblems = [...seen.flatMap(({ look }) => look.problems.map(inStudyWords)), ...likeness.problems];
  const failed = study.tubes.map((tube) => tube.sampleId).filter((id) => !likeness.decisions.has(id));
  const lost = lostPairs(study, new Set(failed), tubeProblems);
  const problems = [...read.problems, ...tubeProblems, ...lost];
  return { file, kind: 'study', problems, tubes, likeness, exit: hasErrors(tubeProblems) ? 3 : 0 };
}

function templateOf({ sampleId, panel }: Tube, study: Study): Template {
  const template = study.templates.get(panel);
  if (template === undefined) throw new Error(`tube ${sampleId} is of no panel of this study`);
  return template;
}

/** Layout × marker → channel for reading; a dash where a tube has no such channel. The verdict comes last. */
export function checkText({ file, kind, problems, tubes, likeness }: Checked): string {
  const errors = problems.filter((found) => found.severity === 'error').length;
  const verdict = errors === 0 ? 'nothing stands in the way' : counted(errors, 'error');
  const panels = [...new Set(tubes.map((tube) => tube.panel))];
  const tables = panels.map((panel) => channelTable(tubes.filter((tube) => tube.panel === panel)));
  const alike = likeness === undefined ? [] : [likenessText(likeness)];
  return [...tables, ...alike, `${file} (${kind}): ${verdict}\n`].join('\n');
}

/** One row for all tubes with the same layout: a study of 300 is read at a glance. */
function channelTable(tubes: readonly TubeChannels[]): string {
  const markers = [...new Set(tubes.flatMap((tube) => [...(tube.channels?.keys() ?? [])]))];
  const layouts = new Map<string, { cells: readonly string[]; ids: string[] }>();
  for (const { sampleId, channels } of tubes) {
    const cells = markers.map((marker) => (channels === null ? '?' : (channels.get(marker) ?? '-')));
    const layout = layouts.get(JSON.stringify(cells)) ?? { cells, ids: [] };
    layout.ids.push(sampleId);
    layouts.set(JSON.stringify(cells), layout);
  }
  const rows = [...layouts.values()].map(({ cells, ids }) => [tubesText(ids), ...cells]);
  return alignedTable([['tube', ...markers], ...rows]);
}

const mostNames = 2;

function tubesText(ids: readonly string[]): string {
  if (ids.length <= mostNames) return ids.join(', ');
  return `${ids.length} tubes, ${ids[0]} to ${ids.at(-1)}`;
}

/** How many tubes are like the others, and what is unlike in the rest. */
function likenessText(likeness: Likeness): string {
  const rows = findingRows(likeness).map(({ tubes, comparison, severity, words }) => {
    return [tubes, comparison, severity, words];
  });
  const table =
    rows.length === 0 ? '' : `\n${alignedTable([['tubes', 'compared', 'severity', 'what is unlike'], ...rows])}`;
  return `${likeTubesLine(likeness)}\n${table}`;
}

export function checkJson(checked: readonly Checked[]): string {
  const files = checked.map(({ file, kind, problems, tubes, likeness }) => ({
    file,
    kind,
    problems: problems.map(recordedProblem),
    tubes: tubes.map(({ sampleId, panel, channels }) => {
      return { sample_id: sampleId, panel, channels: channels === null ? null : Object.fromEntries(channels) };
    }),
    unlike: (likeness?.findings ?? []).map(
      ({ sampleIds, comparison, words, isRefused, problem: { severity, code } }) => {
        return { sample_ids: sampleIds, comparison, severity, code, words, refused: isRefused };
      },
    ),
  }));
  return `${JSON.stringify(files, null, 2)}\n`;
}
