import type { Plan } from '../analysis/index.ts';
import { andMore, type Problem, problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import type { Template, TemplateRegistry } from '../template/index.ts';
import type { Tube } from './study.ts';

type Family = NonNullable<Plan['families']>[number];

interface Asked {
  readonly templates: ReadonlyMap<string, Template>;
  readonly registry: TemplateRegistry;
  readonly families: readonly Located<Family>[];
}

/** Gates named in one finding; they all want the same row. */
const NAMED = 3;

/**
 * Control tubes that a gate or an endpoint rests on and no row of the sheet is: such a gate would have no place in any tube,
 * such an endpoint no value, which a person should know before the night of the run.
 */
export function missingControls(tubes: readonly Tube[], { templates, registry, families }: Asked): readonly Problem[] {
  return [...ofGates(tubes, templates, registry), ...ofEndpoints(tubes, families)];
}

function ofGates(
  tubes: readonly Tube[],
  templates: ReadonlyMap<string, Template>,
  registry: TemplateRegistry,
): readonly Problem[] {
  return [...templates].flatMap(([panel, { populations }]) => {
    const roles = new Set(tubes.flatMap((tube) => (tube.panel === panel && !tube.excluded ? [tube.role] : [])));
    const wanting = populations.flatMap(({ path, gate }) => {
      const uses = registry.gates.get(gate.method)?.controls?.(gate.settings) ?? [];
      return uses.flatMap(({ role }) => (has(roles, role) ? [] : [{ role, path, where: gate.where }]));
    });
    return [...new Set(wanting.map(({ role }) => role))].map((role) => {
      const own = wanting.filter((one) => one.role === role);
      const names = andMore(
        own.map(({ path }) => `"${path}"`),
        NAMED,
      );
      const of = panel === '' ? '' : ` of panel "${panel}"`;
      const message = `no tube${of} has the role "${role}", from which ${names} would take the place of a gate`;
      return problem('warning', 'study.control-missing', message, own[0]!.where);
    });
  });
}

function ofEndpoints(tubes: readonly Tube[], families: readonly Located<Family>[]): readonly Problem[] {
  const roles = new Set(tubes.flatMap((tube) => (tube.excluded ? [] : [tube.role])));
  const told = new Set<string>();
  return families.flatMap(({ value, source, path }) =>
    value.endpoints.flatMap(({ control, population }, index) => {
      if (control === undefined || has(roles, control) || told.has(control)) return [];
      told.add(control);
      const message = `no tube has the role "${control}", the background of "${population}"`;
      return [
        problem('warning', 'study.control-missing', message, source.at([...path, 'endpoints', index, 'control'])),
      ];
    }),
  );
}

function has(roles: ReadonlySet<string>, role: string): boolean {
  return roles.has(role);
}
