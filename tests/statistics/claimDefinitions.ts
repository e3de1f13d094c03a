import { z } from 'zod';
import { jointDesign, overVisits, PlanSchema, resolvePlan } from '../../src/analysis/tools.ts';
import { observationsOf, type TubeValues } from '../../src/frequencies/index.ts';
import * as s from '../../src/statistics/tools.ts';

type Input = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

const List = z.array(z.number());
const Lists = z.array(List);
const list = (input: Input, name: string) => List.parse(input[name]);
const settings = { tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;
const differences = (values: readonly number[]) => ({ values, ...settings });
const limits = (input: Input) => {
  const [low = 0, high = 0] = list(input, 'margins');
  return { low, high };
};

function back(input: Input): Answer {
  const rise = differences(list(input, 'rise'));
  const asked =
    'back' in input
      ? ({ by: 'fall', differences: differences(list(input, 'back')) } as const)
      : ({ by: 'equivalence', differences: differences(list(input, 'level')), margins: limits(input) } as const);
  const outcome = s.transientTest(rise, asked);
  return outcome.status === 'not_estimable' ? {} : { p_rise: outcome.pRise, p_return: outcome.pReturn, p: outcome.p };
}

function several(input: Input): Answer {
  const answers = list(input, 'p').map((p) => ({ p, smallestP: 0 }));
  const holds = z.enum(['all', 'first']).parse(input.holds);
  const returnTo = { visit: 'a', by: 'fall', several: { visits: ['a', 'b', 'c'], holds } } as const;
  return { p: overVisits(answers, { returnTo }, 0.05).p };
}

function joint(input: Input): Answer {
  const each = Lists.parse(input.differences).map((values) => {
    const outcome = s.tostT(differences(values), limits(input));
    return outcome.status === 'not_estimable' ? 1 : outcome.p;
  });
  return { each, p: Math.max(...each) };
}

function jointPower(input: Input): Answer {
  const { n, sd, endpoints } = z.object({ n: z.number(), sd: z.number(), endpoints: z.number() }).parse(input);
  const members = Array.from({ length: endpoints }, () => ({ pairs: n, margins: limits(input) }));
  return { power: jointDesign(members, [sd], sd, 0.05)?.power[0] };
}

function trend(input: Input): Answer {
  const found = s.jonckheere(Lists.parse(input.groups), 1e-9, 1);
  if (found.status === 'not_estimable') return {};
  return { j: found.j, trend: found.trend, count: found.count, total: found.total, p: found.p };
}

function permuted(input: Input): Answer {
  const [baseline, later] = [list(input, 'baseline'), list(input, 'later')];
  const groups = list(input, 'groups').map((group): 0 | 1 => (group === 1 ? 1 : 0));
  const seen = s.ancova({ baseline, later, groups }, 0.95, 0);
  if (seen.status === 'not_estimable') return {};
  const { count, total, p } = s.permutedGroups({ baseline, later, groups }, seen.t, 1);
  return { t: seen.t, count, total, p };
}

function friedman(input: Input): Answer {
  const found = s.friedmanTest(Lists.parse(input.rows), 1e-9, 1);
  return found.status === 'ok' ? { count: found.count, total: found.total, p: found.p } : {};
}

function walsh(input: Input): Answer {
  const { interval } = s.equivalenceTests.tost_signed_rank;
  return { ...interval(differences(list(input, 'differences')), (1 - z.number().parse(input.level)) / 2) };
}

function quartiles(input: Input): Answer {
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((share) => s.quantile(list(input, 'values'), share));
  return { min, q1, median, q3, max };
}

/** One tube's value, as the plan asks for it. */
function tubeValue(input: Input): Answer {
  const Numbers = z.object({ kind: z.string(), k: z.number() }).catchall(z.union([z.number(), z.string()]));
  const { kind, k, ...rest } = Numbers.parse(input);
  const background = kind === 'over' ? 'ratio' : 'difference';
  const asked = kind === 'ratio' ? { measure: 'ratio', to: 'B' } : { control: 'unstimulated', background };
  const plan = resolvePlan(
    PlanSchema.parse({
      comparisons: [{ id: 'c', from: 'BL', to: 'M1' }],
      families: [
        {
          id: 'f',
          comparison: 'c',
          scale: kind === 'above' ? 'percent' : 'log-ratio',
          endpoints: [{ population: 'A', ...asked }],
        },
      ],
    }),
    { visits: [{ id: 'BL' }, { id: 'M1' }], populations: ['A', 'B'], denominators: {} },
  ).value;
  const row = (population: string, count: number, n: number, role: string): TubeValues => ({
    ...{
      sampleId: role,
      subject: 'P',
      visit: 'BL',
      role,
      controlOf: [],
      panel: '',
      population,
      status: 'ok',
      reason: '',
    },
    ...{ flags: [], arm: '', count, values: { pct_parent: (100 * count) / n }, denominatorCounts: { pct_parent: n } },
  });
  const rows =
    kind === 'ratio'
      ? [row('A', k, 1000, 'sample'), row('B', Number(rest.m), 1000, 'sample')]
      : [
          row('A', k, Number(rest.n), 'sample'),
          row('A', Number(rest.control_k), Number(rest.control_n), 'unstimulated'),
        ];
  return { value: plan && observationsOf(rows, plan, { tubeOf: () => undefined })[0]?.absolute };
}

const byPrefix: readonly (readonly [string, (input: Input) => Answer])[] = [
  ['iut.fall.', back],
  ['iut.return.', back],
  ['iut.several.', several],
  ['joint.power.', jointPower],
  ['joint.', joint],
  ['jonckheere.', trend],
  ['ancova.exact.', permuted],
  ['friedman.f', friedman],
  ['tost.walsh.', walsh],
  ['value.', tubeValue],
  ['quartiles.', quartiles],
];

/** How this program answers a vector of claims, by the beginning of its id. */
export function claimDefinition(id: string): ((input: Input) => Answer) | undefined {
  return byPrefix.find(([prefix]) => id.startsWith(prefix))?.[1];
}
