import { type Problem, problem } from '../../problems/index.ts';
import type { XmlElement } from './element.ts';

/** Problems of one document, each with the place of an element. */
export interface XmlFindings {
  readonly list: Problem[];
  add(code: Problem['code'], message: string, at: XmlPlace, severity?: Problem['severity']): void;
}

type XmlPlace = Pick<XmlElement, 'line' | 'column'>;

export function xmlFindings(file: string): XmlFindings {
  const list: Problem[] = [];
  return {
    list,
    add(code, message, { line, column }, severity = 'warning') {
      list.push(problem(severity, code, message, { file, line, column }));
    },
  };
}
