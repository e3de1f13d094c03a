import type { Template } from '../template/index.ts';
import type { LikenessRules } from './comparison.ts';

/** What a study and its templates allow. @param templates by panel */
export function likenessRules(
  sameEvents: LikenessRules['sameEvents'],
  templates: ReadonlyMap<string, Template>,
): LikenessRules {
  const allowed = [...templates].map(([panel, { markers }]) => {
    const names = markers.filter((marker) => marker.unlike === 'allow').map((marker) => marker.name);
    return [panel, new Set(names)] as const;
  });
  return { sameEvents, allowUnlikeMarkers: new Map(allowed) };
}
