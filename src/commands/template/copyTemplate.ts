import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { version } from '../../batch/index.ts';
import { type Outcome, refused } from '../../pipeline/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { didYouMean, hasErrors, nearestName, problem } from '../../problems/index.ts';
import { readTemplateFile, shippedTemplate, shippedTemplates } from '../../study/index.ts';
import { alignedTable, makeFolder, shownPath, writeFileAtomically } from '../../tables/index.ts';

/** The shipped templates with what each is about. */
export function listTemplates(): string {
  const rows = shippedTemplates().flatMap((name) => {
    const template = readTemplateFile(`shipped:${name}`, placementRegistry).value?.template;
    if (template === undefined) return [];
    const needed = template.markers.filter(({ optional }) => !optional).map((marker) => marker.name);
    return [
      [`shipped:${name}`, template.version, String(template.populations.length), needed.join(' '), template.about],
    ];
  });
  return alignedTable([['template', 'version', 'populations', 'needs', 'about'], ...rows]);
}

/**
 * A shipped template as a file of one's own, to be changed; what it extends stays named, and is looked up as before.
 * @param to file to write; undefined: NAME.yaml in the working directory; nobody's file is replaced
 */
export function copyTemplate(reference: string, to: string | undefined): Outcome {
  const name = reference.replace(/^shipped:/, '');
  const path = shippedTemplate(name);
  if (path === undefined) {
    const names = shippedTemplates();
    const hint = didYouMean(nearestName(name, names)) ?? `shipped templates: ${names.join(', ')}`;
    return refused([problem('error', 'input.not-found', `no template "${name}" is shipped`, {}, hint)]);
  }
  const target = resolve(to ?? `${name}.yaml`);
  const shown = shownPath(target);
  if (statSync(target, { throwIfNoEntry: false }) !== undefined) {
    const message = `"${shown}" is there already`;
    return refused([problem('error', 'output.exists', message, { file: shown }, 'name another file by --to')]);
  }
  // The place of the schema holds in the package alone.
  const text = readFileSync(path, 'utf8').replace(/^# yaml-language-server:.*\n/, '');
  const head = `# Copied from shipped:${name} of cytopair ${version}. Give it a name and a version of its own below.\n`;
  makeFolder(dirname(target));
  writeFileAtomically(target, `${head}${text}`);
  const { problems } = readTemplateFile(target, placementRegistry);
  return { exit: hasErrors(problems) ? 1 : 0, problems, text: `${shown}\n`, closing: '' };
}
