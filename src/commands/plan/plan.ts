import { statSync } from 'node:fs';
import { join } from 'node:path';
import { controlDeviations, type DeviationOf, planDesign } from '../../analysis/index.ts';
import { type Outcome, openTableAnalysis, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, type Problem, problem, type Reading } from '../../problems/index.ts';
import { jsonText } from '../../tables/index.ts';
import { planJson } from './planJson.ts';
import { openPlan, type PlanScenario } from './plannedStudy.ts';
import { planText } from './planText.ts';

export interface PlanOptions {
  /** Complete pairs to reckon with instead of those of the sheet. */
  readonly pairs: number | undefined;
  readonly json: boolean;
  /** A table of frequencies, or the folder of a run: what control visits scatter by. */
  readonly counted?: string | undefined;
}

/** Without a sheet nobody knows how many pairs there will be: what these numbers could show. */
const customary = [6, 8, 10, 12];

/** The plan of a study in words, and what its design can show: before any value is seen, without opening an FCS file. */
export function plan(studyPath: string, { pairs, json, counted: table }: PlanOptions): Outcome {
  const read = openPlan(studyPath);
  if (read.value === undefined) return refused(read.problems);
  const { study, pairCount } = read.value;
  const control = table === undefined ? { value: undefined, problems: [] } : controlsOf(table, studyPath);
  if (table !== undefined && control.value === undefined) return refused([...read.problems, ...control.problems]);
  const numbers = pairs !== undefined ? [pairs] : study.subjectCount === null ? customary : [null];
  const scenarios = numbers.map((number): PlanScenario => {
    const families = planDesign(study.plan, (family, endpoint) => number ?? pairCount(family, endpoint), control.value);
    return { pairs: number, families };
  });
  const problems = [
    ...read.problems,
    ...control.problems,
    ...scenarios.flatMap((scenario) => warnings(scenario, study.plan.alpha)),
  ];
  return {
    exit: 0,
    problems,
    text: json ? jsonText(planJson(study, scenarios)) : planText(study, scenarios),
    closing: `cytopair: ${counted(study.plan.families.length, 'family', 'families')}, ${warningsOf(problems)}`,
  };
}

/** What the values of control visits tell; of the table's other values nothing is looked at. */
function controlsOf(table: string, studyPath: string): Reading<DeviationOf> {
  const isFolder = statSync(table, { throwIfNoEntry: false })?.isDirectory() === true;
  const { value, problems: found } = openTableAnalysis(isFolder ? join(table, 'frequencies.csv') : table, studyPath);
  if (value === undefined) return { value: undefined, problems: found };
  const problems = [...found];
  const deviationOf = controlDeviations(value.input, problems);
  if (value.input.plan.families.some(({ sdFrom }) => sdFrom !== undefined)) return { value: deviationOf, problems };
  const message = 'no family names control visits, so that the table tells nothing of power';
  const hint = 'add sd_from: [M9, M12], two visits between which nothing should change, to a family of equivalence';
  problems.push(problem('error', 'stats.plan-incomplete', message, {}, hint));
  return { value: undefined, problems };
}

function warnings({ families }: PlanScenario, alpha: number): Problem[] {
  return families.flatMap((design): Problem[] => {
    const { family, canReject, pairsNeeded, pairs: found } = design;
    const most = found[0]?.pairCount ?? 0;
    const size = family.endpoints.length;
    const having = `with ${counted(most, 'complete pair')}`;
    const told: Problem[] = [];
    if (!canReject && family.adjust !== 'none') {
      const needed = pairsNeeded === null ? 'at least 2 pairs are needed' : `${pairsNeeded} are needed`;
      const message = `family "${family.id}": ${having} this family of ${size} cannot reject at alpha ${alpha}; ${needed}`;
      told.push(problem('warning', 'stats.cannot-reject', message, {}));
    }
    const reach = found.flatMap(({ equivalence }) => equivalence).filter(({ deviationFor80 }) => deviationFor80 < 0.2);
    const logs = reach.filter(({ kind }) => kind !== 'points');
    const [first] = logs;
    if (first !== undefined) {
      const message =
        `family "${family.id}": ${having} equivalence within ${first.margins.join(' to ')} has 80 % power only up to ` +
        `a standard deviation of ${first.deviationFor80.toFixed(2)} of the within-patient log ratio, and none above ` +
        first.largestDeviation.toFixed(2);
      told.push(problem('warning', 'stats.equivalence-out-of-reach', message, {}));
    }
    return told;
  });
}
