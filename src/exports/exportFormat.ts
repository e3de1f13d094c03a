import type { Problem } from '../problems/index.ts';
import type { ExportedRun } from './exportedRun.ts';

/** A file of an export, whole, or what did not come along and why. */
export type ExportPiece =
  | {
      readonly kind: 'file';
      /** Below the folder of exports, with `/`; `root`: beside run.json, where a standard asks for it. */
      readonly path: string;
      readonly place: 'exports' | 'root';
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A form in which other programs take a finished run. */
export interface ExportFormat {
  /** As `--as` and `--export` name it. */
  readonly name: string;
  /** For whom and what; one line. */
  readonly summary: string;
  /** True where the standard could not be tried against its own reader: the files say so too. */
  readonly isDraft: boolean;
  /** `study`: needs study.yaml and its sheet; `events`: reads the FCS files again; `tables`: the folder is enough. */
  readonly needs: 'tables' | 'study' | 'events';
  /** The files, one after the other, so that no more than one tube of events is held. */
  readonly pieces: (run: ExportedRun) => AsyncIterable<ExportPiece>;
}

const utf8 = new TextEncoder();

export function textPiece(path: string, text: string): ExportPiece {
  return { kind: 'file', path, place: 'exports', bytes: utf8.encode(text) };
}

export function filePiece(path: string, bytes: Uint8Array): ExportPiece {
  return { kind: 'file', path, place: 'exports', bytes };
}
