interface Drawing {
  readonly Plot: typeof import('@observablehq/plot');
  readonly parseHTML: typeof import('linkedom')['parseHTML'];
}

let loaded: Drawing | undefined;

/**
 * Loads what draws the figures of an agreement: 350 modules, a quarter of a second. Whoever asks for such figures waits for
 * it once where there are any.
 */
export async function loadDrawing(): Promise<void> {
  if (loaded !== undefined) return;
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  loaded = { Plot, parseHTML };
}

/** The libraries that draw. @throws where {@link loadDrawing} has not ended: a fault of ours */
export function drawing(): Drawing {
  if (loaded === undefined) throw new Error('what draws figures is not loaded');
  return loaded;
}
