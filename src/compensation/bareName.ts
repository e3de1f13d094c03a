/** A channel's name without what FlowJo puts around a compensated one, and without a stain after "::". */
export function bareName(name: string): string {
  const [own = name] = name.split(/\s*::\s*/);
  const inner = /^(?:FJ)?Comp-(.+)$/i.exec(own) ?? /^<(.+)>$/.exec(own);
  return inner?.[1] ?? own;
}
