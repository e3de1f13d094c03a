import type { FcsFile } from '../../fcs/index.ts';

/**
 * The text of a template for tubes that no shipped template fits: single cells and nothing else, which every tube can
 * bear, with the stains of the tubes as a list for the person who writes the gates.
 */
export function draftTemplate(name: string, files: readonly FcsFile[]): string {
  const stains = new Set(files.flatMap((file) => file.parameters.flatMap(({ stain }) => (stain ? [stain] : []))));
  const listed = [...stains].map((stain) => `#   ${JSON.stringify(stain)}\n`).join('');
  const said =
    stains.size === 0
      ? '# The tubes name no stain: give the panel by channel.\n'
      : `# The tubes name these stains:\n${listed}`;
  return `# Drafted by cytopair init: no template that comes with cytopair fits these tubes. It gates single cells and nothing else:
# write your populations below (docs/template-guide.md), or begin with extends: shipped:lineages.
${said}cytopair: 1
template: ${name}
version: 0.1.0
about: Single cells; a draft to be completed.
markers:
  FSC-A: { aliases: [FS-A], optional: true }
  FSC-H: { optional: true }
scales:
  fluorescence: { scale: logicle, width: estimate }
  scatter: { scale: linear }
compensation: file
populations:
  - name: Singlets
    parent: root
    gate: { method: singlets, area: FSC-A, height: FSC-H, if_absent: { FSC-A: parent, FSC-H: parent } }
`;
}
