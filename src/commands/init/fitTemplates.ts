import type { FcsFile } from '../../fcs/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { readTemplateFile } from '../../study/index.ts';
import { resolveMarkers, type Template } from '../../template/index.ts';

/** A template that comes with the package, and the stains without which it says nothing. */
interface Shipped {
  readonly name: string;
  readonly needed: readonly string[];
  readonly template: Template;
}

// The richest first. Monocytes and NK cells have optional markers only: without these their gates would be empty.
const choices: readonly { readonly name: string; readonly needed: readonly string[] }[] = [
  { name: 'b-regulatory', needed: ['CD24', 'CD38', 'CD27'] },
  { name: 'lineages', needed: ['CD3', 'CD19'] },
  { name: 'monocytes', needed: ['CD14', 'CD16'] },
  { name: 'nk', needed: ['CD3', 'CD56'] },
];

/** Says of a tube why a template does not fit it; undefined where it does. */
export type Misfit = (file: FcsFile) => string | undefined;

export function shippedFits(): readonly { readonly name: string; readonly misfit: Misfit }[] {
  return choices.flatMap(({ name, needed }) => {
    const template = readTemplateFile(`shipped:${name}`, placementRegistry).value?.template;
    return template === undefined ? [] : [{ name: `shipped:${name}`, misfit: misfitOf({ name, needed, template }) }];
  });
}

function misfitOf({ needed, template }: Shipped): Misfit {
  return (file) => {
    const parameters = file.parameters.map(({ index, name, stain }) => ({ index, name, stain: stain ?? '' }));
    const { value, problems } = resolveMarkers(template, parameters, {});
    if (value === undefined) return problems[0]?.message.replace(/; the tube has .*$/, '');
    const lacking = needed.filter((marker) => !value.channels.has(marker));
    return lacking.length === 0 ? undefined : `no channel for ${lacking.join(', ')}`;
  };
}
