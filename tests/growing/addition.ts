/** A thing that a newcomer adds to the house, and what shows that it is there. */
export interface Addition {
  /** Its row in the last table of docs/architecture.md. */
  readonly row: string;
  readonly name: string;
  /** Path of its own file. */
  readonly file: string;
  readonly text: string;
  /** Files that are there already, with the lines that they gain. */
  readonly lines: Readonly<Record<string, readonly Gain[]>>;
  /** Lines that the house asks for and its row does not name, each only as long as the text that it goes behind is there. */
  readonly owed?: Readonly<Record<string, readonly Gain[]>>;
  /** A module that uses the thing through the doors of the built house, and exports what it found, as JSON can say it. */
  readonly use: string;
  readonly gives: unknown;
}

/** Text that is put in behind other text, which stands in the file once. */
export interface Gain {
  readonly behind: string;
  readonly put: string;
}
