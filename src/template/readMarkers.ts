import { type Problem, problem } from '../problems/index.ts';
import type { Layer } from './layer.ts';
import type { TemplateMarker } from './template.ts';
import { tokens } from './tokens.ts';

/** The markers of all layers, a later one replacing an equal name; no two may answer to the same words. */
export function readMarkers(layers: readonly Layer[], problems: Problem[]): TemplateMarker[] {
  const markers = new Map<string, TemplateMarker>();
  for (const layer of layers) {
    for (const [name, { value, source, path }] of layer.markers) {
      const { aliases, optional, unlike } = value;
      const channel = 'channel' in value ? value.channel : undefined;
      markers.set(name, { name, aliases, optional, unlike, channel, where: source.at(path, 'key') });
    }
  }
  const list = [...markers.values()];
  problems.push(...sharedNames(list));
  return list;
}

function sharedNames(markers: readonly TemplateMarker[]): Problem[] {
  const owners = new Map<string, { marker: TemplateMarker; written: string }>();
  return markers.flatMap((marker) =>
    [marker.name, ...marker.aliases].flatMap((written) => {
      const key = tokens(written).join('');
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { marker, written });
      if (owner === undefined || owner.marker === marker) return [];
      const message = `"${written}" of marker "${marker.name}" is the same as "${owner.written}" of "${owner.marker.name}"`;
      return [problem('error', 'template.duplicate-marker', message, marker.where)];
    }),
  );
}
