import { describe, expect, test } from 'vitest';
import { readFlowjo, readGatingMl } from '../../src/foreign/index.ts';

const gatingMl = 'xmlns="http://www.isac-net.org/std/Gating-ML/v2.0/gating"';
const text = (xml: string): Uint8Array => new TextEncoder().encode(xml);

/** The parser takes a million characters in 20 ms: who is refused before two million costs no second. */
const MOST_LOOKED_AT = 2_000_000;

/** How far into the bytes a reader looks. */
function lookedAt(bytes: Uint8Array, read: (bytes: Uint8Array) => void): number {
  let farthest = 0;
  const own = bytes.subarray();
  Object.defineProperty(own, 'subarray', {
    value(from: number, to: number) {
      farthest = Math.max(farthest, Math.min(to, bytes.length));
      return bytes.subarray(from, to);
    },
  });
  read(own);
  return farthest;
}

describe('hostile documents are refused before they cost time', () => {
  const huge = Buffer.alloc(100_000_000, 0x61);
  const cases: readonly (readonly [what: string, bytes: () => Uint8Array, says: RegExp])[] = [
    [
      'a billion laughs',
      () => text('<!DOCTYPE Gating-ML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Gating-ML>&b;</Gating-ML>'),
      /entities or outside parts/,
    ],
    ['an external entity', () => text('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), /entities or outside parts/],
    ['an entity that nobody defined', () => text(`<Gating-ML ${gatingMl}>&passwd;</Gating-ML>`), /no sound XML/],
    ['50 000 levels', () => text('<a>'.repeat(50_000)), /nested more than 256 deep/],
    ['50 000 levels with namespaces', () => text('<g:a xmlns:g="x">'.repeat(50_000)), /nested more than 256 deep/],
    ['an attribute of 100 MB', () => Buffer.concat([text('<a b="'), huge, text('"/>')]), /longer than/],
    ['a text of 100 MB', () => Buffer.concat([text('<a>'), huge, text('</a>')]), /longer than/],
    ['a comment of 100 MB', () => Buffer.concat([text('<a><!--'), huge, text('--></a>')]), /longer than/],
    ['a name of 100 MB', () => Buffer.concat([text('<'), huge, text('/>')]), /longer than/],
    ['a document type of 100 MB', () => Buffer.concat([text('<!DOCTYPE '), huge, text('><a/>')]), /longer than/],
    [
      'a million attributes',
      () => text(`<a ${Array.from({ length: 1_000_000 }, (_, i) => `b${i}=""`).join(' ')}/>`),
      /longer than/,
    ],
    ['a file that ends in its middle', () => text(`<Gating-ML ${gatingMl}><RectangleGate`), /no sound XML/],
    ['nothing', () => new Uint8Array(), /no sound XML/],
    ['a picture', () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), /no sound XML/],
  ];

  test.each(cases)('%s', (_what, make, says) => {
    const bytes = make();
    for (const read of [readGatingMl, readFlowjo]) {
      let found: ReturnType<typeof read> | undefined;
      const farthest = lookedAt(bytes, (own) => {
        found = read(own, 'gates.xml');
      });
      expect(found?.value).toBeUndefined();
      expect(found?.problems.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
      expect(farthest).toBeLessThan(MOST_LOOKED_AT);
    }
  });

  test('a document type alone is no reason to refuse a workspace', () => {
    const { value, problems } = readFlowjo(text('<!DOCTYPE Workspace><Workspace flowJoVersion="9.3.1"/>'), 'a.xml');
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ program: 'FlowJo 9.3.1', samples: [] });
  });

  test('gates that name each other in a circle, names that are not there, and a double id cost only themselves', () => {
    const boolean = (id: string, ref: string) =>
      `<BooleanGate id="${id}"><not><gateReference ref="${ref}"/></not></BooleanGate>`;
    const rectangle = (id: string, parent = '') =>
      `<RectangleGate id="${id}"${parent}><dimension compensation-ref="uncompensated" min="1"><fcs-dimension name="A"/></dimension></RectangleGate>`;
    const xml = `<Gating-ML ${gatingMl}>${boolean('a', 'b')}${boolean('b', 'a')}${boolean('c', 'nobody')}${rectangle('d')}${rectangle(
      'd',
    )}${rectangle('e', ' parent_id="d"')}${rectangle('f')}${boolean('g', 'f')}${boolean('h', 'h')}</Gating-ML>`;
    const { value, problems } = readGatingMl(text(xml), 'gates.xml');
    expect(value?.samples[0]?.populations.map(({ id }) => id)).toEqual(['f', 'g']);
    const said = problems.map(({ message }) => message).join('\n');
    for (const id of ['a', 'b', 'c', 'd', 'e', 'h']) expect(said).toContain(`"${id}"`);
  });
});
