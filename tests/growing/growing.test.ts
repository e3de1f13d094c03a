import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Addition } from './addition.ts';
import { filesOfRow, rows } from './architecturePage.ts';
import { computing } from './computing.ts';
import { plateau } from './newcomersPage.ts';
import { scratchHouse } from './scratchHouse.ts';
import { walking } from './walking.ts';

const additions: readonly Addition[] = [...computing, plateau, ...walking];

/** Rows that are not true yet. Each is run and must fail: who mends the house or the page takes its line out here. */
describe('to add', () => {
  let house: ReturnType<typeof scratchHouse>;
  let found: ReadonlyMap<string, unknown>;
  const touched = new Map<string, readonly string[]>();

  // One copy and one build for all: none of them knows of another.
  beforeAll(() => {
    house = scratchHouse();
    for (const addition of additions) touched.set(addition.name, house.add(addition));
    house.build();
    found = house.use(new Map(additions.map(({ name, use }) => [name, use])));
  });
  afterAll(() => house?.remove());

  for (const { row, name, gives } of additions) {
    test(`${row} touches the files that docs/architecture.md names, and no other: ${name}`, () => {
      expect(touched.get(name)).toEqual(filesOfRow(row, name));
    });

    test(`${row} makes it work: ${name}`, () => expect(found.get(name)).toEqual(gives));
  }

  test('the example of CONTRIBUTING.md is in the style of the house', () => {
    expect(() => house.checkStyle(touched.get(plateau.name) ?? [])).not.toThrow();
  });

  test('anything that the page has a row for is tried here', () => {
    const tried = additions.map(({ row }) => row);
    expect([...rows.keys()].filter((row) => !tried.includes(row))).toEqual([]);
  });
});
