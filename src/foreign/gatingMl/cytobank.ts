import type { PopulationDraft } from '../tree/growTree.ts';
import { attribute, childOf, elementAt, type XmlElement } from '../xml/element.ts';

interface Facts {
  readonly name: string | undefined;
  /** What the versions of one gate that was tailored to files have in common. */
  readonly gateId: string | undefined;
  /** The file for which this version was drawn. */
  readonly fileName: string | undefined;
  readonly isPopulation: boolean;
}

/** The gates of one file, or of all files that have none of their own. */
interface FileDrafts {
  readonly fileName: string | undefined;
  readonly drafts: readonly PopulationDraft[];
}

/** Whether a document tells of itself that Cytobank wrote it. */
export function isCytobank(root: XmlElement): boolean {
  return [root, ...root.children].some((element) => elementAt(element, 'custom_info', 'cytobank') !== undefined);
}

/**
 * The gates under the names that Cytobank shows. Its populations are combinations of gates that stand beside each other;
 * a population stands below the greatest other one whose gates it all has. A gate that was tailored to a file is in that
 * file's own tree, matched by the file's name.
 */
export function withCytobankNames(root: XmlElement, drafts: readonly PopulationDraft[]): readonly FileDrafts[] {
  const facts = new Map(root.children.map((element) => [attribute(element, 'id') ?? '', factsOf(element)]));
  const named = drafts.map((draft) => ({ ...draft, name: facts.get(draft.id)?.name ?? draft.name }));
  const general = named.filter(({ id }) => facts.get(id)?.fileName === undefined);
  const files = [...new Set([...facts.values()].flatMap(({ fileName }) => fileName ?? []))].sort();
  const ofFile = (fileName: string): FileDrafts => {
    const own = new Map(
      named.flatMap((draft) => {
        const fact = facts.get(draft.id);
        return fact?.fileName === fileName && fact.gateId !== undefined ? [[fact.gateId, draft] as const] : [];
      }),
    );
    const replaced = general.map((draft) => {
      const tailored = own.get(facts.get(draft.id)?.gateId ?? '');
      return tailored === undefined ? draft : { ...tailored, id: draft.id, name: draft.name };
    });
    return { fileName, drafts: nested(replaced, facts) };
  };
  return [{ fileName: undefined, drafts: nested(general, facts) }, ...files.map(ofFile)];
}

function factsOf(element: XmlElement): Facts {
  const own = elementAt(element, 'custom_info', 'cytobank');
  const text = (name: string): string | undefined => (own && childOf(own, name)?.text) || undefined;
  const id = attribute(element, 'id') ?? '';
  const isPopulation =
    element.name === 'BooleanGate' && (id.startsWith('GateSet_') || text('gate_set_id') !== undefined);
  return { name: text('name'), gateId: text('gate_id'), fileName: text('fcs_file_filename'), isPopulation };
}

function nested(drafts: readonly PopulationDraft[], facts: ReadonlyMap<string, Facts>): readonly PopulationDraft[] {
  const operands = new Map(
    drafts.flatMap((draft) => {
      const isPopulation = facts.get(draft.id)?.isPopulation === true;
      return isPopulation && draft.gate?.kind === 'boolean' && draft.gate.op === 'and'
        ? [
            [
              draft.id,
              new Set(draft.gate.of.map((one) => `${one.isComplement ? '!' : ''}${'id' in one ? one.id : ''}`)),
            ] as const,
          ]
        : [];
    }),
  );
  return drafts.map((draft) => {
    const own = operands.get(draft.id);
    if (own === undefined) return draft;
    const above = [...operands].filter(
      ([id, other]) => id !== draft.id && other.size < own.size && [...other].every((one) => own.has(one)),
    );
    const [parent] = above.sort(([, a], [, b]) => b.size - a.size);
    return parent === undefined ? draft : { ...draft, parent: parent[0] };
  });
}
