import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, type ExportPiece, textPiece } from '../exportFormat.ts';
import { analysisPart } from '../miflowcyt/analysisPart.ts';
import { instrumentPart } from '../miflowcyt/instrumentPart.ts';
import { type Instrument, instrumentsOf } from '../miflowcyt/instruments.ts';
import { overviewPart } from '../miflowcyt/overviewPart.ts';
import { specimenPart } from '../miflowcyt/specimenPart.ts';

export const miflowcyt: ExportFormat = {
  name: 'miflowcyt',
  summary: 'the items of MIFlowCyt 1.0 that a reviewer asks for, filled from files and study; the rest named as open',
  isDraft: false,
  needs: 'study',
  async *pieces(run): AsyncIterable<ExportPiece> {
    const { instruments, problems } = instrumentsOf(run);
    for (const problem of problems) yield { kind: 'problem', problem };
    yield textPiece('miflowcyt.md', checklist(run, instruments));
  },
};

function checklist(run: ExportedRun, instruments: readonly Instrument[]): string {
  const title = run.planned?.title === '' ? run.study : (run.planned?.title ?? run.study);
  const parts = [
    overviewPart(run, instruments),
    specimenPart(run, instruments),
    instrumentPart(instruments),
    analysisPart(run),
  ];
  const head = `# MIFlowCyt 1.0: ${title}

Minimum information about a flow cytometry experiment (Lee et al. 2008), written by cytopair ${run.version} from study, sheet
and files. "To be completed": no input of the run says it. "Not recorded in the file": the keyword is not there.`;
  return `${[head, ...parts].join('\n\n')}\n`;
}
