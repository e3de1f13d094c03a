// In: raw values, and specs of scales as plain data. Out: coordinates and their inverse; a width from negative values.
// Never: files, clocks, randomness; no illegal parameter is mended; no value is clipped but by a scale that says so.
export { checkScale } from './checkScale.ts';
export { estimateWidth } from './estimateWidth.ts';
export { makeScale, type Scale } from './makeScale.ts';
export { makeRatio } from './ratio.ts';
export { ScaleSpec, scaleKinds } from './scaleKinds.ts';
