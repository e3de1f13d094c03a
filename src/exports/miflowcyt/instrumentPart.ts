import { counted } from '../../problems/index.ts';
import type { Instrument } from './instruments.ts';
import { item, NOT_RECORDED, OPEN, table } from './markdown.ts';

/** Item 3: instruments and their settings, one table for each set of tubes that were measured alike. */
export function instrumentPart(instruments: readonly Instrument[]): string {
  const names = [...new Set(instruments.map(({ cytometer, serial }) => modelOf(cytometer, serial)))];
  return [
    '## 3 Instrument',
    item('3.1', 'Manufacturer', OPEN),
    item('3.2', 'Model', names.length === 0 ? OPEN : names.join('; ')),
    item('3.3', 'Configuration and settings', configurationWords(instruments)),
    ...instruments.flatMap(settings),
  ].join('\n\n');
}

function modelOf(cytometer: string, serial: string): string {
  return `${cytometer || NOT_RECORDED}${serial === '' ? '' : `, serial number ${serial}`}`;
}

function configurationWords(instruments: readonly Instrument[]): string {
  if (instruments.length === 0) return OPEN;
  return `${counted(instruments.length, 'set')} of settings; flow cell, light sources and optical paths beyond these keywords are ${OPEN}`;
}

function settings({ sampleIds, cytometer, serial, version, detectors }: Instrument, index: number): readonly string[] {
  const shown =
    sampleIds.length <= 12
      ? sampleIds.join(', ')
      : `${sampleIds.slice(0, 12).join(', ')} and ${sampleIds.length - 12} more`;
  const word = (text: string): string => text || NOT_RECORDED;
  const rows = detectors.map((one) => [
    one.name,
    one.stain || '–',
    ...[one.voltage, one.gain, one.amplification, one.filter, one.wavelength, one.range].map(word),
  ]);
  const header = [
    '$PnN',
    '$PnS',
    '$PnV voltage',
    '$PnG gain',
    '$PnE amplification',
    '$PnF filter',
    '$PnL laser, nm',
    '$PnR range',
  ];
  return [
    `Settings ${index + 1}: ${modelOf(cytometer, serial)}, ${version}, ${counted(sampleIds.length, 'tube')}: ${shown}.`,
    table(header, rows),
  ];
}
