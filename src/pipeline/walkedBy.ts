import type { Likeness } from '../likeness/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import { bySibling } from './siblings.ts';
import type { WalkBasis, Walked, WalkedPanel, WalkedTube } from './walked.ts';
import type { WalkPanel } from './walkTube.ts';

/** The end of a walk: every tube with what became of it, every panel with its book. */
export function walkedBy(
  given: readonly Tube[],
  panels: readonly WalkPanel[],
  basis: WalkBasis,
  { likeness, problems }: { readonly likeness: Likeness; readonly problems: readonly Problem[] },
): Walked {
  return {
    tubes: given.map((tube) => walkedTube(tube, basis)),
    panels: panels.map((panel) => walkedPanel(panel, basis)),
    likeness,
    problems,
    basis,
  };
}

function walkedTube(tube: Tube, basis: WalkBasis): WalkedTube {
  const { sampleId } = tube;
  const [decision, counts] = [basis.decisions.get(sampleId), basis.counts.get(sampleId)];
  const surveyed = basis.flags.get(sampleId);
  return {
    tube,
    look: basis.looks.get(sampleId),
    decision,
    counts,
    crossed: counts === undefined ? [] : bySibling(sampleId, basis.tubes, counts.answers.others),
    trace: basis.traces.get(sampleId),
    cells: basis.cells.get(sampleId) ?? [],
    flags: surveyed === undefined ? [] : [...new Set([...surveyed, ...(decision?.flags ?? [])])].sort(),
  };
}

function walkedPanel(panel: WalkPanel, { placed }: WalkBasis): WalkedPanel {
  const own = placed.get(panel.panel);
  if (own === undefined) throw new Error(`panel "${panel.panel}" was not placed`);
  return { ...panel, book: own.book, stains: own.stains };
}
