import { type Outcome, type PipelineOptions, refused, run } from '../../pipeline/index.ts';
import { exportRun } from './exportRun.ts';
import { namedFormats } from './namedFormats.ts';

/**
 * A study, then its results in the forms of a list such as `xlsx,parquet`; a wrong list is told before anything runs.
 * What a form could not take along is a problem of its own, beside those of the run.
 */
export function runAndExport(list: string): (study: string, options: PipelineOptions) => Promise<Outcome> {
  return async (study, options) => {
    const formats = namedFormats(list);
    if (formats.value === undefined) return refused(formats.problems);
    const ran = await run(study, options);
    if (ran.folder === undefined) return ran;
    const exported = await exportRun(ran.folder.path, { formats: formats.value, study, fcs: undefined });
    // What the forms repeat of the run itself was told by the run.
    const problems = [...ran.problems, ...exported.problems];
    const exit = exported.exit === 0 ? ran.exit : 3;
    return { ...ran, exit, problems, text: `${exported.text}\n${ran.text}` };
  };
}
