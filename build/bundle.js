import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

// What a command or a thread begins with becomes a few files instead of a thousand: Node spends most of a short command on
// finding and compiling modules. The built files of the rooms stay beside it for what imports them one by one; a build by
// tsc alone works the same, and starts later.

const root = fileURLToPath(new URL('..', import.meta.url));
const built = (path) => join(root, 'dist', path);

/** Libraries that look for files of their own beside themselves, are needed only by threads, or may be absent. */
const apart = ['piscina', 'proper-lockfile', 'write-file-atomic', 'h5wasm', '@resvg/resvg-js'];

/** The package of a module and its folder; undefined for our own. */
function packageOf(id) {
  const [folder, name] = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(id) ?? [];
  return name === undefined ? undefined : { folder, name: name.replace(sep, '/') };
}

/**
 * One chunk a library, named after it, so that what a command loads can be told; and one of the room that knows the version,
 * which is asked for without the walk.
 */
function chunkOf(id) {
  const name = packageOf(id)?.name;
  if (name !== undefined) return `npm.${name.replace('/', '+')}`;
  return id.includes(join('src', 'batch') + sep) ? 'batch' : null;
}

const packages = new Map();

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: apart },
  build: {
    ssr: true,
    target: 'node20',
    outDir: built(''),
    emptyOutDir: false,
    minify: false,
    rollupOptions: {
      input: {
        'src/index': built('src/index.js'),
        'src/cli/main': built('src/cli/main.js'),
        'workers/tube': built('workers/tube.js'),
      },
      output: {
        entryFileNames: '[name].js',
        // As deep as the rooms: they look for the package and the threads' file from where they are.
        chunkFileNames: 'src/chunks/[name].[hash].js',
        codeSplitting: {
          // A library that two others use is in the chunk of neither.
          includeDependenciesRecursively: false,
          groups: [{ name: chunkOf, debugName: 'libraries' }],
        },
      },
    },
  },
  plugins: [
    {
      name: 'packages-used',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          for (const id of Object.keys(chunk.modules ?? {})) {
            const found = packageOf(id);
            if (found !== undefined) packages.set(found.name, found.folder);
          }
        }
      },
    },
  ],
});

/** The licences of the libraries whose code is in the chunks. */
function licence([name, folder]) {
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (file === undefined && license === undefined) throw new Error(`${name} says nothing of its licence`);
  const text = file === undefined ? `${license}, ${author?.name ?? author ?? name}` : readFileSync(join(folder, file), 'utf8');
  return `${name}\n\n${text.trim()}\n`;
}

const texts = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(licence);
writeFileSync(built('src/chunks/LICENSES.txt'), texts.join(`\n${'-'.repeat(72)}\n\n`));
