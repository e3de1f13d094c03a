import { gatesScript } from './gatesScript.ts';
import { patientsScript } from './patientsScript.ts';
import { tablesScript } from './tablesScript.ts';

/**
 * The page's own script. The numbers are readable without it; its controls show themselves only where it runs. It holds no
 * foreign text, and `</` nowhere.
 */
export const script = [patientsScript, tablesScript, gatesScript].join('\n');
