import type { Problem } from './problem.ts';

/** Options of commands that read files, as hints name them, one or several in a row. */
const option = '--(?:accept-truncated|accept-trailing)|--(?:offsets|data-set|bit-order) [a-z0-9]+';
const options = new RegExp(`(?:${option})(?: (?:${option}))*`, 'g');

/**
 * Hints name what a person may decide about a file as options: `--offsets text`. A study has keys for it instead, and its
 * commands no such options: the same finding for `run` and `check`, which says what to write where.
 */
export function inStudyWords(found: Problem): Problem {
  const hint = found.hint.replace(options, (named) => {
    const keys = named.slice('--'.length).split(' --').map(keyOf);
    return `reading: {${yamlKey(found.where.sampleId)}: {${keys.join(', ')}}} in study.yaml`;
  });
  return hint === found.hint ? found : { ...found, hint };
}

function keyOf(named: string): string {
  const [name = '', value = 'true'] = named.split(' ');
  return `${name.replaceAll('-', '_')}: ${value}`;
}

/** Names that YAML could take for something else stand in quotes. */
function yamlKey(sampleId = 'SAMPLE_ID'): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(sampleId) && !/^(?:true|false|yes|no|on|off|null|[ny])$/i.test(sampleId);
  return isPlain ? sampleId : JSON.stringify(sampleId);
}
