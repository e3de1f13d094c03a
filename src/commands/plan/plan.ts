import { planDesign } from '../../analysis/index.ts';
import { type Outcome, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, type Problem, problem } from '../../problems/index.ts';
import { jsonText } from '../../tables/index.ts';
import { planJson } from './planJson.ts';
import { openPlan, type PlanScenario } from './plannedStudy.ts';
import { planText } from './planText.ts';

export interface PlanOptions {
  /** Complete pairs to reckon with instead of those of the sheet. */
  readonly pairs: number | undefined;
  readonly json: boolean;
}

/** Without a sheet nobody knows how many pairs there will be: what these numbers could show. */
const customary = [6, 8, 10, 12];

/** The plan of a study in words, and what its design can show: before any value is seen, without opening an FCS file. */
export function plan(studyPath: string, { pairs, json }: PlanOptions): Outcome {
  const read = openPlan(studyPath);
  if (read.value === undefined) return refused(read.problems);
  const { study, pairCount } = read.value;
  const numbers = pairs !== undefined ? [pairs] : study.subjectCount === null ? customary : [null];
  const scenarios = numbers.map((number): PlanScenario => {
    const families = planDesign(study.plan, (family, endpoint) => number ?? pairCount(family, endpoint));
    return { pairs: number, families };
  });
  const problems = [...read.problems, ...scenarios.flatMap((scenario) => warnings(scenario, study.plan.alpha))];
  return {
    exit: 0,
    problems,
    text: json ? jsonText(planJson(study, scenarios)) : planText(study, scenarios),
    closing: `cytopair: ${counted(study.plan.families.length, 'family', 'families')}, ${warningsOf(problems)}`,
  };
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
