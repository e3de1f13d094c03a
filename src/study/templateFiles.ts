import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Problem, problem, type Reading, type Where, withoutFolder } from '../problems/index.ts';
import { decodeText, notText, onDisk } from '../tables/index.ts';
import { readTemplate, type Template, type TemplateRegistry, type TemplateSource } from '../template/index.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readMatrixFile } from './readMatrixFile.ts';
import type { StudyInput } from './study.ts';
import { displayPath } from './tubeFiles.ts';

const shippedPrefix = 'shipped:';

/** A template with every file that it rests on. */
export interface LoadedTemplate {
  readonly template: Template;
  readonly inputs: readonly StudyInput[];
}

/** Names of the templates that come with the package. */
export function shippedTemplates(): string[] {
  const folder = shippedFolder();
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Absolute path of a template that comes with the package; undefined where there is none of that name. */
export function shippedTemplate(name: string): string | undefined {
  return shippedTemplates().includes(name) ? join(shippedFolder(), `${name}.yaml`) : undefined;
}

/**
 * The template of a path (relative to the working directory) or of `shipped:NAME`, with its hashable inputs.
 * A matrix that it names is found beside the file that names it, and read once.
 */
export function readTemplateFile(reference: string, registry: TemplateRegistry): Reading<LoadedTemplate> {
  return loadTemplate(reference, { folder: process.cwd(), registry, where: {} });
}

/** Where a template is named, and how its files are called. */
interface TemplateRequest {
  /** Paths are relative to it, and shown so. */
  readonly folder: string;
  readonly registry: TemplateRegistry;
  /** The place that names the template; empty on the command line. */
  readonly where: Where;
}

export function loadTemplate(reference: string, { folder, registry, where }: TemplateRequest): Reading<LoadedTemplate> {
  const problems: Problem[] = [];
  const files = fileSet(folder);
  const path = pathOf(reference, folder);
  const shown = reference.startsWith(shippedPrefix) ? reference : displayPath(folder, resolve(folder, reference));
  if (path === undefined) return { value: undefined, problems: [noSuchTemplate(reference, { file: shown, ...where })] };
  const bytes = readFileOrSay(path, shown, { file: shown, ...where }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const foreign = notText(bytes, shown, 'template', 'YAML');
  if (foreign !== undefined) return { value: undefined, problems: [{ ...foreign, where: { file: shown, ...where } }] };
  const read = readTemplate(files.add(reference, path, bytes), registry, (base, fromFile) => {
    const basePath = pathOf(base, files.folderOf(fromFile));
    const isThere = basePath !== undefined && statSync(basePath, { throwIfNoEntry: false })?.isFile();
    return basePath !== undefined && isThere ? files.add(base, basePath, readFileSync(basePath)) : undefined;
  });
  problems.push(...read.problems);
  if (read.value === undefined) return { value: undefined, problems };
  const template = withMatrix(read.value, files, problems);
  return { value: template && { template, inputs: files.inputs }, problems };
}

function pathOf(reference: string, folder: string): string | undefined {
  if (reference.startsWith(shippedPrefix)) return shippedTemplate(reference.slice(shippedPrefix.length));
  return onDisk(resolve(folder, reference)).path;
}

function noSuchTemplate(reference: string, where: Where): Problem {
  const hint = `shipped templates: ${shippedTemplates().join(', ') || 'none'}`;
  return problem('error', 'input.not-found', `there is no template "${withoutFolder(reference)}"`, where, hint);
}

/** The files of one template, each under the one name by which messages and the record call it. */
function fileSet(folder: string) {
  const pathOfName = new Map<string, string>();
  const inputs: StudyInput[] = [];
  const nameOf = (reference: string, path: string): string => {
    if (reference.startsWith(shippedPrefix)) return reference;
    const short = displayPath(folder, path);
    const taken = pathOfName.get(short);
    // Two files outside the folder may have the same base name.
    return taken === undefined || taken === path ? short : `${basename(dirname(path))}/${basename(path)}`;
  };
  const add = (reference: string, path: string, bytes: Uint8Array): TemplateSource => {
    const file = nameOf(reference, path);
    if (!pathOfName.has(file)) inputs.push({ role: 'template', displayPath: file, bytes });
    pathOfName.set(file, path);
    return { file, text: decodeText(bytes).text };
  };
  const folderOf = (file: string): string => dirname(pathOfName.get(file) ?? join(folder, file));
  const matrixName = (path: string): string => displayPath(folder, path);
  const addMatrix = (path: string, bytes: Uint8Array): void => {
    inputs.push({ role: 'spillover', displayPath: matrixName(path), bytes });
  };
  return { add, addMatrix, matrixName, folderOf, inputs };
}

function withMatrix(template: Template, files: ReturnType<typeof fileSet>, problems: Problem[]): Template | undefined {
  const { compensation } = template;
  if (compensation.kind !== 'named') return template;
  const { where, path: named, apply } = compensation;
  const { path } = onDisk(resolve(files.folderOf(where.file ?? ''), named));
  const read = readMatrixFile({ path, named, shown: files.matrixName(path), apply, where }, problems);
  if (read === undefined) return undefined;
  files.addMatrix(path, read.bytes);
  return { ...template, compensation: { kind: 'matrix', apply, matrix: read.matrix } };
}

/** The package lies above this file, whether it runs from its sources or from the built folder. */
function shippedFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && /"name":\s*"cytopair"/.test(readFileSync(manifest, 'utf8'))) break;
    if (dirname(folder) === folder) throw new Error('the package of cytopair was not found above its own modules');
    folder = dirname(folder);
  }
  return join(folder, 'gating-templates');
}
