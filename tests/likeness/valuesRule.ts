import { parse } from 'yaml';
import { ValuesEntry, type ValuesRule } from '../../src/template/index.ts';

/** What `values: …` says, from its text; throws where it is refused. */
export function valuesRule(text: string): ValuesRule {
  return ValuesEntry.parse(parse(text));
}
