/** A path as it was written, for a message: the last name alone where it is absolute, since folders name people and machines. */
export function withoutFolder(written: string): string {
  const isAbsolute = /^(?:[\\/~]|[A-Za-z]:[\\/])/.test(written);
  return isAbsolute ? lastName(written) : written;
}

/** Words of the system or of a library, with every absolute path in them cut to its last name. */
export function withoutFolders(words: string): string {
  return words
    .replace(quotedPath, (_, quote: string, path: string) => `${quote}${lastName(path)}${quote}`)
    .replace(barePath, (path) => lastName(path));
}

const quotedPath = /(['"`])((?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^'"`]+)\1/g;
/** At least two names: a lone `/` is a division. */
const barePath = /(?<![\w.<])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^\s\\/'"`()]+[\\/][^\s'"`()]*/g;

function lastName(path: string): string {
  return path.split(/[\\/]/).findLast((name) => name !== '') ?? path;
}
