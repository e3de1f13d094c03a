import type { Plan } from '../analysis/index.ts';
import { hasErrors, type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { missingPairs } from './missingPairs.ts';
import { type PlanPlaces, planPlaces } from './planConflicts.ts';
import { unknownEventSubjects } from './readEvents.ts';
import { readPlan } from './readPlan.ts';
import { readRows } from './readRows.ts';
import { openStudy, studyOf } from './readStudy.ts';
import type { SheetTube } from './sheetRow.ts';
import type { InputNames, StudyEvent, StudyInput, Visit } from './study.ts';

/** A study as the statistics alone need it: a table of frequencies takes the place of files and template. */
export interface AnalysisStudy {
  readonly name: string;
  readonly title: string;
  /** Folder of study.yaml, absolute. */
  readonly folder: string;
  readonly seed: number;
  readonly visits: readonly Visit[];
  readonly events: readonly StudyEvent[];
  /** Populations as written: they are looked up in the table. */
  readonly plan: Plan;
  /** Where its entries stand. */
  readonly places: PlanPlaces;
  readonly covariates: Readonly<Record<string, 'number' | 'text'>>;
  readonly hasArms: boolean;
  readonly input: InputNames;
  /** Rows of the sheet, for dates, arms and covariates; empty where study.yaml names none. Files are not looked for. */
  readonly rows: readonly SheetTube[];
  readonly inputs: readonly StudyInput[];
}

/** Reads study.yaml for `analyze`: only `cytopair`, `study` and `visits` must be there. */
export function readAnalysisStudy(path: string): Reading<AnalysisStudy> {
  const problems: Problem[] = [];
  const opened = openStudy(path, 'analyze', problems);
  if (opened === undefined) return { value: undefined, problems: sortProblems(problems) };
  const { draft, folder, inputs } = opened;
  // Whether a population or a count of cells is there, the table will show.
  const plan = readPlan(
    draft,
    { known: { paths: [], denominators: new Map(), panels: [] }, hasAbsolute: true },
    problems,
  );
  const rows = readRows(draft, folder, inputs, problems).map(({ tube }) => tube);
  problems.push(...unknownEventSubjects(draft.events, rows, draft.source.at(['events'])));
  if (!hasErrors(problems) && rows.length > 0) {
    problems.push(
      ...missingPairs(plan, draft.visits, rows, { file: draft.sheet?.value ?? '', code: 'sheet.missing-pair' }),
    );
  }
  const { name, title, seed, visits, events, covariates, hasArms, input } = studyOf(draft, folder, inputs);
  const study = {
    name,
    title,
    folder,
    seed,
    visits,
    events,
    plan,
    places: planPlaces(draft),
    covariates,
    hasArms,
    input,
    rows,
    inputs,
  };
  return { value: hasErrors(problems) ? undefined : study, problems: sortProblems(problems) };
}
