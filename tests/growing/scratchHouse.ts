import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Addition } from './addition.ts';

export const repository = join(import.meta.dirname, '..', '..');
const parts = [
  'samples',
  'src',
  'workers',
  'gating-templates',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'biome.json',
];

/** A copy of the house in a folder of its own. */
export function scratchHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-growing-'));
  // Cohorts that somebody drew are no part of the house.
  const filter = (from: string): boolean => from !== join(repository, 'samples', 'out');
  for (const part of parts) cpSync(join(repository, part), join(folder, part), { recursive: true, filter });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  let before = textsOf(folder);
  return {
    /** @returns the files that are not as they were, ascending */
    add(addition: Addition): string[] {
      const last = before;
      write(folder, addition);
      const after = textsOf(folder);
      before = after;
      return [...after.keys()].filter((file) => after.get(file) !== last.get(file)).sort();
    },
    build(): void {
      const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
      const wishes = ['-p', 'tsconfig.build.json', '--declaration', 'false', '--sourceMap', 'false'];
      said(folder, [tsc, ...wishes]);
    },
    /** Fails with what biome says of some files. */
    checkStyle(files: readonly string[]): void {
      said(folder, [join(repository, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', ...files]);
    },
    /** Name -> what the module of that name found, which stands in the folder of the built rooms. */
    use(modules: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> {
      const folderOfUse = join(folder, 'dist', 'src');
      for (const [name, module] of modules) writeFileSync(join(folderOfUse, `use-${name}.js`), module);
      writeFileSync(join(folderOfUse, 'use.js'), runner([...modules.keys()]));
      return new Map(Object.entries(JSON.parse(said(folder, [join(folderOfUse, 'use.js')]))));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function write(folder: string, { file, text, lines, owed = {} }: Addition): void {
  if (existsSync(join(folder, file))) throw new Error(`${file} is there already`);
  if (!existsSync(dirname(join(folder, file)))) throw new Error(`there is no folder for ${file}`);
  writeFileSync(join(folder, file), text);
  for (const [grown, gains] of Object.entries(lines)) {
    for (const { behind, put } of gains) {
      const times = putBehind(join(folder, grown), behind, put);
      if (times !== 1) throw new Error(`"${behind}" stands ${times} times in ${grown}`);
    }
  }
  for (const [grown, gains] of Object.entries(owed)) {
    for (const { behind, put } of gains) putBehind(join(folder, grown), behind, put);
  }
}

/** @returns how often the text stands there; where it is not once, nothing is put in */
function putBehind(path: string, behind: string, put: string): number {
  const pieces = readFileSync(path, 'utf8').split(behind);
  if (pieces.length === 2) writeFileSync(path, pieces.join(behind + put));
  return pieces.length - 1;
}

/** One process for all of them; the error of one is its answer and no other's. */
function runner(names: readonly string[]): string {
  return `const found = {};
for (const name of ${JSON.stringify(names)}) {
  found[name] = await import('./use-' + name + '.js').then((module) => module.found, (error) => String(error.stack));
}
console.log(JSON.stringify(found));`;
}

/** Path -> text of every file of the copy but node_modules, which is a link and is not followed. */
function textsOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [relative(folder, file).replaceAll(sep, '/'), readFileSync(file, 'utf8')];
    }),
  );
}

/** What node prints; where it fails, what it said is the error. */
function said(folder: string, words: readonly string[]): string {
  try {
    return execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}`, { cause: error });
  }
}
