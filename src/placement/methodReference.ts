import { z } from 'zod';
import { placementMethods } from './registry.ts';

/** A method as the reference page and `cytopair methods` show it. */
export interface MethodPage {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly settings: readonly { readonly name: string; readonly says: string; readonly default: string | null }[];
  readonly flags: readonly { readonly name: string; readonly says: string }[];
}

/** Pages of all methods in the order of the registry, or of the one named; empty for an unknown name. */
export function methodReference(name?: string): readonly MethodPage[] {
  return [...placementMethods.values()]
    .filter((method) => name === undefined || method.name === name)
    .map((method) => ({
      name: method.name,
      summary: method.summary,
      source: method.source,
      settings: settingsOf(method.settings),
      flags: Object.entries(method.flags).map(([flag, says]) => ({ name: flag, says })),
    }));
}

const Described = z.looseObject({ description: z.string().optional(), default: z.unknown().optional() });
const ObjectSchema = z.looseObject({ properties: z.record(z.string(), Described).default({}) });

/** Names, words and defaults of a method's settings, read off its own schema. */
function settingsOf(schema: z.ZodType) {
  const { properties } = ObjectSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    says: property.description ?? '',
    default: property.default === undefined ? null : JSON.stringify(property.default),
  }));
}
