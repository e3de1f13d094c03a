import type { EventIndex } from '../events.ts';
import type { AnyGeometry, GeometryKind, KindOf } from '../geometryKind.ts';

/** Inside all of them; of none: the whole parent. */
export interface All<G extends AnyGeometry = AnyGeometry> {
  readonly kind: 'all';
  readonly of: readonly G[];
}

export function all(kindOf: KindOf): GeometryKind<All> {
  return {
    // Each part is asked only for what the ones before it kept.
    members(gate, context, parent) {
      let kept: EventIndex = parent;
      for (const part of gate.of) {
        const inside = kindOf(part).members(part, context, kept);
        if (inside === null) return null;
        kept = inside;
      }
      return kept;
    },
    axes(gate) {
      const axes = gate.of.flatMap((part) => kindOf(part).axes(part));
      return axes.filter((axis, i) => axes.findIndex((other) => other.marker === axis.marker) === i);
    },
    needsOwnFrame: (gate, marker) => gate.of.some((part) => kindOf(part).needsOwnFrame(part, marker)),
    onChannels(gate, channelOf) {
      const of = gate.of.flatMap((part) => kindOf(part).onChannels(part, channelOf) ?? []);
      return of.length === gate.of.length ? { ...gate, of } : undefined;
    },
    // Two parts may look at one channel: their sides are not those of one box.
    sides: () => undefined,
    // Its parts are placed by a method of their own, which draws them anew.
    moved: (gate) => gate,
    edges: (gate, rawOf) =>
      gate.of.flatMap((part, p) =>
        kindOf(part)
          .edges(part, rawOf)
          .map(({ edge, moved }) => ({ edge, moved: (by: number) => ({ ...gate, of: gate.of.with(p, moved(by)) }) })),
      ),
    // One marker may be cut by several parts: its handle moves all of them.
    handles(gate) {
      const ofParts = gate.of.map((part) => kindOf(part).handles(part));
      const names = [...new Set(ofParts.flatMap((handles) => handles.map(({ name }) => name)))];
      return names.map((name) => ({
        name,
        isOnMarker: ofParts.every((handles) => handles.every((one) => one.name !== name || one.isOnMarker)),
        moved: (mover, by) => ({
          ...gate,
          of: gate.of.map((part, p) => ofParts[p]!.find((one) => one.name === name)?.moved(mover, by) ?? part),
        }),
      }));
    },
    outline: (gate, plane) => gate.of.flatMap((part) => kindOf(part).outline(part, plane)),
  };
}
