import type { CodeEntry } from '../codeEntry.ts';

/** Codes of running: command line, threads, outputs. */
export const batchCodes = {
  'cli.internal-error': { says: 'the program met a fault of its own', hint: 'repeat with --verbose and report it' },
  'cli.usage': { says: 'the command line cannot be understood', hint: 'see cytopair --help' },
  'cli.duplicate-sample': {
    says: 'two files give the same sample_id, which is the file name without .fcs',
    hint: 'rename one of the files',
  },
  'cli.renamed-sample': {
    says: 'a file name holds characters that a sample_id cannot have; they were replaced',
    hint: 'rename the file to choose the sample_id',
  },
  'cli.unknown-file': {
    says: 'a YAML file is neither a study nor a template',
    hint: 'a study has the key "study", a template the key "template", a sheet ends in .csv',
  },
  'cli.unreadable-file': {
    says: 'the system does not let a file be read',
    hint: 'check that it is a file and may be read',
  },
  'cli.unknown-method': { says: 'no gate method has this name', hint: 'see cytopair methods' },
  'cli.unknown-population': {
    says: 'a name on the command line stands for no population, or for several',
    hint: 'see cytopair template show for the tree',
  },
  'cli.population-not-placed': {
    says: 'the gate of the population asked for could not be placed in the tube',
    hint: 'see its flags with cytopair gate',
  },
  'cli.tube-ended': {
    says: 'the thread that worked on a tube ended before it had a result',
    hint: 'the other tubes are complete; repeat with --threads 0 --verbose to see the fault',
  },
  'cli.tube-time': {
    says: 'a tube took longer than any tube should, and was given up',
    hint: 'the other tubes are complete; look at this file with cytopair inspect',
  },
  'cli.interrupted': { says: 'the run was interrupted', hint: 'the same command goes on where it stopped' },
  'output.not-ours': {
    says: 'the output folder holds files that are not from a run of this program',
    hint: 'name an empty or a new folder with --out',
  },
  'output.other-study': {
    says: 'the output folder holds the results of another study, or of gate where this is a study, or the other way round',
    hint: 'name another folder with --out; where the study was renamed, move the old results away first',
  },
  'output.in-use': {
    says: 'another run is writing to the output folder',
    hint: 'wait until it has ended, or name another folder with --out',
  },
  'output.not-writable': { says: 'an output cannot be written', hint: 'check the rights of the folder, or use --out' },
  'output.disk-full': { says: 'the disk is full', hint: 'make room; the same command goes on where it stopped' },
  'output.exists': {
    says: 'a file that would be written exists already',
    hint: 'move the file away; a file of yours is never overwritten',
  },
  'output.unknown-format': {
    says: 'an export has a format that is not known',
    hint: 'name one or several of those that are, parted by commas',
  },
  'output.no-run': {
    says: 'a folder holds no finished run that can be exported',
    hint: 'name the output folder of run, gate or analyze',
  },
  'output.changed': {
    says: 'a file is not as the run wrote or read it',
    hint: 'run the study again; what was changed by hand is not exported under the name of the run',
  },
  'output.no-study': {
    says: 'an export needs the study, its visits and patients',
    hint: 'name study.yaml, unchanged since the run, with --study',
  },
  'output.not-exported': {
    says: 'something of a run did not come along in an export',
    hint: 'the files of the run hold it; the other parts of the export are whole',
  },
} as const satisfies Record<string, CodeEntry>;
