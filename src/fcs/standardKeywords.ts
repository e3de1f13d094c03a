// Keywords of the standards 2.0 to 3.2, without their `$`; n, i and j stand for numbers.
const plain =
  'ABRT BEGINANALYSIS BEGINDATA BEGINDATETIME BEGINSTEXT BTIM BYTEORD CARRIERID CARRIERTYPE CELLS COM COMP CSMODE ' +
  'CSVBITS CYT CYTSN DATATYPE DATE ENDANALYSIS ENDDATA ENDDATETIME ENDSTEXT ETIM EXP FIL FLOWRATE GATE GATING INST ' +
  'LAST_MODIFIED LAST_MODIFIER LOCATIONID LOST MODE NEXTDATA OP ORIGINALITY PAR PLATEID PLATENAME PROJ SMNO ' +
  'SPILLOVER SRC SYS TIMESTEP TOT TR UNICODE UNSTAINEDCENTERS UNSTAINEDINFO VOL WELLID';
const known = new Set(plain.split(' '));
const numbered =
  /^(P[1-9]\d*(B|E|N|R|S|G|V|F|L|O|P|T|D|DATATYPE|CALIBRATION|DET|TAG|TYPE|FEATURE|ANALYTE)|G[1-9]\d*[BEFNPRSTV]|R[1-9]\d*[IW]|PKN?\d+|CSV\d+FLAG|DFC\d+TO\d+)$/;
const layout = /^(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|BEGINDATA|ENDDATA|P[1-9]\d*(B|E|R|N|DATATYPE))$/;

/** True for a keyword of the standard, in any case, with its `$`. */
export function isStandardKeyword(keyword: string): boolean {
  return keyword.startsWith('$') && isStandardName(keyword.slice(1).toUpperCase());
}

/** True for the name of a standard keyword, upper case, without its `$`. */
export function isStandardName(name: string): boolean {
  return known.has(name) || numbered.test(name);
}

/** True for the keywords that say where and how the events lie; upper case, with `$`. */
export function isLayoutKeyword(keyword: string): boolean {
  return keyword.startsWith('$') && layout.test(keyword.slice(1));
}
