import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkRunFolder } from '../../batch/index.ts';
import type { OutFolder } from '../../pipeline/index.ts';
import type { Problem } from '../../problems/index.ts';
import { jsonText, writeFileAtomically } from '../../tables/index.ts';
import type { AgreementJson } from './agreementJson.ts';
import type { Compared } from './compareCounts.ts';

const answerFile = 'agreement.json';

/** Why figures may not go into a folder: it is neither empty, nor a run of ours, nor an earlier answer of this command. */
export function refusedAgreementFolder(out: OutFolder): Problem | undefined {
  return formerFigures(out.path) === undefined ? checkRunFolder(out.path, out.shown) : undefined;
}

/** The machine form and a figure of every comparison; figures of an earlier answer that are not made again go. */
export async function writeAgreement(
  out: OutFolder,
  answer: AgreementJson,
  results: readonly Compared[],
): Promise<void> {
  const { agreementFigures, loadDrawing } = await import('../../report/index.ts');
  await loadDrawing();
  const figures = agreementFigures(results).map(({ fileName, svg }) => ({ path: `figures/${fileName}`, svg }));
  for (const former of formerFigures(out.path) ?? []) {
    if (!figures.some(({ path }) => path === former)) rmSync(join(out.path, former), { force: true });
  }
  for (const { path, svg } of figures) writeFileAtomically(join(out.path, path), svg);
  const whole = { ...answer, figures: figures.map(({ path }) => path) };
  writeFileAtomically(join(out.path, answerFile), jsonText(whole));
}

/** The figures that an earlier answer in this folder names; undefined where there is none of ours. */
function formerFigures(folder: string): readonly string[] | undefined {
  const path = join(folder, answerFile);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const text = readFileSync(path, 'utf8');
  if (!/^\{\s*"format":\s*"cytopair\/agree\//.test(text)) return undefined;
  return [...text.matchAll(/"(figures\/agree-[A-Za-z0-9._+-]+\.svg)"/g)].flatMap(([, name]) => name ?? []);
}
