import { decideAlone } from '../src/likeness/index.ts';
import { printProblem } from '../src/problems/index.ts';
import type { Template } from '../src/template/index.ts';
import { lookAtTube, type TubeDecision, type TubeFile } from '../src/tube/index.ts';

/** How a tube's values are read where it stands in no study. Fails in words where it cannot be used. */
export function decidedTube(tube: TubeFile, template: Template): { readonly decision: TubeDecision } {
  const { value: look, problems } = lookAtTube(tube, template);
  const alone = look && decideAlone(look);
  if (alone?.decision === undefined)
    throw new Error([...problems, ...(alone?.problems ?? [])].map(printProblem).join('\n'));
  return { decision: alone.decision };
}
