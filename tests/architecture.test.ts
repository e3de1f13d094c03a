import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');

/** Floors from the ground up: a room imports from floors below it, through doors. docs/architecture.md shows the same. */
const floors: readonly (readonly string[])[] = [
  ['problems'],
  ['tables', 'scale', 'statistics'],
  ['fcs', 'compensation', 'analysis'],
  ['template'],
  ['gating'],
  ['placement'],
  ['study', 'tube'],
  ['likeness', 'frequencies', 'quality'],
  ['batch', 'report'],
  ['pipeline'],
  ['cli', 'workers'],
];

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
];
const impure = /from '(?:node:(?!crypto)|piscina)|\bprocess\.|\bnew Date\b|\bDate\.now\b|\bMath\.random\b/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly fromRoom: string;
  readonly toRoom: string;
  readonly isThroughDoor: boolean;
}

const files = [...sources('src'), ...sources('workers')];
const imports = files.flatMap(importsOf);

describe('the house', () => {
  test('a room imports only from floors below its own', () => {
    const wrong = imports.filter(({ fromRoom, toRoom }) => fromRoom !== toRoom && floorOf(toRoom) >= floorOf(fromRoom));
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  test('a room is entered through its door only', () => {
    const past = imports.filter(({ fromRoom, toRoom, isThroughDoor }) => fromRoom !== toRoom && !isThroughDoor);
    expect(past.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
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
    const rooms = readdirSync(join(repository, 'src'));
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

  test('the floors are those of docs/architecture.md', () => {
    const page = readFileSync(join(repository, 'docs', 'architecture.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (\d+) \| ([^|]+) \|$/gm)].map((row) => (row[2] ?? '').trim().split(/,\s*/));
    expect(rows).toEqual(floors);
  });

  test('every room stands on a floor', () => {
    expect(readdirSync(join(repository, 'src')).filter((room) => floorOf(room) < 0)).toEqual([]);
  });
});

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
    return { from, to, fromRoom: roomOf(from), toRoom: roomOf(to), isThroughDoor: /^src\/[^/]+\/index\.ts$/.test(to) };
  });
}

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'workers' ? top : room;
}

function floorOf(room: string): number {
  return floors.findIndex((floor) => floor.includes(room));
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
