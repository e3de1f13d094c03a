import { counted } from '../../problems/index.ts';
import type { TubeText } from '../inspect/tubeText.ts';
import { draftTemplate } from './draftTemplate.ts';
import { type Misfit, shippedFits } from './fitTemplates.ts';
import { foldWord } from './foldWord.ts';

/** A row that the names alone would give, with its file. */
export interface NamedTube {
  readonly name: string;
  readonly panel: string;
  readonly isControl: boolean;
  readonly text: TubeText;
}

/** The template of a panel. */
export interface DraftPanel {
  readonly panel: string;
  /** As study.yaml names it. */
  readonly template: string;
  /** A file to be written beside study.yaml; undefined for a template that comes with the package. */
  readonly draft: string | undefined;
}

export interface DraftPanels {
  readonly panels: readonly DraftPanel[];
  /** The panel of a tube, or why it gets no row. */
  of(tube: NamedTube): { readonly panel: string } | { readonly reason: string };
}

/**
 * A template for each panel that names show: one that comes with the package where its markers are in most of the
 * panel's tubes, else a draft of single cells that every tube bears. A control is of the one panel whose template it fits,
 * or of those the one that it names.
 * @param all every tube that can be read: where no name says enough, the template is theirs
 */
export function draftPanels(tubes: readonly NamedTube[], all: readonly TubeText[]): DraftPanels {
  const fits = shippedFits();
  const names = [...new Set(tubes.filter((tube) => !tube.isControl).map((tube) => tube.panel))].sort();
  const ofPanel = (panel: string) =>
    tubes.filter((tube) => !tube.isControl && tube.panel === panel).map(({ text }) => text);
  const made =
    names.length === 0 ? [panelOf('', all, fits)] : names.map((panel) => panelOf(panel, ofPanel(panel), fits));
  return {
    panels: made,
    of: (tube) => {
      const { file } = tube.text;
      if (file === undefined) throw new Error(`"${tube.name}" was not read`);
      const faults = made
        .filter(({ panel }) => tube.isControl || panel === tube.panel)
        .map((one) => ({ panel: one.panel, template: one.template, fault: one.misfit(file) }));
      const all = faults.filter(({ fault }) => fault === undefined);
      const named = all.filter(({ panel }) => foldWord(tube.name).includes(foldWord(panel)));
      const fitting = all.length > 1 && named.length === 1 ? named : all;
      const [first] = fitting;
      if (first !== undefined && fitting.length === 1) return { panel: first.panel };
      if (fitting.length > 1) return { reason: 'a control that may be of several panels: name its panel' };
      return { reason: `for ${faults[0]?.template}: ${faults[0]?.fault}` };
    },
  };
}

function panelOf(panel: string, texts: readonly TubeText[], fits: readonly { name: string; misfit: Misfit }[]) {
  const files = texts.flatMap(({ file }) => (file === undefined ? [] : [file]));
  // Where a marker is spelt otherwise in a few tubes, it is those that are told, and the panel is what the others are.
  const isOfMost = ({ misfit }: { misfit: Misfit }) =>
    2 * files.filter((file) => misfit(file) === undefined).length > files.length;
  const shipped = fits.find(isOfMost);
  if (shipped !== undefined) return { panel, template: shipped.name, draft: undefined, misfit: shipped.misfit };
  const name = panel === '' ? 'template' : `template-${panel}`;
  return { panel, template: `${name}.yaml`, draft: draftTemplate(name, files), misfit: () => undefined };
}

/** "Bcell: shipped:b-regulatory", as the terminal says it. */
export function panelLine({ panel, template, draft }: DraftPanel, tubeCount: number): string {
  const shown = panel === '' ? '' : `${panel} (${counted(tubeCount, 'tube')}): `;
  return `${shown}${template}${draft === undefined ? '' : ' (drafted: single cells only, write your gates there)'}`;
}
