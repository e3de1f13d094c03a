import type {
  EquivalenceDesign,
  Family,
  FamilyDesign,
  JointDesign,
  MeasuredDesign,
  PairDesign,
  PowerLine,
} from '../../analysis/index.ts';
import { counted } from '../../problems/index.ts';
import { pairedTests } from '../../statistics/index.ts';
import type { PlannedStudy, PlanScenario } from './plannedStudy.ts';

/** The plan as a person reads it: what is compared how, and what so many pairs can show. Digits are for reading. */
export function planText(study: PlannedStudy, scenarios: readonly PlanScenario[]): string {
  return `${[head(study), ...scenarios.map((scenario) => scenarioText(scenario, study))].join('\n\n')}\n`;
}

function head({ name, title, plan, sha256, subjectCount, visits }: PlannedStudy): string {
  const patients = subjectCount === null ? 'no sheet yet' : `${counted(subjectCount, 'patient')} in the sheet`;
  const lines = [
    `${name}${title === '' ? '' : `, ${title}`}: ${patients}; alpha ${plan.alpha}, intervals at ${100 * plan.level} %`,
    sha256 === null
      ? 'Nothing was planned: study.yaml has no families, and all p are exploratory.'
      : `plan SHA-256 ${sha256}`,
    `visits: ${visits.map(visitText).join(', ')}`,
    rulesText(plan.rules),
  ];
  return lines.join('\n');
}

function visitText({ id, day, window }: PlannedStudy['visits'][number]): string {
  const at = day === null ? '' : ` day ${day}`;
  return window === null ? `${id}${at}` : `${id}${at} (${window[0]} to ${window[1]}, outside: flagged)`;
}

function rulesText({ min_parent, few_events, zero_rule, lod }: PlannedStudy['plan']['rules']): string {
  const zero = {
    half_event: 'half an event added to every count on ratio scales',
    none: 'nothing added to zeros',
    lod: `a zero becomes half of ${lod} %`,
  };
  return `rules: not evaluable below ${min_parent} events of the denominator; below ${few_events} events flagged; ${zero[zero_rule]}`;
}

function scenarioText({ pairs, families }: PlanScenario, { plan }: PlannedStudy): string {
  const texts = families.map((design) => familyText(design, plan.alpha));
  return pairs === null ? texts.join('\n\n') : [`== with ${pairs} complete pairs`, ...texts].join('\n\n');
}

function familyText(design: FamilyDesign, alpha: number): string {
  const { family, pairsNeeded, canReject } = design;
  const size = family.endpoints.length;
  const alone = family.claim === 'joint' ? `one claim of all ${size}, the largest p, not adjusted` : 'not adjusted';
  const adjusted = family.adjust === 'none' ? alone : `adjusted by ${family.adjust} in a family of ${size}`;
  const scale = family.question === 'equivalence' ? '' : `, ${family.scale}`;
  const side = family.question === 'change' ? `, ${family.alternative}` : '';
  const lines = [
    `${family.id} (${family.role}): ${questionText(family)}`,
    `  ${pairedTests[family.test].called}${side}${scale}; ${adjusted}`,
    ...(family.sensitivity.length === 0
      ? []
      : [`  planned beside it, never picked from: ${family.sensitivity.join(', ')}`]),
    ...design.pairs.flatMap((found) => pairLines(found, design, alpha)),
    ...(design.joint === null ? [] : jointLines(design.joint, design)),
    ...(design.measured === null ? [] : measuredLines(design.measured, family.endpoints.length)),
  ];
  if (!canReject && family.adjust !== 'none') {
    const needed = pairsNeeded === null ? '' : `; ${pairsNeeded} complete pairs are needed`;
    lines.push(`  CANNOT REJECT: no result of these pairs reaches alpha ${alpha}${needed}`);
  }
  return lines.join('\n');
}

function questionText({ question, comparison: { from, to }, returnTo }: Family): string {
  if (question === 'change') return `change from ${from} to ${to}`;
  if (question === 'equivalence') return `equivalence of ${to} with ${from}`;
  const back = returnTo?.by === 'equivalence' ? `return within margins of ${from}` : 'later fall';
  const several = returnTo?.several;
  if (several === undefined) return `rise from ${from} to ${to} and ${back} at ${returnTo?.visit ?? ''}, both required`;
  const which = several.holds === 'all' ? 'all required' : 'the first that holds, Holm over them';
  return `rise from ${from} to ${to} and ${back} at ${several.visits.join(', ')}, ${which}`;
}

function pairLines(found: PairDesign, { firstStep, family }: FamilyDesign, alpha: number): string[] {
  const { pairCount, endpoints, smallestP, attainedAtAlpha, attainedAtFirstStep } = found;
  const what =
    family.question === 'transient'
      ? family.returnTo?.several
        ? 'patients with both visits and the one of return they miss most'
        : 'patients with all three visits'
      : 'complete pairs';
  const lines = [`  ${pairCount} ${what}:`, ...endpoints.map((key) => `    ${shortKey(key)}`)];
  if (smallestP !== null) {
    const levels = [`${four(attainedAtAlpha ?? 0)} at ${alpha}`];
    if (firstStep !== alpha)
      levels.push(`${four(attainedAtFirstStep ?? 0)} at ${digits(firstStep)} (first of ${family.endpoints.length})`);
    lines.push(`    smallest attainable p ${four(smallestP)}; level really kept: ${levels.join(', ')}`);
  }
  if (found.change.length > 0) {
    const rise = family.question === 'transient' ? ' of the rise alone' : '';
    lines.push(`    power${rise}, normal differences of mean dz standard deviations`);
    lines.push(...table('dz', found.effects, found.change));
  }
  for (const one of found.equivalence) lines.push(...equivalenceLines(one));
  return lines;
}

function equivalenceLines(one: EquivalenceDesign): string[] {
  const kinds = { ratio: 'ratio', odds_ratio: 'odds ratio', points: 'points' };
  const of = { ratio: 'ln ratio', odds_ratio: 'ln odds ratio', points: 'points' };
  const [low, high] = one.margins;
  const names = one.endpoints.map(shortKey).join(', ');
  return [
    `    equivalence within ${kinds[one.kind]} ${low} to ${high} (${names}): power if nothing changes`,
    ...table(`sd of ${of[one.kind]}`, one.deviations, one.lines),
    `      80 % up to sd ${one.deviationFor80.toPrecision(2)}; out of reach above ${one.largestDeviation.toPrecision(3)}`,
  ];
}

/** The claim of all endpoints together, and what it would take. */
function jointLines(joint: JointDesign, { family, pairs }: FamilyDesign): string[] {
  const isPoints = pairs.some(({ equivalence }) => equivalence.some(({ kind }) => kind === 'points'));
  const head = [`sd of ${isPoints ? 'points' : 'ln ratio'}`, ...joint.deviations.map(digits)];
  const row = [`all ${family.endpoints.length} within margins`, ...joint.power.map((x) => x.toFixed(2))];
  const widths = head.map((_, i) => Math.max(head[i]?.length ?? 0, row[i]?.length ?? 0));
  const line = (cells: readonly string[]) =>
    `      ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`;
  const half = joint.halfWidthFor80;
  const margins = isPoints
    ? `±${digits(half)} points`
    : `ratio ${Math.exp(-half).toFixed(2)} to ${Math.exp(half).toFixed(2)}`;
  const needed = joint.pairsFor80 === null ? 'more than 500 pairs' : `${joint.pairsFor80} pairs`;
  return [
    '    joint claim: power if nothing changes and the endpoints are independent',
    line(head),
    line(row),
    `      80 % up to sd ${joint.deviationFor80.toPrecision(2)}; at sd ${digits(joint.at)} with ${needed}, or with margins ${margins}`,
  ];
}

/** With the deviations of control visits: endpoint by endpoint, and all together where the claim is one. */
function measuredLines({ from, to, endpoints, joint }: MeasuredDesign, size: number): string[] {
  const kinds = { ratio: 'ln ratio', odds_ratio: 'ln odds ratio', points: 'points' };
  const pairsFor = (pairsFor80: number | null) => (pairsFor80 === null ? 'more than 500 pairs' : `${pairsFor80} pairs`);
  const rows = endpoints.map(({ endpoint, kind, pairs, sd, interval, power, pairsFor80 }) => {
    const name = `      ${shortKey(endpoint)}: `;
    if (sd === null) return `${name}no deviation, ${counted(pairs, 'patient')} with both visits`;
    const [low = 0, high = 0] = interval ?? [];
    const scatter = `sd of ${kinds[kind]} ${sd.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] in ${counted(pairs, 'patient')}`;
    return power === null
      ? `${name}${scatter}`
      : `${name}${scatter}, power ${power.toFixed(2)}, 80 % with ${pairsFor(pairsFor80)}`;
  });
  const all =
    joint &&
    `      all ${size} within margins: power ${joint.power.toFixed(2)}, 80 % with ${pairsFor(joint.pairsFor80)}`;
  return [
    `    as far as patients lie apart between the control visits ${from} and ${to}: power if nothing changes`,
    ...rows,
    ...(all === null ? [] : [all]),
  ];
}

function table(name: string, columns: readonly number[], lines: readonly PowerLine[]): string[] {
  const head = [name, ...columns.map(digits)];
  const rows = lines.map(({ test, alpha, how, power }) => [
    `${pairedTests[test].called} at ${digits(alpha)}${how === 'simulated' ? ' (simulated)' : ''}`,
    ...power.map((x) => x.toFixed(2)),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    `      ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`;
  const isSimulated = lines.some(({ how }) => how === 'simulated');
  return [head, ...rows]
    .map(lineOf)
    .concat(isSimulated ? ['      (40,000 trials each, standard error at most 0.0025)'] : []);
}

function four(p: number): string {
  return p !== 0 && p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

function digits(x: number): string {
  return String(Number(x.toPrecision(3)));
}

/** `…/B/CD24hiCD38hi pct_of_B`: the last two names of the path and the measure. */
function shortKey(key: string): string {
  const cut = key.lastIndexOf(' ');
  return `${key.slice(0, cut).split('/').slice(-2).join('/')} ${key.slice(cut + 1)}`;
}
