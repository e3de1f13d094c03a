import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { shippedTemplates } from '../../src/study/tools.ts';

const folder = join(import.meta.dirname, '..', '..', 'gating-templates');

const Fallback = z.looseObject({
  at: z.number().optional(),
  end: z.number().optional(),
  of: z.enum(['kept', 'dropped']).optional(),
  beyond: z.string().optional(),
  under: z.string().optional(),
});
const Cut = z.looseObject({
  marker: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  fallback: z.union([z.string(), Fallback]).optional(),
  stands_in: z.string().optional(),
  k: z.number().optional(),
  keep: z.unknown().optional(),
});
const Gate = Cut.extend({ method: z.string(), cuts: z.array(Cut).default([]) });
const File = z.looseObject({ populations: z.array(z.looseObject({ name: z.string(), gate: Gate })) });

/** What a page must say of a cut: where it is looked for, and where it stands without a valley. */
function phrasesOf(cut: z.infer<typeof Cut>): string[] {
  const { range, fallback, stands_in: standsIn, k } = cut;
  const given = typeof fallback === 'object' ? fallback : {};
  return [
    ...(range === undefined ? [] : [`u ${range[0]}–${range[1]}`]),
    ...(given.at === undefined ? [] : [`u ${given.at}`]),
    ...(given.end === undefined ? [] : [`mode ${of(cut, given)} ${given.end}`]),
    ...(standsIn === undefined ? [] : ['stands in']),
    ...(k === undefined ? [] : [`k: ${k}`]),
  ];
}

/** The end of what is kept lies below it where the upper side is kept; that of cells without the marker above them. */
function of({ keep }: z.infer<typeof Cut>, { of: whose, beyond, under }: z.infer<typeof Fallback>): string {
  if (beyond !== undefined) return '+';
  if (under !== undefined) return '−';
  return (keep === 'above') === (whose !== 'dropped') ? '−' : '+';
}

describe('the page of a shipped template', () => {
  it.each(shippedTemplates())('%s gives the reasons of every population, with the numbers of its file', (name) => {
    const page = readFileSync(join(folder, `${name}.md`), 'utf8');
    const { populations } = File.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
    expect(populations.length).toBeGreaterThan(0);
    for (const { name: population, gate } of populations) {
      const isNamed = [`**${population}.`, `**${population},`, `, ${population}.**`, `\`${population}\``];
      expect(
        isNamed.some((form) => page.includes(form)),
        population,
      ).toBe(true);
      for (const phrase of [gate, ...gate.cuts].flatMap(phrasesOf)) expect(page, population).toContain(phrase);
    }
  });
});
