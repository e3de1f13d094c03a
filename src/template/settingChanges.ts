import { z } from 'zod';

type Settings = Readonly<Record<string, unknown>>;

const Described = z.looseObject({ description: z.string().optional() });
const Shape = z.looseObject({ properties: z.record(z.string(), Described).default({}) });

/**
 * In what two sets of settings differ, each in words: `prominence 0.3 -> 0.2 (least persistence of a mode, …)`. Entries of a
 * list of cuts are compared one by one, `cut 2 range [1, 4] -> [1, 5]`.
 * @param schema of the method, for what its settings mean; undefined: names alone
 */
export function settingChanges(then: Settings, now: Settings, schema: z.ZodType | undefined): string[] {
  const meaning = schema === undefined ? {} : propertiesOf(schema);
  return changesOf(then, now, '').map(({ key, top, words }) => {
    const says = meaning[top]?.description;
    return `${key.replaceAll('_', ' ')} ${words}${says === undefined || key !== top ? '' : ` (${says})`}`;
  });
}

interface Found {
  /** `cuts 2 range`. */
  readonly key: string;
  readonly top: string;
  readonly words: string;
}

function changesOf(then: Settings, now: Settings, above: string): Found[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].flatMap((name): Found[] => {
    const [one, other] = [then[name], now[name]];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const key = `${above}${name}`;
    const top = above === '' ? name : (above.split(' ')[0] ?? name);
    if (isListOfObjects(one) && isListOfObjects(other) && one.length === other.length) {
      return one.flatMap((entry, i) => changesOf(entry, other[i]!, `${key} ${i + 1} `));
    }
    return [{ key, top, words: `${valueText(one)} -> ${valueText(other)}` }];
  });
}

function valueText(value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ');
}

function isListOfObjects(value: unknown): value is readonly Settings[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
}

function propertiesOf(schema: z.ZodType) {
  return Shape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).properties;
}
