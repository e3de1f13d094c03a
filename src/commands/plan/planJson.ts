import type { FamilyDesign, MeasuredDesign, PairDesign } from '../../analysis/index.ts';
import { roundSignificant } from '../../tables/index.ts';
import type { PlannedStudy, PlanScenario } from './plannedStudy.ts';

/** The machine form of `plan`. */
export function planJson(study: PlannedStudy, scenarios: readonly PlanScenario[]) {
  return {
    format: 'cytopair/plan/1',
    study: study.name,
    planned: study.plan.planned,
    sha256: study.sha256,
    subjects: study.subjectCount,
    alpha: study.plan.alpha,
    level: study.plan.level,
    rules: study.plan.rules,
    visits: study.visits.map(({ id, day, window }) => ({ id, day, window })),
    scenarios: scenarios.map(({ pairs, families }) => ({ pairs, families: families.map(familyJson) })),
  };
}

function familyJson({ family, firstStep, alternative, canReject, pairsNeeded, pairs, joint, measured }: FamilyDesign) {
  return {
    id: family.id,
    role: family.role,
    question: family.question,
    from: family.comparison.from,
    to: family.comparison.to,
    return_to: family.returnTo ?? null,
    test: family.test,
    scale: family.scale,
    zero_handling: family.zeroHandling,
    alternative,
    adjust: family.adjust,
    sensitivity: family.sensitivity,
    endpoints: family.endpoints.map(({ population, measure, margins }) => {
      return { population, measure, margins: margins ?? family.margins ?? null };
    }),
    first_step_alpha: firstStep,
    can_reject: canReject,
    pairs_needed: pairsNeeded,
    pairs: pairs.map(pairsJson),
    claim: family.claim ?? 'each',
    joint: joint && {
      sd: joint.deviations,
      power: joint.power.map((x) => roundSignificant(x)),
      sd_for_power_80: roundSignificant(joint.deviationFor80),
      at_sd: joint.at,
      pairs_for_power_80: joint.pairsFor80,
      half_width_for_power_80: roundSignificant(joint.halfWidthFor80),
    },
    control_visits: measured && measuredJson(measured),
  };
}

function measuredJson({ from, to, endpoints, joint }: MeasuredDesign) {
  const rounded = (x: number | null) => (x === null ? null : roundSignificant(x));
  return {
    from,
    to,
    endpoints: endpoints.map(({ endpoint, kind, pairs, sd, interval, power, pairsFor80 }) => ({
      ...{ endpoint, margins_as: kind, n: pairs, sd: rounded(sd) },
      interval: interval === null ? null : interval.map(rounded),
      power: rounded(power),
      pairs_for_power_80: pairsFor80,
    })),
    joint: joint && { power: rounded(joint.power), pairs_for_power_80: joint.pairsFor80 },
  };
}

function pairsJson(found: PairDesign) {
  const { pairCount, endpoints, smallestP, attainedAtAlpha, attainedAtFirstStep, change, effects, equivalence } = found;
  return {
    n: pairCount,
    endpoints,
    smallest_p: smallestP,
    attained_level: attainedAtAlpha,
    attained_level_first_step: attainedAtFirstStep,
    dz: effects,
    power: change.map(({ test, alpha, how, power }) => ({
      test,
      alpha,
      how,
      power: power.map((x) => roundSignificant(x)),
    })),
    equivalence: equivalence.map((one) => ({
      endpoints: one.endpoints,
      [one.kind]: one.margins,
      sd: one.deviations,
      power: one.lines.map(({ test, alpha, how, power }) => ({
        test,
        alpha,
        how,
        power: power.map((x) => roundSignificant(x)),
      })),
      sd_for_power_80: roundSignificant(one.deviationFor80),
      sd_out_of_reach: roundSignificant(one.largestDeviation),
    })),
  };
}
