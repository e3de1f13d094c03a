import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { confoundedWords, flagged, grouped, idsOf, mostCommon, othersWords, sistersByPanel } from '../sisters.ts';

/** Which cytometer a tube was acquired on. */
export const instruments: Comparison = {
  name: 'instrument',
  summary: 'the cytometer ($CYT, $CYTSN): two of them never show the same cells at the same numbers',
  compare(tubes): Compared {
    const findings = sistersByPanel(tubes).flatMap(findingsOf);
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

/** Name and serial number in capitals; undefined where the file names none. */
export function instrumentOf({ look }: ComparedTube): string | undefined {
  const name = [look.cytometer, look.cytometerSerial].map((text) => text.replace(/\s+/g, ' ').trim().toUpperCase());
  return name[0] === '' ? undefined : name.join('\0');
}

function findingsOf(panel: readonly ComparedTube[]): Finding[] {
  const named = panel.flatMap((tube) => {
    const key = instrumentOf(tube);
    return key === undefined ? [] : [{ tube, key }];
  });
  const usual = mostCommon(named.map((one) => one.key));
  const usualTube = named.find((one) => one.key === usual)?.tube;
  const others = named.filter((one) => one.key !== usual);
  if (usualTube === undefined) return [];
  return [...grouped(others, (one) => one.key).values()].map((alike) => {
    const tubes = alike.map((one) => one.tube);
    const [own, usualName] = namesOf(tubes[0]!, usualTube);
    const isWithin = tubes.some((tube) => panel.some((other) => isOtherVisit(tube, other) && !tubes.includes(other)));
    const pairs = isWithin ? '; subjects are compared across the two' : '';
    const confounded = confoundedWords(tubes, panel);
    const message = `acquired on "${own}", and ${othersWords(tubes.length, panel.length)} on "${usualName}"${confounded === '' ? pairs : confounded}`;
    const severity = isWithin || confounded !== '' ? 'warning' : 'note';
    const found = problem(severity, 'study.unlike-instrument', message, {});
    return {
      sampleIds: idsOf(tubes),
      words: `acquired on "${own}" for "${usualName}"`,
      problem: found,
      isRefused: false,
    };
  });
}

/** Only names where they tell the two apart: a serial number is said where it must be. */
function namesOf({ look: a }: ComparedTube, { look: b }: ComparedTube): readonly [string, string] {
  if (a.cytometer.toUpperCase() !== b.cytometer.toUpperCase()) return [a.cytometer, b.cytometer];
  return [`${a.cytometer} ${a.cytometerSerial}`.trim(), `${b.cytometer} ${b.cytometerSerial}`.trim()];
}

function isOtherVisit(a: ComparedTube, b: ComparedTube): boolean {
  return a.subject !== null && a.subject === b.subject && a.visit !== b.visit;
}
