import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareTubes } from '../../src/likeness/index.ts';
import { unsheeted } from '../../src/likeness/tools.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { readTemplateFile } from '../../src/study/index.ts';
import { lookAtTube } from '../../src/tube/index.ts';
import { cytopair } from '../cli/cytopair.ts';
import { hasTruth, truthPath } from '../truth.ts';

const template = join(import.meta.dirname, '..', 'agreement', 'activation', 'template.yaml');
const out = mkdtempSync(join(tmpdir(), 'real-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe.skipIf(!hasTruth)('files of others', () => {
  it('of one experiment, mice of several groups, have no finding side by side', () => {
    const { value } = readTemplateFile(template, placementRegistry);
    if (value === undefined) throw new Error('the template cannot be read');
    const names = readdirSync(truthPath('activation')).filter((name) => /^Activation_\d+\.fcs$/.test(name));
    const tubes = names.flatMap((name) => {
      const file = {
        sampleId: basename(name, '.fcs'),
        path: truthPath('activation', name),
        displayPath: name,
        reading: {},
      };
      const look = lookAtTube(file, value.template).value;
      return look === undefined ? [] : [{ ...unsheeted, sampleId: file.sampleId, look }];
    });
    expect(tubes).toHaveLength(8);
    expect(compareTubes(tubes).findings.map((one) => one.words)).toEqual([]);
  });

  it('of another instrument give the counts that they give in one unit, and a warning that names both ranges', async () => {
    const ended = await cytopair([
      'run',
      truthPath('cases', 'mixed-ranges', 'study.yaml'),
      '--threads',
      '0',
      '--out',
      join(out, 'a'),
    ]);
    await cytopair([
      'run',
      truthPath('cases', 'mixed-ranges', 'control', 'study.yaml'),
      '--threads',
      '0',
      '--out',
      join(out, 'b'),
    ]);
    const [mixed, control] = ['a', 'b'].map((name) => readFileSync(join(out, name, 'frequencies.csv'), 'utf8'));
    // The tubes of the other instrument carry a flag; their counts are the same.
    expect(mixed?.replaceAll(/;?\bunlike$/gm, '')).toBe(control);
    expect(mixed?.split('\n').length).toBeGreaterThan(12);
    expect(ended.stderr).toMatch(
      /study\.unlike-range: \$PnR is 1048576, and 262144 in the other 6 tubes.*the same in 5 more/,
    );
    expect(ended.exit).toBe(0);
  });

  it('that stand in two rows are an error that names both, once', async () => {
    const { stdout, stderr, exit } = await cytopair(['check', truthPath('cases', 'same-tube-twice', 'study.yaml')]);
    expect(stdout).toContain('10 of 12 tubes alike; P02_BL and P02_M1: the same file');
    expect(stderr.match(/error study\.same-events: "P02_BL" and "P02_M1" are the same file/g)).toHaveLength(1);
    expect(stderr).toMatch(/1 of 6 pairs of comparison "c" is lost: P02_BL \(study\.same-events\) and P02_M1/);
    expect(exit).toBe(3);
  });
});
