import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');

/** Rooms that compute: no files, clock, environment, chance of their own, or threads. */
const pureRooms = [
  'scale',
  'statistics',
  'compensation',
  'template',
  'gating',
  'placement',
  'frequencies',
  'quality',
  'likeness',
  'foreign',
  'review',
  'runs',
];
const impure = /from '(?:node:(?!crypto)|piscina)|\bprocess\.|\bnew Date\b|\bDate\.now\b|\bMath\.random\b/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly fromRoom: string;
  readonly toRoom: string;
  readonly isThroughDoor: boolean;
}

/** The door of the package: it stands before the house, and takes from any floor what it shows to other programs. */
const packageDoor = 'src/index.ts';
const allFiles = [...sources('src'), ...sources('workers')];
const files = allFiles.filter((file) => file !== packageDoor);
const imports = files.flatMap(importsOf);

const rooms = readdirSync(join(repository, 'src')).filter((room) => !room.endsWith('.ts'));

describe('the house', () => {
  test('rooms stand on the floors of docs/architecture.md: each imports from those below, and stands no higher than it must', () => {
    const page = readFileSync(join(repository, 'docs', 'architecture.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (\d+) \| ([^|]+) \|$/gm)].map((row) => (row[2] ?? '').trim().split(/,\s*/));
    expect(rows).toEqual(floorsByImports());
    expect(imports.length).toBeGreaterThan(100);
  });

  test('a room is entered through its door only', () => {
    const past = imports.filter(({ fromRoom, toRoom, isThroughDoor }) => fromRoom !== toRoom && !isThroughDoor);
    expect(past.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('a door shows no name that no other room asks for', () => {
    const unasked = rooms
      .filter((room) => room !== 'cli')
      .flatMap((room) => {
        const asked = new Set(
          allFiles.filter((file) => roomOf(file) !== room).flatMap((file) => namesFrom(file, room)),
        );
        return namesOfDoor(room).flatMap((name) => (asked.has(name) ? [] : [`${room}: ${name}`]));
      });
    expect(unasked).toEqual([]);
  });

  test('the command line loads a room inside the action that needs it, and at its head none but problems', () => {
    const heads = files
      .filter((file) => roomOf(file) === 'cli')
      .flatMap((file) => {
        const text = readFileSync(join(repository, file), 'utf8');
        const taken = [...text.matchAll(/^import (?!type )[^;]*? from '\.[^']*\/(\w+)\/index\.ts';/gm)];
        return taken.flatMap(([, room = '']) => (room === 'problems' ? [] : [`${file}: ${room}`]));
      });
    expect(heads).toEqual([]);
  });

  test('the door of the package takes what it shows from the doors of rooms', () => {
    const through = importsOf(packageDoor);
    expect(through.length).toBeGreaterThan(3);
    expect(through.filter(({ isThroughDoor }) => !isThroughDoor).map(({ to }) => to)).toEqual([]);
  });

  test('no file is longer than 250 lines', () => {
    const lineCount = (file: string) => readFileSync(join(repository, file), 'utf8').split('\n').length - 1;
    expect(files.filter((file) => lineCount(file) > 250)).toEqual([]);
  });

  test('no file needs itself', () => {
    const needs = new Map(files.map((file) => [file, imports.filter((one) => one.from === file).map((one) => one.to)]));
    expect(circles(needs)).toEqual([]);
  });

  test('rooms that compute touch no file, clock, environment or thread', () => {
    const pure = files.filter((file) => pureRooms.includes(roomOf(file)));
    expect(pure.filter((file) => impure.test(withoutComments(file)))).toEqual([]);
    expect(pure.length).toBeGreaterThan(50);
  });

  test('every room has a door that says in three lines what comes in, what goes out, what it never does', () => {
    const silent = rooms.filter((room) => {
      if (room === 'cli') return false;
      const head = readFileSync(join(repository, 'src', room, 'index.ts'), 'utf8')
        .split('\n')
        .slice(0, 4)
        .join(' ');
      return !/^\/\/ In: .*Out: .*Never: /.test(head.replaceAll(' // ', ' '));
    });
    expect(silent).toEqual([]);
  });
});

/** What a file asks of the door of a room, at its head or when it runs. */
function namesFrom(file: string, room: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8');
  const asking = [
    ...text.matchAll(/import (?:type )?\{([^}]*)\} from '(\.[^']+)'/g),
    ...text.matchAll(/const \{([^}]*)\} = await import\('(\.[^']+)'\)/g),
    ...[...text.matchAll(/\(await import\('(\.[^']+)'\)\)\.(\w+)/g)].map(([all, path, name]) => [all, name, path]),
    ...text.matchAll(/export (?:type )?\{([^}]*)\} from '(\.[^']+)'/g),
  ];
  const door = `src/${room}/index.ts`;
  return asking.flatMap(([, names = '', path = '']) => {
    const target = relative(repository, resolve(repository, file, '..', path))
      .split(sep)
      .join('/');
    return target === door ? namesIn(names) : [];
  });
}

function namesOfDoor(room: string): string[] {
  const text = readFileSync(join(repository, 'src', room, 'index.ts'), 'utf8');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) => namesIn(names));
}

/** `type A, b as c` holds A and b. */
function namesIn(list: string): string[] {
  return list
    .split(',')
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(/ as |: /)[0] ?? '',
    )
    .filter((name) => name !== '');
}

function sources(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);
}

function importsOf(from: string): Import[] {
  const text = readFileSync(join(repository, from), 'utf8');
  const paths = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return paths.map((path) => {
    const to = relative(repository, resolve(repository, from, '..', path))
      .split(sep)
      .join('/');
    return {
      from,
      to,
      fromRoom: roomOf(from),
      toRoom: roomOf(to),
      isThroughDoor: /^(?:src\/[^/]+|samples)\/index\.ts$/.test(to),
    };
  });
}

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  // The drawn trial stands beside the house, and knows nothing of it but how a file is written.
  return top === 'workers' || top === 'samples' ? top : room;
}

/** Rooms from the ground up, by name: one floor above the highest that they import from. @throws on a circle of rooms */
function floorsByImports(): string[][] {
  const rooms = [...new Set(files.map(roomOf))].sort();
  const known = new Map<string, number>();
  const floorOf = (room: string, above: readonly string[]): number => {
    if (above.includes(room)) throw new Error(`rooms in a circle: ${[...above, room].join(' -> ')}`);
    const needs = new Set(
      imports.filter((one) => one.fromRoom === room && one.toRoom !== room).map((one) => one.toRoom),
    );
    const floor = known.get(room) ?? Math.max(-1, ...[...needs].map((one) => floorOf(one, [...above, room]))) + 1;
    known.set(room, floor);
    return floor;
  };
  const floors: string[][] = [];
  for (const room of rooms) {
    const floor = floorOf(room, []);
    floors[floor] = [...(floors[floor] ?? []), room];
  }
  return floors;
}

function withoutComments(file: string): string {
  return readFileSync(join(repository, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** Circles of imports, each as the file at which it was closed and the one it came from. */
function circles(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    for (const next of needs.get(file) ?? []) {
      if (state.get(next) === 'open') found.push(`${file} -> ${next}`);
      else if (!state.has(next)) visit(next);
    }
    state.set(file, 'done');
  };
  for (const file of needs.keys()) if (!state.has(file)) visit(file);
  return found;
}
