import type { BookTubeGate, Geometry, PlacementBook } from '../../src/gating/index.ts';
import { type Patch, placedHash, type ReviewTube, type WrittenPatch } from '../../src/review/index.ts';
import { boundsOf } from '../gating/memoryEvents.ts';

/** CD56 ≥ u = 2 in three tubes of two subjects, and a border across a ridge below it. */
export function smallBook(): PlacementBook {
  const raw = 150 * Math.sinh(2);
  const cut: Geometry = {
    kind: 'interval',
    dims: [{ ...boundsOf('CD56', null, null), frame: 'u', min: 2, min_raw: raw }],
  };
  const axis = (marker: string) => ({ marker, channel: `${marker}-A`, frame: 'u' as const });
  const ridge: Geometry = {
    kind: 'strip',
    dims: [axis('CD24'), axis('CD38')],
    origin: [1, 1],
    direction: [1, 0],
    from: 0.5,
    half_width: 1,
  };
  const scale = (marker: string) => ({
    marker,
    channel: `${marker}-A`,
    kind: 'logicle' as const,
    T: 262144,
    W: 0.5,
    M: 4.5,
    A: 0,
    u_cofactor: 150,
  });
  const gate = (population: string, parent: string, geometry: Geometry) => ({
    population,
    parent,
    method: 'valley',
    parameters: {},
    pool: 'study',
    align: null,
    tubes: ['A_BL', 'A_M1', 'B_BL'].map((id): BookTubeGate => entry(id, geometry)),
  });
  return {
    format: 'cytopair/placements/1',
    template: { name: 'small', sha256: '0'.repeat(64) },
    scales: ['CD56', 'CD24', 'CD38'].map(scale),
    alignments: [],
    gates: [gate('NK', 'root', cut), gate('NK/Ridge', 'NK', ridge)],
  };
}

function entry(sample_id: string, geometry: Geometry): BookTubeGate {
  return { sample_id, geometry, landmarks: [], modes: [], rule: 'pooled', fallback: null, override: null, flags: [] };
}

export const smallTubes: readonly ReviewTube[] = [
  { sampleId: 'A_BL', code: 'T-aaaaaa', batch: 'b1', subjectKey: 'A' },
  { sampleId: 'A_M1', code: 'T-bbbbbb', batch: 'b2', subjectKey: 'A' },
  { sampleId: 'B_BL', code: 'T-cccccc', batch: 'b1', subjectKey: 'B' },
];

/** sha-256 of an entry as placed. */
export function replacesOf(book: PlacementBook, population: string, sampleId: string): string {
  const found = book.gates.find((gate) => gate.population === population);
  return placedHash(found!.tubes.find((tube) => tube.sample_id === sampleId)!);
}

/** A shift of the CD56 cut of one tube. */
export function shiftOf(
  book: PlacementBook,
  more: Partial<Extract<Patch, { action: 'shift' }>> = {},
): Extract<Patch, { action: 'shift' }> {
  return {
    action: 'shift',
    tube: 'T-aaaaaa',
    population: 'NK',
    axis: 'CD56',
    by: -0.5,
    frame: 'u',
    scope: 'tube',
    author: 'AB',
    date: '2026-11-29',
    reason: 'valley missed',
    replaces: replacesOf(book, 'NK', 'A_BL'),
    ...more,
  };
}

export function written(patch: Patch, line = 1): WrittenPatch {
  return { patch, where: { file: 'overrides.yaml', line, column: 3 } };
}
