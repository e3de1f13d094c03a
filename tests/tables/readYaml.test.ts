import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { printProblem } from '../../src/problems/index.ts';
import { readYaml, schemaProblems } from '../../src/tables/index.ts';

const Visit = z.strictObject({ id: z.string(), day: z.number().min(0).optional() });
const Schema = z.strictObject({
  study: z.string().regex(/^[a-z-]+$/, 'must be lower-case letters'),
  visits: z.array(z.union([z.string(), Visit])).min(2),
  test: z.enum(['signed_rank', 'sign']).optional(),
  shape: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('interval'), min: z.number() }),
      z.strictObject({ kind: z.literal('all') }),
    ])
    .optional(),
  names: z.record(z.string().regex(/^[A-Z]/, 'must begin with a capital'), z.string()).optional(),
});

function refused(text: string): string[] {
  const { value, problems } = readYaml(text, 'study.yaml', 'study');
  if (value === undefined) return problems.map(printProblem);
  const parsed = Schema.safeParse(value.value);
  return parsed.success ? [] : schemaProblems({ error: parsed.error, schema: Schema, source: value }).map(printProblem);
}

describe('a schema answers in plain words at line and column', () => {
  test.each([
    [
      'study: a\nvisits: [BL, M1]\ntset: sign\n',
      'study.yaml:3:1: error study.unknown-key: key "tset" is not known here (did you mean "test"?)',
    ],
    [
      'study: a\nvisits: [BL, {id: M1, dya: 3}]\n',
      'study.yaml:2:23: error study.unknown-key: key "dya" is not known here (known keys here: id, day)',
    ],
    [
      'study: a\nvisits: [BL, {id: M1, day: -3}]\n',
      'study.yaml:2:28: error study.wrong-value: "day" must be at least 0, found number -3 (choose an allowed value)',
    ],
    [
      'study: a\nvisits: [BL, 1]\n',
      'study.yaml:2:14: error study.wrong-type: must be text or a mapping, found number 1 (write text or a mapping)',
    ],
    [
      'study: 1\nvisits: [BL, M1]\n',
      'study.yaml:1:8: error study.wrong-type: "study" must be text, found number 1 (write it in quotes)',
    ],
    [
      'study: A\nvisits: [BL, M1]\n',
      'study.yaml:1:8: error study.wrong-value: "study" must be lower-case letters, found "A" (choose an allowed value)',
    ],
    [
      'study: a\nvisits: [BL]\n',
      'study.yaml:2:9: error study.wrong-value: "visits" must have at least 2 items, found a list of 1 (choose an allowed value)',
    ],
    ['visits: [BL, M1]\n', 'study.yaml:1:1: error study.missing-key: key "study" is missing (add it: text)'],
    [
      'study: a\nvisits: [BL, M1]\ntest: signed-rank\n',
      'study.yaml:3:7: error study.wrong-value: "test" must be one of signed_rank, sign, found "signed-rank" (did you mean "signed_rank"?)',
    ],
    [
      'study: a\nvisits: [BL, M1]\nshape: {kind: intervall, min: 1}\n',
      'study.yaml:3:15: error study.wrong-value: "kind" must be one of interval, all, found "intervall" (did you mean "interval"?)',
    ],
    [
      'study: a\nvisits: [BL, M1]\nnames: {b: x}\n',
      'study.yaml:3:9: error study.wrong-value: must begin with a capital, found "b" (choose an allowed value)',
    ],
    [
      'study: a\nvisits: [BL, {id: M1}]\nvisits: []\n',
      'study.yaml:3:1: error study.duplicate-key: this key stands twice in the same mapping (remove one of the two)',
    ],
    [
      'study: a\nvisits: [BL]\nstudy: b\nstudy: c\n',
      'study.yaml:3:1: error study.duplicate-key: this key stands 3 times in the same mapping (remove one of the two)',
    ],
    ['', 'study.yaml:1:1: error study.missing-key: the document is empty (add it: a mapping)'],
    [
      'study: a\n\tvisits: [BL]\n\tx: 1\n',
      'study.yaml:2:1: error study.yaml-syntax: a tab indents this line, and 1 more line (indent with blanks: YAML allows no tabs there)',
    ],
    [
      'study: a\nvisits:\n  - BL\n\t- M1\n',
      'study.yaml:4:1: error study.yaml-syntax: a tab indents this line (indent with blanks: YAML allows no tabs there)',
    ],
    [
      'study: a\nvisits:\n  - { id: BL,\n\tlabel: x }\n',
      'study.yaml:4:1: error study.yaml-syntax: a tab indents this line (indent with blanks: YAML allows no tabs there)',
    ],
  ])('%j', (text, expected) => {
    expect(refused(text)).toEqual([expected]);
  });

  test('what is said of a whole mapping stands alone', () => {
    const Gate = z
      .strictObject({ a: z.number().optional(), b: z.number().optional() })
      .refine(({ a, b }) => a || b, 'needs a or b');
    const source = readYaml('{}', 'f.yaml').value;
    const { error } = Gate.safeParse(source?.value);
    if (source === undefined || error === undefined) throw new Error('this must be refused');
    expect(schemaProblems({ error, schema: Gate, source }).map(({ message }) => message)).toEqual(['needs a or b']);
  });

  test('what is said of a key by its name is not said twice', () => {
    const Range = z
      .strictObject({ min: z.number(), max: z.number() })
      .refine(({ min, max }) => min < max, { path: ['max'], message: 'max must lie above min' });
    const source = readYaml('{min: 3, max: 1}', 'f.yaml').value;
    const { error } = Range.safeParse(source?.value);
    if (source === undefined || error === undefined) throw new Error('this must be refused');
    const [told] = schemaProblems({ error, schema: Range, source });
    expect(told).toMatchObject({ message: 'max must lie above min, found number 1', where: { column: 15 } });
  });

  test('a tab that YAML allows is no fault', () => {
    expect(readYaml('study:\ta\nvisits:\t[BL,\tM1]\t# x\n\n\t# y\n', 'f.yaml').problems).toEqual([]);
  });

  test('200,000 unknown keys are one finding, at the top and further down', () => {
    const keys = Array.from({ length: 200_000 }, (_, i) => `k${i}: 1`);
    expect(refused(`study: a\nvisits: [BL, M1]\n${keys.join('\n')}\n`)).toEqual([
      'study.yaml:10000:1: error study.unknown-key: 200,002 keys stand at the top, such as "k9997" (is this the right file?)',
    ]);
    expect(refused(`study: a\nvisits: [BL, M1]\nshape: { kind: all, ${keys.slice(0, 20_000).join(', ')} }\n`)).toEqual([
      expect.stringContaining('error study.unknown-key: 20,000 unknown keys, the first: "k0"'),
    ]);
  });

  test('a score of unknown keys is told one by one', () => {
    const keys = Array.from({ length: 20 }, (_, i) => `k${i}: 1`).join('\n');
    expect(refused(`study: a\nvisits: [BL, M1]\n${keys}\n`)).toHaveLength(20);
    expect(refused(`study: a\nvisits: [BL, M1]\n${keys}\nk20: 1\n`)).toHaveLength(1);
  });

  test('everything that is wrong is listed', () => {
    expect(refused('study: 1\nvisits: BL\nx: 1\n')).toHaveLength(3);
    expect(refused('a: [\nb: "\n').length).toBeGreaterThan(0);
  });
});

describe('YAML that would surprise', () => {
  const valueOfYaml = (text: string) => readYaml(text, 'f.yaml').value?.value;

  test('no, on and 012 keep their YAML 1.2 meaning', () => {
    expect(valueOfYaml('{a: no, b: on, c: 1e3}')).toEqual({ a: 'no', b: 'on', c: 1000 });
  });

  test('an alias bomb is stopped', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++) {
      const name = String.fromCharCode(97 + i);
      const earlier = `*${String.fromCharCode(96 + i)}`;
      bomb.push(`${name}: &${name} [${Array(10).fill(earlier).join(',')}]`);
    }
    expect(readYaml(bomb.join('\n'), 'f.yaml').problems.map(({ code }) => code)).toEqual(['input.yaml-alias']);
  });

  test('a second document and an unknown alias are errors', () => {
    expect(readYaml('a: 1\n---\nb: 2\n', 'f.yaml').problems.map(({ code }) => code)).toEqual(['input.yaml-syntax']);
    expect(readYaml('a: *nowhere\n', 'f.yaml').problems.map(({ where }) => where.line)).toEqual([1]);
  });

  test('places lead into lists, mappings and aliases', () => {
    const source = readYaml('a: &x\n  - k: 1\n    m: 2\nb: *x\n', 'f.yaml').value;
    expect(source?.at(['a', 0, 'm'])).toEqual({ file: 'f.yaml', line: 3, column: 8 });
    expect(source?.at(['a', 0, 'm'], 'key')).toEqual({ file: 'f.yaml', line: 3, column: 5 });
    expect(source?.at(['b', 0, 'k'])).toEqual({ file: 'f.yaml', line: 2, column: 8 });
    expect(source?.at(['a', 0, 'absent', 'deeper'])).toEqual({ file: 'f.yaml', line: 2, column: 5 });
  });
});
