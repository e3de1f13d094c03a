import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countForeign, importText, readFlowjo, readGatingMl, toTemplates } from '../../src/foreign/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { floatTube } from './floatTube.ts';
import { workspaceBytes } from './workspaces.ts';

const wholes = hasTruth
  ? [
      { read: readGatingMl, text: readFileSync(truthPath('gatingml', 'v2', 'gates1.xml'), 'utf8') },
      { read: readFlowjo, text: workspaceBytes('spleen/gating.wsp').toString('utf8') },
      { read: readFlowjo, text: workspaceBytes('simple_line/single_ellipse_51_events.wsp').toString('utf8') },
      { read: readFlowjo, text: workspaceBytes('mac/subset-parsing.xml.gz').toString('latin1') },
    ]
  : [];

const values = ['', '0', '-1', '1e400', 'NaN', 'abc', '-5', '0.5', 'Time', '/', '&amp;', 'x'.repeat(200)];

/** A few attribute values of a document replaced, and perhaps an element cut out. */
const damage = fc.record({
  whole: fc.nat(),
  places: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.constantFrom(...values) }), {
    minLength: 1,
    maxLength: 6,
  }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

function damaged(
  text: string,
  places: readonly { readonly at: number; readonly value: string }[],
  cut: number | null,
): string {
  const found = [...text.matchAll(/="([^"]*)"/g)];
  const chosen = places.map(({ at, value }) => ({
    match: found[Math.min(found.length - 1, Math.floor(at * found.length))]!,
    value,
  }));
  const ordered = chosen.sort((a, b) => b.match.index - a.match.index);
  const changed = ordered.reduce(
    (whole, { match, value }) =>
      `${whole.slice(0, match.index)}="${value}"${whole.slice(match.index + match[0].length)}`,
    text,
  );
  if (cut === null) return changed;
  const elements = [...changed.matchAll(/<[\w:-]+[^>]*\/>/g)];
  const gone = elements[Math.min(elements.length - 1, Math.floor(cut * elements.length))];
  return gone === undefined ? changed : changed.slice(0, gone.index) + changed.slice(gone.index + gone[0].length);
}

/** A tube of a few events that has every channel that is asked for. */
const tube = floatTube(
  Object.fromEntries(
    ['FSC-A', 'FSC-H', 'SSC-A', 'FL1-H', 'FL2-H', 'FL3-H', 'Time', 'channel_A', 'channel_B'].map((name) => {
      return [name, [-100, 0, 1, 5000, 300000]];
    }),
  ),
);

describe.skipIf(!hasTruth)('damaged documents', () => {
  test('are read as far as they go or refused, counted or not, but never end the program', () => {
    fc.assert(
      fc.property(damage, ({ whole, places, cut }) => {
        const { read, text } = wholes[whole % wholes.length]!;
        const { value, problems } = read(new TextEncoder().encode(damaged(text, places, cut)), 'gates');
        expect(value !== undefined || problems.some(({ severity }) => severity === 'error')).toBe(true);
        for (const sample of value?.samples ?? []) {
          for (const rules of ['exact', 'flowjo'] as const) {
            const wishes = { sampleId: 'a', file: 'a.fcs', membership: true, rules };
            const { counts } = countForeign(value!, sample, tube, wishes);
            expect(counts.populations.length).toBe(sample.populations.length + 1);
            expect(counts.populations.every(({ count }) => count === null || (count >= 0 && count <= 5))).toBe(true);
          }
          const made = toTemplates(value!, sample, () => ({ template: 'a', matrixFile: 'a.csv' }));
          expect(made.map(({ text }) => text).join('')).not.toContain('NaN');
        }
        if (value !== undefined) importText(value, problems);
      }),
      { numRuns: 150 },
    );
  });
});
