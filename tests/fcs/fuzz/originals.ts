import { readFileSync, statSync } from 'node:fs';
import { hasTruth, truthPath } from '../../truth.ts';
import { latin1 } from '../buildFcs.ts';
import { corpusPaths } from '../corpusFiles.ts';
import { oddCombined } from '../oddCombined.ts';
import { oddLayout } from '../oddLayout.ts';
import { oddOffsets } from '../oddOffsets.ts';
import { oddText } from '../oddText.ts';
import { oddTrailing } from '../oddTrailing.ts';
import { floatFile, integerFile, type Rows, rows } from '../soundFiles.ts';

/** A file to be damaged. */
export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where the file itself is refused: the numbers that its maker put in, any of these. */
  readonly meant: readonly Rows[];
}

/** Larger real files say nothing new, and take long to read a hundred thousand times. */
const mostBytes = 30_000;

/** Made files of every layout, made odd files, and the small real files where the reference data are there. */
export function originals(): Original[] {
  const tenBit = rows.map((row) => row.map((value) => value % 1024));
  const unlisted = { $BEGINDATA: undefined, $ENDDATA: undefined };
  const sound = [
    floatFile(),
    floatFile({ gapBytes: 40, tail: latin1('00000000') }),
    floatFile({ version: 'FCS2.0', keywords: unlisted }),
    floatFile({ header: (p) => [58, p.textEnd, 0, 0, 0, 0] }),
    integerFile([16, 16, 16], { rows: tenBit, range: 1024 }),
    integerFile([16, 32, 8], { range: 256, gapBytes: 9 }),
    integerFile([24, 24, 24], { range: 65_536 }),
    integerFile([32, 32, 32], { tail: new Uint8Array(0) }),
  ].map((bytes, i) => ({ name: `sound-${i + 1}`, bytes, meant: [] }));
  const odd = [...oddOffsets, ...oddText, ...oddLayout, ...oddCombined, ...oddTrailing].map(({ kind, bytes }) => ({
    name: kind,
    bytes,
    meant: [rows, tenBit],
  }));
  const real = hasTruth
    ? corpusPaths()
        .filter((path) => statSync(truthPath(path)).size < mostBytes)
        .map((path) => ({ name: path, bytes: new Uint8Array(readFileSync(truthPath(path))), meant: [] }))
    : [];
  return [...sound, ...odd.filter(({ bytes }) => bytes.length > 100 && bytes.length < mostBytes), ...real];
}
