import { z } from 'zod';
import type { Operand } from '../../gating/index.ts';
import type { Combination } from '../../template/index.ts';
import { gateMethod, plainPlacement } from '../method.ts';

const Part: z.ZodType<Combination> = z.lazy(() => z.union([z.string().min(1), Whole]));
const Whole = z.union([
  z.strictObject({ and: z.array(Part).min(2) }),
  z.strictObject({ or: z.array(Part).min(2) }),
  z.strictObject({ not: Part }),
]);
const Settings = z.strictObject({
  of: Whole.describe(
    '{and: […]}, {or: […]} or {not: …} of population names, or of such combinations again, to any depth',
  ),
});
type Settings = z.infer<typeof Settings>;

export const boolean = gateMethod<Settings>({
  name: 'boolean',
  settings: Settings,
  summary: 'a combination of other populations, inside the parent',
  source: 'Gating-ML 2.0, BooleanGate',
  needsSurvey: false,
  drawing: () => 'operands',
  markers: () => [],
  combination: ({ of }) => ({ combination: of, keys: ['of'] }),
  place: ({ of }, request) => {
    const whole = operandOf(of, request.gate.references);
    const isPlain = 'of' in whole && !whole.complement;
    const geometry = isPlain
      ? ({ kind: 'boolean', op: whole.op, of: whole.of } as const)
      : ({ kind: 'boolean', op: 'and', of: [whole] } as const);
    return request.tubes.map(() => plainPlacement(geometry, 'fixed'));
  },
});

function operandOf(combination: Combination, references: Readonly<Record<string, string>>): Operand<never> {
  if (typeof combination === 'string') {
    const population = references[combination];
    if (population === undefined) throw new Error(`"${combination}" was not resolved when the template was read`);
    return { population, complement: false };
  }
  if ('not' in combination) {
    const inner = operandOf(combination.not, references);
    return { ...inner, complement: !inner.complement };
  }
  const [op, list] = 'and' in combination ? (['and', combination.and] as const) : (['or', combination.or] as const);
  return { op, of: list.map((part) => operandOf(part, references)), complement: false };
}
