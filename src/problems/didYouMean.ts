/** The question a hint asks where a known name is near what was written (`nearestName`); undefined where none is. */
export function didYouMean(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `did you mean "${near}"?`;
}
