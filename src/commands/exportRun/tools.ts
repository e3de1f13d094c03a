export { exportRun } from './exportRun.ts';
export { namedFormats } from './namedFormats.ts';
export { runAndExport } from './runAndExport.ts';
