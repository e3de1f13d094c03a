import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Another Python than that of the path is named by CYTOPAIR_PYTHON. */
const python = process.env.CYTOPAIR_PYTHON ?? 'python3';

/** Whether these packages are there; where not, the test that asks is skipped, and the reason printed. */
export function hasPackages(...names: readonly string[]): boolean {
  const asked = spawnSync(python, ['-c', names.map((name) => `import ${name}`).join('\n')], { encoding: 'utf8' });
  if (asked.status === 0) return true;
  console.log(`skipped: ${python} has no ${names.join(', ')} (set CYTOPAIR_PYTHON to a Python that has)`);
  return false;
}

/** What a script beside this file prints as JSON. */
export function ask(script: string, ...words: readonly string[]): unknown {
  return JSON.parse(execFileSync(python, [join(import.meta.dirname, script), ...words], { encoding: 'utf8' }));
}
