import { counted } from '../../problems/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { rowsOf } from '../typedTable.ts';
import type { Instrument } from './instruments.ts';
import { item, OPEN } from './markdown.ts';

/** Item 1: the experiment as a whole. */
export function overviewPart(run: ExportedRun, instruments: readonly Instrument[]): string {
  const { planned } = run;
  return [
    '## 1 Experiment overview',
    item('1.1', 'Purpose', planned?.title ? `${planned.title}; the hypothesis is ${OPEN}` : OPEN),
    item('1.2', 'Keywords', OPEN),
    item('1.3', 'Experiment variables', variables(run)),
    item('1.4', 'Organization', OPEN),
    item('1.5', 'Primary contact', OPEN),
    item('1.6', 'Dates', datesOf(run, instruments)),
    item('1.7', 'Conclusions', conclusions(run)),
    item('1.8', 'Quality control', quality(run)),
  ].join('\n\n');
}

function variables({ planned }: ExportedRun): string {
  if (planned === undefined) return OPEN;
  const visits = planned.visits.map(({ id, label, day }) => {
    const words = [label === id ? '' : label, day === null ? '' : `day ${day}`].filter((word) => word !== '');
    return words.length === 0 ? id : `${id} (${words.join(', ')})`;
  });
  const samples = planned.tubes.filter(({ role }) => role === 'sample');
  const subjects = new Set(samples.map(({ subject }) => subject));
  const arms = [...new Set(samples.map(({ arm }) => arm))].filter((arm) => arm !== '').sort();
  const groups = arms.length === 0 ? '' : `; groups ${arms.join(', ')}`;
  return `visits ${visits.join(', ')}; ${counted(subjects.size, 'patient')}, ${counted(samples.length, 'sample tube')}${groups}`;
}

function datesOf({ planned }: ExportedRun, instruments: readonly Instrument[]): string {
  const collected = (planned?.tubes ?? []).flatMap(({ date }) => date ?? []).sort();
  const measured = instruments.flatMap(({ dates }) => dates);
  const span = collected.length === 0 ? OPEN : `${collected[0]} to ${collected.at(-1)}`;
  const files =
    measured.length === 0
      ? 'the files do not say when they were measured'
      : `measured on ${counted(new Set(measured).size, 'day')} by the files`;
  return `samples collected ${span}; ${files}`;
}

function conclusions(run: ExportedRun): string {
  if (!run.tableNames.includes('comparisons')) return OPEN;
  const sentences = rowsOf(run.table('comparisons'))
    .filter(({ analysis, planned }) => analysis === 'primary' && planned === true)
    .map(({ sentence }) => String(sentence ?? ''))
    .filter((sentence) => sentence !== '');
  return sentences.length === 0 ? OPEN : sentences.join(' ');
}

function quality({ tubes, problems }: ExportedRun): string {
  const failed = tubes.filter(({ status }) => status === 'failed').length;
  const flagged = tubes.filter(({ flags }) => flags.length > 0).length;
  const found = problems.filter(({ severity }) => severity !== 'note').length;
  return (
    `${counted(tubes.length, 'tube')}, ${failed} failed, ${flagged} with flags; ${counted(found, 'error or warning', 'errors and warnings')} in ` +
    'run.json, among them shifts between visits, unstable time and light at the limit of a detector. Controls of the instrument: ' +
    OPEN
  );
}
