import { z } from 'zod';
import type { NamedUse } from '../../template/index.ts';
import { gateMethod, plainPlacement } from '../method.ts';

const Operand = z.union([z.string().min(1), z.strictObject({ not: z.string().min(1) })]);
const Of = z.union([
  z.strictObject({ and: z.array(Operand).min(2) }),
  z.strictObject({ or: z.array(Operand).min(2) }),
  z.strictObject({ not: z.string().min(1) }),
]);
const Settings = z.strictObject({
  of: Of.describe('{and: […]}, {or: […]} of population names or {not: name}; or {not: name} alone'),
});
type Settings = z.infer<typeof Settings>;
type Operand = z.infer<typeof Operand>;

export const boolean = gateMethod<Settings>({
  name: 'boolean',
  settings: Settings,
  summary: 'a combination of other populations, inside the parent',
  source: 'Gating-ML 2.0, BooleanGate',
  needsSurvey: false,
  drawing: () => 'operands',
  markers: () => [],
  populations: ({ of }) => {
    if ('not' in of) return [{ name: of.not, keys: ['of', 'not'] }];
    const [key, list] = 'and' in of ? (['and', of.and] as const) : (['or', of.or] as const);
    return list.map(
      (operand, i): NamedUse =>
        typeof operand === 'string'
          ? { name: operand, keys: ['of', key, i] }
          : { name: operand.not, keys: ['of', key, i, 'not'] },
    );
  },
  place: ({ of }, request) => {
    const op = 'or' in of ? 'or' : 'and';
    const list: readonly Operand[] = 'and' in of ? of.and : 'or' in of ? of.or : [of];
    const operands = list.map((operand) => {
      const name = typeof operand === 'string' ? operand : operand.not;
      const population = request.gate.references[name];
      if (population === undefined) throw new Error(`"${name}" was not resolved when the template was read`);
      return { population, complement: typeof operand !== 'string' };
    });
    return request.tubes.map(() => plainPlacement({ kind: 'boolean', op, of: operands }, 'fixed'));
  },
});
