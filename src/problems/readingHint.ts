/** What a person may decide about how a file is read, in the keys of `reading:` in study.yaml. */
export interface ReadingWish {
  readonly data_set?: number;
  readonly offsets?: 'header' | 'text';
  readonly bit_order?: 'low' | 'high';
  readonly accept_truncated?: true;
  readonly accept_trailing?: true;
}

/** What to do, in words; where a decision about a file is named, it stands as such, and each command calls it its own way. */
export type Hint = string | readonly (string | ReadingWish)[];

/** As commands that read files name it, which have an option for each: `--offsets text --accept-truncated`. */
export function inOptions(hint: Hint): string {
  return inWords(hint, (wish) =>
    Object.entries(wish)
      .map(([key, value]) => `--${key.replaceAll('_', '-')}${value === true ? '' : ` ${value}`}`)
      .join(' '),
  );
}

/** As a study says it of one tube: `reading: {P01_BL: {offsets: text}} in study.yaml`. */
export function inReadingKeys(hint: Hint, sampleId = 'SAMPLE_ID'): string {
  return inWords(hint, (wish) => {
    const keys = Object.entries(wish).map(([key, value]) => `${key}: ${value}`);
    return `reading: {${yamlKey(sampleId)}: {${keys.join(', ')}}} in study.yaml`;
  });
}

function inWords(hint: Hint, nameOf: (wish: ReadingWish) => string): string {
  if (typeof hint === 'string') return hint;
  return hint.map((part) => (typeof part === 'string' ? part : nameOf(part))).join('');
}

/** Names that YAML could take for something else stand in quotes. */
function yamlKey(sampleId: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(sampleId) && !/^(?:true|false|yes|no|on|off|null|[ny])$/i.test(sampleId);
  return isPlain ? sampleId : JSON.stringify(sampleId);
}
