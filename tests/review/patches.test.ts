import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry } from '../../src/gating/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { applyOverrides, type Patch, readOverrides, reviewCodes, writeOverrides } from '../../src/review/index.ts';
import { replacesOf, shiftOf, smallBook, smallTubes, written } from './smallBook.ts';

const book = smallBook();

function apply(...patches: readonly Patch[]) {
  return applyOverrides(
    book,
    patches.map((patch, i) => written(patch, 1 + 10 * i)),
    smallTubes,
  );
}

function geometryOf(applied: ReturnType<typeof apply>, sampleId: string, population = 'NK'): Geometry {
  const gate = applied.value!.book.gates.find((one) => one.population === population);
  return gate!.tubes.find((tube) => tube.sample_id === sampleId)!.geometry;
}

describe('patches of a book', () => {
  test('a shift by -0.5 u moves the cut of that tube alone, in u and in linear units, and says who, when and why', () => {
    const applied = apply(shiftOf(book));
    expect(geometryOf(applied, 'A_BL')).toMatchObject({
      dims: [{ min: 1.5, min_raw: 150 * Math.sinh(1.5), max: null }],
    });
    expect(geometryOf(applied, 'A_M1')).toEqual(geometryOf(apply(), 'A_M1'));
    const [gate, below] = applied.value!.book.gates;
    expect(below).toEqual(book.gates[1]);
    expect(gate!.tubes[0]!.flags).toEqual(['moved_by_hand']);
    expect(gate!.tubes[0]!.override).toMatchObject([
      {
        action: 'shift',
        axis: 'CD56',
        by: -0.5,
        frame: 'u',
        author: 'AB',
        date: '2026-11-29',
        reason: 'valley missed',
      },
    ]);
  });

  test('the scope of a patch adds the tubes of the subject, of the batch, or all', () => {
    const movedIn = (scope: 'tube' | 'subject' | 'batch' | 'all') =>
      apply(shiftOf(book, { scope })).value!.moved.map((one) => one.sampleId);
    expect(movedIn('tube')).toEqual(['A_BL']);
    expect(movedIn('subject')).toEqual(['A_BL', 'A_M1']);
    expect(movedIn('batch')).toEqual(['A_BL', 'B_BL']);
    expect(movedIn('all')).toEqual(['A_BL', 'A_M1', 'B_BL']);
  });

  test('a border across a ridge moves along it only; in linear units it cannot be moved', () => {
    const ridge = { population: 'NK/Ridge', axis: 'border', replaces: replacesOf(book, 'NK/Ridge', 'A_BL') };
    expect(geometryOf(apply(shiftOf(book, { ...ridge, by: 0.2 })), 'A_BL', 'NK/Ridge')).toMatchObject({ from: 0.7 });
    const raw = apply(shiftOf(book, { ...ridge, frame: 'raw' }));
    expect(raw.problems.map(printProblem)).toEqual([expect.stringContaining('review.impossible')]);
    const across = apply(shiftOf(book, { ...ridge, axis: 'CD24' }));
    expect(across.problems[0]?.message).toBe('the gate has no "CD24" that can be moved in u; it has "border"');
  });

  test('a gate drawn anew gets its channel and its linear edges; an excluded one has no place', () => {
    const { axis: _axis, by: _by, frame: _frame, ...whole } = shiftOf(book) as Extract<Patch, { action: 'shift' }>;
    const drawn: Patch = {
      ...whole,
      action: 'geometry',
      geometry: { kind: 'interval', dims: [{ marker: 'CD56', frame: 'u', min: 1, max: 3 }] },
    };
    expect(geometryOf(apply(drawn), 'A_BL')).toMatchObject({
      dims: [{ channel: 'CD56-A', min_raw: 150 * Math.sinh(1), max_raw: 150 * Math.sinh(3) }],
    });
    const out = apply({ ...whole, action: 'exclude' });
    expect(geometryOf(out, 'A_BL')).toEqual({ kind: 'none' });
    expect(out.value!.book.gates[0]!.tubes[0]!.flags).toEqual(['excluded_by_hand']);
  });

  test('an accepted gate is looked at and not moved: the book stays the same', () => {
    const {
      axis: _axis,
      by: _by,
      frame: _frame,
      scope: _scope,
      reason: _reason,
      ...whole
    } = shiftOf(book) as Extract<Patch, { action: 'shift' }>;
    const applied = apply({ ...whole, action: 'accept' });
    expect(applied.value!.book).toEqual(book);
    expect(applied.value!.moved).toEqual([]);
    expect(applied.value!.looked).toEqual([{ sampleId: 'A_BL', population: 'NK', author: 'AB' }]);
  });

  test('stale, unknown and contradicting patches are refused at once, each with its line', () => {
    const refused = apply(
      shiftOf(book),
      shiftOf(book, { tube: 'T-aaaaab' }),
      shiftOf(book, { tube: 'T-bbbbbb' }),
      shiftOf(book, { population: 'NKK' }),
      shiftOf(book, { by: -0.4 }),
    );
    expect(refused.value).toBeUndefined();
    expect(refused.problems.map(printProblem)).toEqual(
      [
        'overrides.yaml:11:3: error review.unknown-tube: no tube of this study is called "T-aaaaab" (did you mean "T-aaaaaa"?)',
        expect.stringContaining(
          'overrides.yaml:21:3: error review.stale: the gate of "NK" in tube "T-bbbbbb" was placed anew',
        ),
        expect.stringContaining(
          'overrides.yaml:31:3: error review.unknown-population: the template of tube "T-aaaaaa" has no',
        ),
        expect.stringContaining(
          'overrides.yaml:41:3: error review.conflict: the patch on line 1 changes the same gate',
        ),
      ].slice(0, 4),
    );
  });

  test('the hash of a patch stays good after the book was moved: it names the entry as placed', () => {
    const moved = apply(shiftOf(book)).value!.book;
    expect(replacesOf(moved, 'NK/Ridge', 'A_BL')).toBe(replacesOf(book, 'NK/Ridge', 'A_BL'));
  });

  test('a shift and its opposite give the book back, to the last digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (by) => {
        const there = apply(shiftOf(book, { by })).value!.moved[0]!;
        const back = apply(shiftOf(book, { by: -by })).value!.moved[0]!;
        const placed = book.gates[0]!.tubes[0]!.geometry;
        const again = back.change(there.change(placed)!)!;
        if (again.kind !== 'interval' || placed.kind !== 'interval') throw new Error('an interval stays one');
        expect(again.dims[0].min_raw).toBeCloseTo(placed.dims[0].min_raw!, 8);
      }),
    );
  });
});

describe('overrides.yaml', () => {
  test('what is written is read as the same patches, with their lines', () => {
    const { axis: _axis, by: _by, frame: _frame, ...whole } = shiftOf(book) as Extract<Patch, { action: 'shift' }>;
    const patches: Patch[] = [
      shiftOf(book),
      { ...whole, action: 'exclude', reason: 'debris: in gate # "quoted"\nand more' },
      {
        ...whole,
        action: 'geometry',
        geometry: {
          kind: 'strip',
          dims: [
            { marker: 'a', frame: 'u' },
            { marker: 'b', frame: 'u' },
          ],
          origin: [0, 0],
          direction: [1, 0],
          from: 1,
          half_width: 2,
        },
      },
    ];
    const read = readOverrides(writeOverrides(patches));
    expect(read.problems).toEqual([]);
    expect(read.value!.map(({ patch }) => patch)).toEqual(patches);
    expect(read.value!.map(({ where }) => where.line)).toEqual([1, 12, 20]);
    expect(readOverrides(writeOverrides([])).value).toEqual([]);
    expect(readOverrides('').value).toEqual([]);
  });

  test('a patch without a reason, with a wrong word or an unknown key is refused with its line', () => {
    const text = writeOverrides([shiftOf(book)]).replace('"subject"', '"tube"');
    const without = text.replace(/ {2}reason: .*\n/, '').replace('"u"', '"scale"');
    const { value, problems } = readOverrides(`${without}  extra: 1\n`);
    expect(value).toBeUndefined();
    expect(problems.map(printProblem)).toEqual([
      expect.stringContaining('must be one of u, raw, found "scale"'),
      expect.stringContaining('key "reason" is missing'),
      expect.stringContaining('"extra"'),
    ]);
    expect(readOverrides('tube: x').problems[0]?.code).toBe('review.not-patches');
  });
});

test('codes of tubes are six digits of their file, more where two would be alike, numbered where files are the same', () => {
  const codes = reviewCodes(
    new Map([
      ['a', `abcdef1${'0'.repeat(57)}`],
      ['b', `abcdef2${'0'.repeat(57)}`],
      ['c', '9'.repeat(64)],
      ['d', '9'.repeat(64)],
    ]),
  );
  expect([...codes]).toEqual([
    ['a', 'T-abcdef1'],
    ['b', 'T-abcdef2'],
    ['c', 'T-999999.1'],
    ['d', 'T-999999.2'],
  ]);
});
