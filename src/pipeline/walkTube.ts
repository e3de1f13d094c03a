import type { ComparedTube } from '../likeness/index.ts';
import type { PlacementTube } from '../placement/index.ts';
import type { Tube } from '../study/index.ts';
import type { Template } from '../template/index.ts';
import type { TubeFile } from '../tube/index.ts';
import { placementTube } from './placementTube.ts';

/** A template and the name of its panel; the name is empty where there is one template. */
export interface WalkPanel {
  readonly panel: string;
  readonly template: Template;
  readonly templateSha256: string;
}

/** A tube, what placing may know of it, and what comparing tubes may: visit and date, which placing never sees. */
export interface WalkTube {
  readonly file: TubeFile;
  readonly panel: string;
  readonly placement: PlacementTube;
  readonly compared: Omit<ComparedTube, 'look'>;
}

export function walkTube(tube: Tube): WalkTube {
  const { sampleId, path, displayPath, reading, compensation, values, panel } = tube;
  const { subject, visit, visitIndex, role, batch, date, excluded } = tube;
  return {
    file: { sampleId, path, displayPath, reading, compensation, values },
    panel,
    placement: placementTube(tube),
    compared: { sampleId, subject, visit, visitIndex, panel, role, batch, date, excluded },
  };
}

/** @throws where the tube is of no panel: a study is read so that each is of one */
export function templateOf(tube: WalkTube, panels: readonly WalkPanel[]): Template {
  const panel = panels.find((one) => one.panel === tube.panel);
  if (panel === undefined) throw new Error(`tube ${tube.file.sampleId} is of no panel of this study`);
  return panel.template;
}
