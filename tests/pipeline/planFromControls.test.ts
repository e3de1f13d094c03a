import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plan } from '../../src/commands/index.ts';
import { printProblem } from '../../src/problems/index.ts';

// ln ratios of M12 over M9 of six patients: standard deviation s = .1788854, and s √(5 / χ²) with the quantiles of 5 degrees
// of freedom as scipy 1.17 has them: .1116617 and .4387369.
const logs = [0.1, -0.2, 0.3, -0.1, 0.15, 0.05];

const families = (extra: string) => `
families:
  - id: lineages
    question: equivalence
    comparison: M1-BL
    claim: joint
    margins: { ratio: [0.8, 1.25] }
    ${extra}
    endpoints: [{ population: T, measure: pct_parent }, { population: B, measure: pct_parent }]
`;

/** A study whose table holds control visits alone; of B the logarithms are halved. */
function study(extra: string, mOne = ''): { readonly path: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'controls-'));
  const path = join(folder, 'study.yaml');
  writeFileSync(path, `cytopair: 1\nstudy: s\nvisits: [BL, M1, M9, M12]\n${families(extra)}`);
  const rows = logs.flatMap((log, i) =>
    [1, 0.5].flatMap((part, p) =>
      [
        ['M9', 20],
        ['M12', 20 * Math.exp(log * part)],
      ].map(([visit, percent]) => `P${i + 1},${visit},${p === 0 ? 'T' : 'B'},${percent}`),
    ),
  );
  mkdirSync(join(folder, 'run'));
  writeFileSync(
    join(folder, 'run', 'frequencies.csv'),
    `subject,visit,population,pct_parent\n${rows.join('\n')}\n${mOne}`,
  );
  return { path, folder };
}

function planned(extra: string, mOne?: string) {
  const { path, folder } = study(extra, mOne);
  const how = { pairs: 8, counted: join(folder, 'run') };
  const { exit, problems, text } = plan(path, { ...how, json: true });
  const words = plan(path, { ...how, json: false }).text;
  const found = exit === 0 ? JSON.parse(text).scenarios[0].families[0].control_visits : undefined;
  return { exit, problems: problems.map(printProblem), words, found };
}

describe('plan with what control visits scatter by', () => {
  test('deviation and its interval are those of the closed form, endpoint by endpoint', () => {
    const { found } = planned('sd_from: [M9, M12]');
    expect(found).toMatchObject({ from: 'M9', to: 'M12' });
    const [t, b] = found.endpoints;
    expect(t).toMatchObject({ endpoint: 'T pct_parent', n: 6 });
    expect(t.sd).toBeCloseTo(0.1788854, 6);
    expect(t.interval[0]).toBeCloseTo(0.1116617, 6);
    expect(t.interval[1]).toBeCloseTo(0.4387369, 6);
    expect(b.sd).toBeCloseTo(0.1788854 / 2, 6);
  });

  test('the joint claim has the product of the powers at their own deviations, and asks for pairs that give 80 %', () => {
    const { found, words } = planned('sd_from: [M9, M12]');
    const [t, b] = found.endpoints;
    expect(found.joint.power).toBeCloseTo(t.power * b.power, 8);
    expect(found.joint.power).toBeLessThan(Math.min(t.power, b.power));
    expect(found.joint.pairs_for_power_80).toBeGreaterThanOrEqual(t.pairs_for_power_80);
    expect(words).toContain('as far as patients lie apart between the control visits M9 and M12');
    expect(words).toContain('sd of ln ratio 0.179 [0.112, 0.439] in 6 patients');
  });

  test('what was counted at the visits that are compared is not looked at', () => {
    const seen = ['P1,BL,T,20', 'P1,M1,T,90', 'P2,BL,T,20', 'P2,M1,T,1'].join('\n');
    expect(planned('sd_from: [M9, M12]', `${seen}\n`).found).toEqual(planned('sd_from: [M9, M12]').found);
  });

  test.each([
    ['sd_from: [M9, M24]', 'M24'],
    ['sd_from: [M9, M9]', 'sd_from names a visit twice'],
    ['', 'no family names control visits'],
  ])('%s is refused by name', (extra, words) => {
    const { exit, problems } = planned(extra);
    expect(exit).not.toBe(0);
    expect(problems.join('\n')).toContain(words);
  });

  test('an endpoint that nobody has at both visits has no deviation and no power', () => {
    const { found } = planned('sd_from: [BL, M9]');
    expect(found.endpoints[0]).toMatchObject({ n: 0, sd: null, interval: null, power: null });
    expect(found.joint).toBeNull();
  });
});
