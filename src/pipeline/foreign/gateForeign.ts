import { PlanSchema } from '../../analysis/index.ts';
import type { FcsReadingOptions } from '../../fcs/index.ts';
import { populationPaths } from '../../foreign/index.ts';
import { type Frequency, frequenciesOf } from '../../frequencies/index.ts';
import { hasErrors } from '../../problems/index.ts';
import type { Tube } from '../../study/index.ts';
import { tubesOf } from '../gate.ts';
import { type Outcome, type PipelineOptions, refused } from '../outcome.ts';
import { closingLine, inRunFolder, outFolder } from '../runFolderWork.ts';
import { type CountedTube, countTube } from './countTube.ts';
import { type GatesFile, readGates } from './readGates.ts';
import { type ForeignTubeResult, writeForeign } from './writeForeign.ts';

export interface ForeignGateOptions extends PipelineOptions {
  readonly reading: FcsReadingOptions;
  readonly concordance: boolean;
}

/**
 * Tubes gated by the gates of another program, as they are drawn: nothing is placed, so that each tube stands alone.
 * @param files as typed; their order is the order of the tables
 */
export async function gateForeign(
  gates: GatesFile,
  files: readonly string[],
  options: ForeignGateOptions,
): Promise<Outcome> {
  const started = new Date();
  const read = readGates(gates);
  const named = tubesOf(files, options.reading);
  const found = [...read.problems, ...named.problems];
  if (read.value === undefined || hasErrors(found)) return refused(found);
  const { gating, input } = read.value;
  const out = outFolder(options.out, 'gate');
  const job = { command: 'gate', study: 'gate', tubeCount: named.tubes.length } as const;
  return inRunFolder(out, options, job, async ({ log, membership, signal }) => {
    const problems = [...found];
    const tubes = named.tubes.map((tube): ForeignTubeResult => {
      signal.throwIfAborted();
      const counted = countTube(tube, gating, { membership, concordance: options.concordance });
      problems.push(...counted.problems);
      return { tube, counted: counted.value, frequencies: rowsOf(tube, counted.value) };
    });
    const failed = tubes.filter(({ counted }) => counted === undefined).length;
    const exit = failed > 0 ? 3 : 0;
    const ending = { exit, threads: 0, started, log } as const;
    await writeForeign(out.path, { gating, input, tubes, problems, concordance: options.concordance }, ending);
    return { exit, problems, text: '', closing: closingLine({ all: tubes.length, failed }, problems, out) };
  });
}

/** Rows of one tube by its own sample's tree; a tube that failed has the row of all its events. */
function rowsOf(tube: Tube, counted: CountedTube | undefined): readonly Frequency[] {
  const { rules, level } = PlanSchema.parse({});
  const populations = counted === undefined ? [] : [...populationPaths(counted.sample.populations).values()];
  return frequenciesOf(tube, counted?.counts, { populations, denominators: {}, rules, level });
}
