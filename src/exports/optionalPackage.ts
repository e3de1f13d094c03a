import { problem } from '../problems/index.ts';
import type { ExportPiece } from './exportFormat.ts';

/** A package that need not be there: undefined where it, or its part for this platform, was not installed. */
export async function optionalPackage<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return undefined;
    throw fault;
  }
}

export function noPackage(format: string, name: string): ExportPiece {
  const message = `${format} needs the package "${name}", which is not installed here`;
  const hint = `it is an optional one: install cytopair without --omit=optional, on a platform that it is made for`;
  return { kind: 'problem', problem: problem('error', 'output.not-exported', message, {}, hint) };
}
