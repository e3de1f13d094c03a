// The package has no types; these are the parts that are used here.
declare module 'fcs' {
  class FCS {
    constructor(options: Readonly<Record<string, string | number>>, buffer: Buffer);
    readonly dataAsNumbers: readonly (readonly number[])[];
  }
  export = FCS;
}
