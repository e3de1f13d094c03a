import { nearestName, type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { bareName } from './bareName.ts';
import { looseName } from './looseName.ts';
import type { ParameterName } from './spillover.ts';

/**
 * The $PnN of the parameters that a matrix names. The first way that fits all names wins: $PnN; without what FlowJo
 * puts around a compensated name (Comp-X, FJComp-X, <X>, "X :: stain"); $PnS; both as R's read.csv and others change
 * them; numbers of parameters. Never a part.
 * @param source keyword or file, for the messages
 */
export function matchChannels(
  names: readonly string[],
  parameters: readonly ParameterName[],
  source: string,
  where: Where,
): Reading<readonly string[]> {
  for (const way of ways) {
    const found = names.map((name) => parameters.filter((parameter) => way.fits(name, parameter)));
    if (found.some((list) => list.length === 0)) continue;
    const duplicates = names.flatMap((name, i) => {
      const hits = found[i] ?? [];
      const isShared = found.some(
        (list, j) => j !== i && list.length === 1 && hits.length === 1 && list[0] === hits[0],
      );
      return hits.length > 1 || isShared ? [duplicate(name, hits, source, where)] : [];
    });
    if (duplicates.length > 0) return { value: undefined, problems: duplicates };
    const channels = found.flatMap((list) => list.map((parameter) => parameter.name));
    // Two parameters may share a $PnN; then the name says nothing, by whatever way it was found.
    const shared = channels.filter((channel) => parameters.filter((p) => p.name === channel).length > 1);
    if (shared.length > 0) {
      const problems = shared.map((channel) =>
        duplicate(
          channel,
          parameters.filter((p) => p.name === channel),
          source,
          where,
        ),
      );
      return { value: undefined, problems };
    }
    const pairs = names.flatMap((name, i) => (name === channels[i] ? [] : [`"${name}" = "${channels[i]}"`]));
    const message = `${source}: names matched by ${way.says}: ${pairs.join(', ')}`;
    return {
      value: channels,
      problems: pairs.length > 0 ? [problem('note', 'compensation.spillover-names', message, where)] : [],
    };
  }
  return { value: undefined, problems: unknownChannel(names, parameters, source, where) };
}

interface Way {
  readonly says: string;
  readonly fits: (name: string, parameter: ParameterName) => boolean;
}

const ways: readonly Way[] = [
  { says: '$PnN', fits: (name, { name: own }) => name === own },
  { says: '$PnN without the prefix of compensated names', fits: (name, { name: own }) => bareName(name) === own },
  {
    says: '$PnN without the prefix of compensated names',
    fits: (name, { name: own }) => bareName(name) === bareName(own),
  },
  { says: '$PnS', fits: (name, { stain }) => stain !== undefined && stain !== '' && name === stain },
  {
    says: '$PnN but for case, blanks and signs',
    fits: (name, { name: own, stain }) => looseFits(name, own, stain ?? ''),
  },
  {
    says: '$PnS but for case, blanks and signs',
    fits: (name, { stain }) => looseStain(name) !== undefined && looseStain(name) === looseStain(stain ?? ''),
  },
  { says: 'number', fits: (name, { index }) => /^[1-9]\d*$/.test(name) && Number(name) === index },
];

/** R makes "FITC.A....CD3" of "FITC-A :: CD3". */
function looseFits(name: string, own: string, stain: string): boolean {
  const loose = looseName(name);
  return loose === looseName(own) || (stain !== '' && loose === `${looseName(own)}.${looseName(stain)}`);
}

/** Never equal for blank names. */
function looseStain(name: string): string | undefined {
  return looseName(name) || undefined;
}

function duplicate(name: string, hits: readonly ParameterName[], source: string, where: Where) {
  const places = hits.map((parameter) => `$P${parameter.index}N "${parameter.name}"`).join(' and ');
  const message = `${source}: "${name}" ${hits.length > 1 ? `fits ${places}` : `stands twice for ${places}`}`;
  return problem('error', 'compensation.spillover-duplicate-channel', message, where);
}

/** Every name that no parameter has, in one finding: a matrix of another panel has many. */
function unknownChannel(
  names: readonly string[],
  parameters: readonly ParameterName[],
  source: string,
  where: Where,
): Problem[] {
  const known = parameters.flatMap(({ name, stain }) => (stain === undefined ? [name] : [name, stain]));
  const missing = names
    .filter((name) => !parameters.some((parameter) => ways.some((way) => way.fits(name, parameter))))
    .concat(allFitButNotOneWay(names, parameters));
  if (missing.length === 0) return [];
  const quoted = missing.map((name) => `"${name}"`).join(', ');
  const are = missing.length === 1 ? 'is no parameter' : 'are no parameters';
  const near = missing.flatMap((name) => {
    const nearest = nearestName(name, known);
    return nearest === undefined ? [] : [missing.length === 1 ? `"${nearest}"` : `"${nearest}" for "${name}"`];
  });
  const has = `the file has ${parameters.map((p) => p.name).join(', ')}`;
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : has;
  const message = `${source} names ${quoted}, which ${are} of this file`;
  return [problem('error', 'compensation.spillover-unknown-channel', message, where, hint)];
}

/** Names that fit by different ways only (one by $PnN, one by number): those outside the commonest $PnN way are named. */
function allFitButNotOneWay(names: readonly string[], parameters: readonly ParameterName[]): readonly string[] {
  const everyNameFits = names.every((name) => parameters.some((p) => ways.some((way) => way.fits(name, p))));
  return everyNameFits ? names.filter((name) => !parameters.some((p) => bareName(name) === bareName(p.name))) : [];
}
