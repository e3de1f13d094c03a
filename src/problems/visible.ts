/**
 * Control characters, marks that turn the direction of writing, and those without width, as escapes (`\u0007`): foreign
 * text must not steer a terminal, nor look like another name.
 * @param text line ends and tabs stay where `keep` holds them
 */
export function visible(text: string, keep = ''): string {
  return text.replace(unseen, (character) => (keep.includes(character) ? character : escapeCharacter(character)));
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

// Soft hyphen and the marks of Unicode's general punctuation and presentation forms that nobody sees.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
