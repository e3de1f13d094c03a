import { spilloverFromKeywords } from '../../src/compensation/index.ts';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';

/** A file as gates of another program see it. */
export function foreignTubeOf(path: string) {
  const source = openFile(path);
  const { value: file } = readFcs(source);
  if (file === undefined) throw new Error(`${path} cannot be read`);
  const { value: fileMatrix } = spilloverFromKeywords(file.keywords, file.parameters, {});
  return {
    eventCount: file.eventCount,
    parameters: file.parameters,
    keywords: file.keywords,
    fileMatrix: fileMatrix ?? undefined,
    column(name: string): Float64Array {
      const parameter = file.parameters.find((one) => one.name === name);
      if (parameter === undefined) throw new Error(`no channel ${name}`);
      return readColumns(source, file, [parameter.index]).columns[0]!;
    },
  };
}
