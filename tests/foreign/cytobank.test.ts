import { describe, expect, test } from 'vitest';
import { readGatingMl } from '../../src/foreign/index.ts';

const head =
  'xmlns:gating="http://www.isac-net.org/std/Gating-ML/v2.0/gating" xmlns:data-type="http://www.isac-net.org/std/Gating-ML/v2.0/datatypes" xmlns:transforms="http://www.isac-net.org/std/Gating-ML/v2.0/transformations"';

interface Info {
  readonly name: string;
  readonly gateId?: string;
  readonly file?: string;
}

function info({ name, gateId = '', file = '' }: Info): string {
  const parts = `<name>${name}</name><gate_id>${gateId}</gate_id><fcs_file_filename>${file}</fcs_file_filename>`;
  return `<data-type:custom_info><cytobank>${parts}<definition>{"scale":{}}</definition></cytobank></data-type:custom_info>`;
}

function rectangle(id: string, own: Info, min: number): string {
  const dimension = `<gating:dimension gating:compensation-ref="FCS" gating:min="${min}" gating:transformation-ref="Tr_Arcsinh_5"><data-type:fcs-dimension data-type:name="Comp_FITC-A"/></gating:dimension>`;
  return `<gating:RectangleGate gating:id="${id}">${info(own)}${dimension}</gating:RectangleGate>`;
}

function gateSet(id: string, name: string, refs: readonly string[]): string {
  const references = refs.map((ref) => {
    const [, not, own] = /^(!?)(.*)$/.exec(ref)!;
    return `<gating:gateReference gating:ref="${own}"${not ? ' gating:use-as-complement="true"' : ''}/>`;
  });
  return `<gating:BooleanGate gating:id="${id}">${info({ name })}<gating:and>${references.join('')}</gating:and></gating:BooleanGate>`;
}

const scale =
  '<transforms:transformation transforms:id="Tr_Arcsinh_5"><transforms:fasinh transforms:T="5.8760059682190064" transforms:M="0.43429448190325176" transforms:A="0"/></transforms:transformation>';
const document = `<gating:Gating-ML ${head}><data-type:custom_info><cytobank><experiment_title>a</experiment_title></cytobank></data-type:custom_info>${scale}
${rectangle('Gate_1', { name: 'cells', gateId: '1' }, 1)}${rectangle('Gate_2', { name: 'T &amp; NK', gateId: '2' }, 2)}
${rectangle('Gate_3', { name: 'T &amp; NK', gateId: '2', file: 'second.fcs' }, 3)}
${gateSet('GateSet_9', 'T of cells', ['Gate_1', 'Gate_2'])}${gateSet('GateSet_8', 'Cells', ['Gate_1'])}${gateSet('GateSet_7', 'not T', ['Gate_1', '!Gate_2'])}
</gating:Gating-ML>`;

describe('Gating-ML as Cytobank writes it', () => {
  const { value, problems } = readGatingMl(new TextEncoder().encode(document), 'cytobank.xml');
  const [general, tailored] = value!.samples;

  test('names are those that Cytobank shows, and its populations stand below each other', () => {
    expect(problems).toEqual([]);
    expect(value?.program).toBe('Gating-ML 2.0 of Cytobank');
    const names = new Map(general!.populations.map(({ id, name }) => [id, name]));
    const tree = general!.populations.map(({ name, parent }) => [name, parent === null ? null : names.get(parent)]);
    expect(tree).toEqual([
      ['cells', null],
      ['T & NK', null],
      ['Cells', null],
      ['T of cells', 'Cells'],
      ['not T', 'Cells'],
    ]);
  });

  test('a gate that was tailored to a file is in that file’s own tree', () => {
    expect(tailored?.fileNames).toEqual(['second.fcs']);
    const minOf = (sample: typeof general) => {
      const gate = sample!.populations.find(({ name }) => name === 'T & NK')!.gate;
      return gate.kind === 'rectangle' ? gate.dims[0]?.min : undefined;
    };
    expect([minOf(general), minOf(tailored)]).toEqual([2, 3]);
    expect(tailored?.populations.length).toBe(5);
  });
});
