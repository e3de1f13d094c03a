import type { CodeEntry } from '../codeEntry.ts';

/** Codes of gates that other programs drew. */
export const importCodes = {
  'import.not-xml': {
    says: 'a file of gates is no sound XML',
    hint: 'export it again from the program that wrote it; a copy by mail or editor may have cut it',
  },
  'import.unsafe-xml': {
    says: 'an XML file holds what no gating needs and what can harm: entities, outside parts, endless nesting or texts',
    hint: 'export it again from the program that wrote it',
  },
  'import.unsafe-archive': {
    says: 'an archive unfolds to more than any workbench takes',
    hint: 'save it again in the program that wrote it',
  },
  'import.unverified': {
    says: 'a format is read as others describe it, and was tried on no file of the program that writes it',
    hint: 'compare the counts with those of the program: cytopair gate --workspace FILE --concordance',
  },
  'import.unknown-format': {
    says: 'a file is not in a format of gates that is read here',
    hint: 'FlowJo workspaces, Gating-ML 2.0 and openCyto templates can be read',
  },
  'import.old-version': {
    says: 'a document is of a version that is not read here',
    hint: 'export it again as Gating-ML 2.0',
  },
  'import.unreadable-gate': {
    says: 'a gate of another program cannot be read; it and what stands below it are left out',
    hint: 'draw it again here, or mend it in the program that wrote it',
  },
  'import.unreadable-matrix': {
    says: 'a compensation matrix of another program cannot be used; the gates that name it are left out',
    hint: 'export it again with the matrix complete',
  },
  'import.unreadable-scale': {
    says: 'a scale of another program cannot be used; the gates that are drawn on it are left out',
    hint: 'choose another scale for the channel in the program that wrote it',
  },
  'import.duplicate-id': {
    says: 'two things of a document have the same id, so that what names it could mean either',
    hint: 'export it again; ids must be unique',
  },
  'import.unknown-channel': {
    says: 'a gate looks at a channel that the file does not have; it and what stands below it are not counted',
    hint: 'see cytopair inspect for the channels of the file',
  },
  'import.no-sample': {
    says: 'a workspace holds no sample that goes with a file',
    hint: 'give the file the name that it had when the workspace was saved',
  },
  'import.several-samples': {
    says: 'a workspace holds several samples that go with a file, and nothing tells them apart',
    hint: 'give the file the name that it had when the workspace was saved',
  },
  'import.other-file': {
    says: 'a workspace was saved for a file of another number of events',
    hint: 'give the file on which the workspace was made',
  },
  'import.matrix-differs': {
    says: 'the matrix of a workspace is not the one that the file carries',
    hint: 'the gates were drawn on values compensated by that of the workspace, which is used',
  },
  'import.not-carried': {
    says: 'something of another program did not come along',
    hint: 'see import.md for all of it',
  },
  'import.no-run': {
    says: 'a folder is no complete run whose gates could be exported',
    hint: 'name the output folder of cytopair run or gate',
  },
  'import.not-exported': {
    says: 'the gates of a tube could not be written for another program',
    hint: 'run cytopair gate again with this version, beside the FCS files',
  },
  'import.no-record': {
    says: 'what was written beside exported gates, by which edits are known again, is not there',
    hint: 'name the folder that export-gates wrote for you with --record',
  },
  'import.other-run': {
    says: 'gates were exported from another run than the one that is named',
    hint: 'name the run from which they were exported, or export them again and look at them anew',
  },
  'import.not-a-patch': {
    says: 'what was changed in FlowJo cannot be said as a patch',
    hint: 'undo it there, or change the gate in the review page',
  },
  'import.no-reason': {
    says: 'a gate was changed in FlowJo without a reason',
    hint: 'write one beside the population in FlowJo (its annotation), or give one for all with --reason',
  },
} as const satisfies Record<string, CodeEntry>;
