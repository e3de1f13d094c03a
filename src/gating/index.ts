// In: events of one tube through the seam, and where each gate lies. Out: who is inside, how many, densities for pictures.
// Gating is a pure function of both: the same book and the same events give the same counts everywhere.
// Never: places a gate, reads a file, or knows a visit.
export type { Intensity, OtherCount } from './answers.ts';
export type { Axis, Bounds, Point } from './axis.ts';
export type {
  BookAlignment,
  BookGate,
  BookOverride,
  BookScale,
  BookTubeGate,
  Landmark,
  PlacementBook,
  TubeBook,
} from './book.ts';
export { countPopulations, treeContext } from './countPopulations.ts';
export type { Picture, PictureAxis, PopulationCount, TubeCounts } from './counts.ts';
export type { EventIndex, Events } from './events.ts';
export type { GateContext } from './gateContext.ts';
export { namedOperands, type Operand } from './geometries/boolean.ts';
export { type Geometry, kindOf } from './geometries/registry.ts';
export { members } from './members.ts';
export { handlesOf, movedGeometry, shiftedGeometry } from './movedGeometry.ts';
export type { GatePlane, PictureSide } from './outline.ts';
export { countPass } from './pass/countPass.ts';
export { BLOCK_EVENTS, type EventBlock } from './pass/eventBlock.ts';
export { type EventPicker, eventPicker } from './pass/eventPicker.ts';
export {
  type CountQuestions,
  NO_QUESTIONS,
  type OtherGate,
  type OverlapQuestion,
  type ProfileAxis,
} from './questions.ts';
export { scaleOfAxis, scaleSpecOf, uScale } from './scales.ts';
export { tubeBook } from './tubeBook.ts';
export { withPlaces } from './withPlaces.ts';
