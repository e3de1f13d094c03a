// Keywords that computing needs and that name nobody; all others may hold a person, a site, a machine or a time.
const layout = /^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|STEXT|ANALYSIS)|TIMESTEP|VOL|CYT|UNICODE)$/;
const parameter = /^\$P\d+(B|E|G|N|R|S|V|L|O|F|T|D|DATATYPE|CALIBRATION|TYPE|FEATURE|TAG|ANALYTE|DET)$/;
const other = /^(\$?SPILL(OVER)?|\$?COMP|\$?DFC\d+TO\d+|TB\d+|LASER\d+DELAY)$/;

/**
 * The keywords of a file that may identify someone, ascending. An allow-list decides, never a list of what to hide:
 * vendors add keywords without end.
 */
export function identifyingKeywords(keywords: ReadonlyMap<string, string>): readonly string[] {
  const isNeeded = (name: string) => layout.test(name) || parameter.test(name) || other.test(name);
  return [...keywords.keys()].filter((name) => !isNeeded(name) && keywords.get(name) !== '').sort();
}
