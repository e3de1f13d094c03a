import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agreementDefinitions } from './agreementDefinitions.ts';
import { compareWith, VectorFile } from './compareVector.ts';
import { definitions } from './vectorDefinitions.ts';
import { modelDefinitions } from './vectorModels.ts';

const script = join(import.meta.dirname, 'vectors', 'stat_vectors.R');
const packages = 'stats coin exactRankTests lme4 lmerTest pbkrtest multtest epiR nlme'.split(' ');

/** Why R cannot be asked here; empty where it can. */
function absence(): string {
  const check = `quit(status = as.integer(!all(sapply(c(${packages.map((name) => `'${name}'`)}), requireNamespace, quietly = TRUE))))`;
  const found = spawnSync('Rscript', ['-e', check], { encoding: 'utf8' });
  if (found.error) return 'no Rscript on the path';
  return found.status === 0 ? '' : `R lacks one of ${packages.join(', ')}`;
}

const reason = absence();
if (reason !== '') console.log(`skipped: ${reason}`);

describe.skipIf(reason !== '')(`R itself, asked live${reason === '' ? '' : ` (skipped: ${reason})`}`, () => {
  test('gives the definitions that this program meets', { timeout: 300_000 }, () => {
    const answer = spawnSync('Rscript', [script], { encoding: 'utf8', maxBuffer: 1 << 26 });
    expect(answer.stderr).toContain('83 vectors');
    const { vectors } = VectorFile.parse(JSON.parse(answer.stdout));
    const ours = { ...definitions, ...modelDefinitions, ...agreementDefinitions };
    let compared = 0;
    for (const vector of vectors) {
      const definition = ours[vector.id];
      if (!definition) continue;
      const { count, differences } = compareWith(vector.result, definition(vector.input), vector);
      expect(differences).toEqual([]);
      compared += count;
    }
    expect(compared).toBeGreaterThanOrEqual(700);
  });
});
