import { z } from 'zod';

type Settings = Readonly<Record<string, unknown>>;

const Property = z.looseObject({ default: z.unknown().optional(), items: z.unknown().optional() });
const ObjectShape = z.looseObject({ properties: z.record(z.string(), Property).default({}) });
type Properties = z.infer<typeof ObjectShape>['properties'];

/** Settings in words: those of one gate in a line, and a numbered line for every entry of a list of cuts. */
export interface SettingWords {
  /** `marker CD3, keep above`; empty where every setting has its default. */
  readonly line: string;
  readonly entries: readonly string[];
}

/**
 * A gate's settings as a person reads them, without those that have their default: a page of 0.3 and "none" hides what
 * somebody decided.
 * @param schema of the method, from which the defaults are read; undefined leaves nothing out
 */
export function settingWords(settings: Settings, schema: z.ZodType | undefined): SettingWords {
  const properties = schema === undefined ? {} : propertiesOf(schema);
  const lists = Object.entries(settings).filter(([, value]) => isListOfObjects(value));
  const own = Object.entries(settings).filter(([, value]) => !isListOfObjects(value));
  return {
    line: pairs(Object.fromEntries(own), properties).join(', '),
    entries: lists.flatMap(([key, list]) => {
      const inner = ObjectShape.safeParse(properties[key]?.items).data?.properties ?? {};
      return entriesOf(list).map((entry, i) => `${i + 1}. ${pairs(entry, inner).join(', ')}`);
    }),
  };
}

/** Every default of a method, `prominence 0.3, which deepest`; empty where it has none. */
export function defaultWords(schema: z.ZodType): string {
  const defaults = Object.entries(propertiesOf(schema)).map(([key, property]) => [key, property.default] as const);
  return pairs(Object.fromEntries(defaults), {}).join(', ');
}

function propertiesOf(schema: z.ZodType): Properties {
  return ObjectShape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).properties;
}

function pairs(settings: Settings, properties: Properties): string[] {
  const isDefault = (key: string, value: unknown) => JSON.stringify(properties[key]?.default) === JSON.stringify(value);
  return Object.entries(settings)
    .filter(([key, value]) => value !== undefined && !isDefault(key, value))
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${valueWords(value)}`);
}

function valueWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.every(isWord) ? value.join(' and ') : `[${value.map(valueWords).join(', ')}]`;
  if (isObject(value)) return `(${pairs(value, {}).join(', ')})`;
  return value === null ? 'none' : String(value);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function entriesOf(list: unknown): readonly Settings[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
