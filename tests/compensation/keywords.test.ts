import { describe, expect, it } from 'vitest';
import { spilloverFromKeywords } from '../../src/compensation/index.ts';
import type { ParameterName } from '../../src/compensation/tools.ts';
import { printProblem } from '../../src/problems/index.ts';

const where = { file: 't.fcs' };
const named = (...names: string[]): ParameterName[] =>
  names.map((name, i) => ({ index: i + 1, name, stain: undefined }));
const three = named('FSC-A', 'FITC-A', 'PE-A');
const read = (entries: Record<string, string>, parameters: readonly ParameterName[] = three) =>
  spilloverFromKeywords(new Map(Object.entries(entries)), parameters, where);
const codesOf = (result: ReturnType<typeof read>): string[] =>
  result.problems.map(({ severity, code }) => `${severity} ${code.replace('compensation.spillover-', '')}`);
const matrixOf = (result: ReturnType<typeof read>): number[] | undefined =>
  result.value ? [...result.value.matrix] : undefined;

const plain = '2,FITC-A,PE-A,1,0.1,0.02,1';
const plainMatrix = [1, 0.1, 0.02, 1];

describe('a spillover keyword in its plain form', () => {
  it.each(['$SPILLOVER', 'SPILL', 'SPILLOVER', '$SPILL'])('is read from %s, row = fluorochrome', (keyword) => {
    const result = read({ [keyword]: plain });
    expect(result.problems).toEqual([]);
    expect(result.value?.channels).toEqual(['FITC-A', 'PE-A']);
    expect(result.value?.source).toBe(keyword);
    expect(matrixOf(result)).toEqual(plainMatrix);
    // ‖S‖₁ = 1.1, ‖S⁻¹‖₁ = 1.1/(1 − 0.002)
    expect(result.value?.conditionNumber).toBeCloseTo((1.1 * 1.1) / 0.998, 12);
  });

  it.each([
    ['blanks and line ends', ' 2 , FITC-A,PE-A,\r\n 1, 0.1,\r\n0.02 ,1\r\n'],
    ['line ends without commas', '2,FITC-A,PE-A\n1,0.1\n0.02,1'],
    ['quotes around fields', '2,"FITC-A","PE-A",1,0.1,0.02,1'],
    ['quotes around everything', '"2,FITC-A,PE-A,1,0.1,0.02,1"'],
    ['a comma at the end', `${plain},`],
    ['exponents', '2,FITC-A,PE-A,1.0,1E-1,+2e-02,1.'],
  ])('may carry %s', (_, text) => {
    const result = read({ $SPILLOVER: text });
    expect(result.problems).toEqual([]);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it.each([{}, { $SPILLOVER: '' }, { SPILL: '  ' }, { SPILL: '0' }, { $COMP: '0' }])(
    'is absent in %j, without a problem',
    (entries) => expect(read(entries)).toEqual({ value: null, problems: [] }),
  );
});

describe('several keywords', () => {
  it('that agree are no problem, and the standard one is named', () => {
    const result = read({ SPILL: '2,PE-A,FITC-A,1,0.02,0.1,1', $SPILLOVER: plain });
    expect(result.problems).toEqual([]);
    expect(result.value?.source).toBe('$SPILLOVER');
  });

  it('that differ are refused, with the cell that differs most: the user chooses', () => {
    const result = read({ $SPILLOVER: plain, SPILL: '2,FITC-A,PE-A,1,0.15,0.02,1' });
    expect(result.value).toBeUndefined();
    expect(result.problems.map(printProblem)).toEqual([
      't.fcs: error compensation.spillover-conflict: $SPILLOVER and SPILL differ by up to 0.0500 ("FITC-A" into ' +
        '"PE-A"); programs differ in which one they take (name the matrix: write "compensation:" with the path of a ' +
        'CSV in the template)',
    ]);
  });

  it('of which one is the identity differ as well', () => {
    expect(codesOf(read({ $SPILLOVER: '2,FITC-A,PE-A,1,0,0,1', SPILL: plain }))).toEqual(['error conflict']);
  });

  it('of which one cannot be read: the other is used, and the fault is a warning', () => {
    const result = read({ $SPILLOVER: '2,FITC-A,PE-A,1,x,0.02,1', SPILL: plain });
    expect(codesOf(result)).toEqual(['warning number']);
    expect(result.value?.source).toBe('SPILL');
  });

  it("of which one is a maker's own that differs: it is not used, and said", () => {
    const result = read({ SPILL: plain, SPILLOVERMATRIX: '2,FITC-A,PE-A,1,0.3,0.02,1' });
    expect(codesOf(result)).toEqual(['warning unused']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it.each(['SPILLOVERMATRIX', 'COMPENSATION', '_SPILL'])("a maker's own, %s, alone is used with a note", (keyword) => {
    const result = read({ [keyword]: plain });
    expect(codesOf(result)).toEqual(['note vendor-keyword']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it("a maker's own with names that the file does not have is not used, and said", () => {
    const result = read({ _SPILL: '2,FL1,FL2,1,0.1,0.02,1' });
    expect(result.value).toBeNull();
    expect(codesOf(result)).toEqual(['warning unused']);
    expect(read({ _SPILL: '2,FL1,FL2,1,0,0,1' })).toEqual({ value: null, problems: [] });
  });

  it.each([
    ['APPLY COMPENSATION', 'TRUE'],
    ['_COMPENSATION', 'FALSE'],
    ['COMPENSATION', '3,FITC-A,PE-A,1,0.1,0.02,1'],
  ])("a maker's own, %s, that does not parse to the letter is not a matrix", (keyword, text) => {
    expect(read({ [keyword]: text })).toEqual({ value: null, problems: [] });
  });
});

describe('names in the keyword', () => {
  const stained: ParameterName[] = [
    { index: 1, name: 'FSC-A', stain: undefined },
    { index: 2, name: 'B530-A', stain: 'CD3 FITC' },
    { index: 3, name: 'Comp-YG586-A', stain: 'CD4 PE' },
  ];

  it.each([
    ['by $PnS', '2,CD3 FITC,CD4 PE,1,0.1,0.02,1'],
    ['by number', '2,2,3,1,0.1,0.02,1'],
    ['with and without Comp-', '2,Comp-B530-A,YG586-A,1,0.1,0.02,1'],
    ['in angle brackets', '2,<B530-A>,<YG586-A>,1,0.1,0.02,1'],
    ['with a stain behind', '2,Comp-B530-A :: CD3,Comp-YG586-A :: CD4,1,0.1,0.02,1'],
  ])('are matched %s, and it is noted', (_, text) => {
    const result = read({ SPILL: text }, stained);
    expect(codesOf(result)).toEqual(['note names']);
    expect(result.value?.channels).toEqual(['B530-A', 'Comp-YG586-A']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it('prefer $PnN where X and Comp-X both exist', () => {
    const result = read({ SPILL: plain }, named('Comp-FITC-A', 'Comp-PE-A', 'FITC-A', 'PE-A'));
    expect(result.problems).toEqual([]);
    expect(result.value?.channels).toEqual(['FITC-A', 'PE-A']);
  });

  it('that hold a comma are read by the names of the parameters', () => {
    const parameters = ['APC,Cy7-A', 'APC', 'Cy7-A'].map((name, i) => ({ index: i + 1, name, stain: undefined }));
    const keywords = new Map([['$SPILLOVER', '2,APC,Cy7-A,APC,1,0.2,0.1,1']]);
    const { value, problems } = spilloverFromKeywords(keywords, parameters, {});
    expect(problems).toEqual([]);
    expect(value?.channels).toEqual(['APC,Cy7-A', 'APC']);
  });

  it('that the file does not have refuse the whole matrix, each with the nearest name', () => {
    const result = read({ SPILL: '3,FITC-A,PEE-A,APC-A,1,0,0,0,1,0,0,0.1,1' });
    expect(result.value).toBeUndefined();
    expect(result.problems.map(({ message, hint }) => `${message} - ${hint}`)).toEqual([
      'SPILL names "PEE-A", "APC-A", which are no parameters of this file - did you mean "PE-A" for "PEE-A", "FSC-A" for "APC-A"?',
    ]);
  });

  it('of which each fits in another way are refused: one way for all', () => {
    const result = read({ SPILL: '2,FITC-A,3,1,0.1,0.02,1' });
    expect(codesOf(result)).toEqual(['error unknown-channel']);
  });

  it('that stand twice, or fit two parameters, are refused', () => {
    expect(codesOf(read({ SPILL: '2,PE-A,PE-A,1,0.1,0.02,1' }))).toContain('error duplicate-channel');
    const twins = named('FITC-A', 'PE-A', 'PE-A');
    const result = read({ SPILL: plain }, twins);
    expect(result.value).toBeUndefined();
    expect(result.problems.map(({ message }) => message)).toEqual(['SPILL: "PE-A" fits $P2N "PE-A" and $P3N "PE-A"']);
  });
});

describe('numbers in the keyword', () => {
  it.each([
    ['whole numbers without decimals', '2,FITC-A,PE-A,1,0,1,0,02,1'],
    ['every number with decimals', '2,FITC-A,PE-A,1,000,0,100,0,020,1,000'],
    ['decimals on the first 1 alone', '2,FITC-A,PE-A,1,0,0,1,0,02,1'],
    ['decimals on the last 1 alone', '2,FITC-A,PE-A,1,0,1,0,02,1,0'],
    ['exponents', '2,FITC-A,PE-A,1,0,1,2,0E-02,1'],
  ])('with decimal commas are read where one reading alone has a unit diagonal: %s', (_, text) => {
    const result = read({ SPILL: text });
    expect(codesOf(result)).toEqual(['note decimal-comma']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it('with decimal commas, zeros and negatives of three dyes are read', () => {
    const dyes = named('FITC-A', 'PE-A', 'APC-A');
    const result = read({ SPILL: '3,FITC-A,PE-A,APC-A,1,0,125,0,0,04,1,-0,003,0,0,25,1' }, dyes);
    expect(codesOf(result)).toEqual(['note decimal-comma']);
    expect(matrixOf(result)).toEqual([1, 0.125, 0, 0.04, 1, -0.003, 0, 0.25, 1]);
  });

  it('with decimal commas and two readings are refused', () => {
    // The first row may be 1 | 0 | 0,1 or 1 | 0,1 | 0 with the zeros after it told otherwise.
    const dyes = named('FITC-A', 'PE-A', 'APC-A');
    const twoWays = '3,FITC-A,PE-A,APC-A,1,0,0,1,0,0,1,0,0,0,0,1';
    expect(codesOf(read({ SPILL: twoWays }, dyes))).toEqual(['error decimal-comma']);
  });

  it('with decimal commas and no believable reading are refused', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,1,0,5,0,7,2' });
    expect(result.value).toBeUndefined();
    expect(codesOf(result)).toEqual(['error decimal-comma']);
  });

  it.each([
    ['3,FITC-A,PE-A,1,0.1,0.02,1', 'SPILL says 3 channels, but holds 2 names and 4 numbers, which were used'],
    ['FITC-A,PE-A,1,0.1,0.02,1', 'SPILL says no number of channels, but holds 2 names and 4 numbers, which were used'],
  ])('of another count than said (%s) are used, with a warning', (text, message) => {
    const result = read({ SPILL: text });
    expect(result.problems.map((p) => p.message)).toEqual([message]);
    expect(codesOf(result)).toEqual(['warning count']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it.each([
    ['2,FITC-A,PE-A,1,0.1,0.02', 'SPILL says 2 channels, which needs 6 fields after it; found 5'],
    [
      '2,FITC-A,PE-A,1,0.1,0.02,1,0.5,0.5,0.5,0.5,0.5',
      'SPILL says 2 channels, which needs 6 fields after it; found 11',
    ],
    ['nonsense', 'SPILL says no number of channels; found 1'],
  ])('too few or too many (%s) are refused', (text, message) => {
    const result = read({ SPILL: text });
    expect(result.value).toBeUndefined();
    expect(result.problems.map((p) => p.message)).toEqual([message]);
  });

  it('that are none are all named, with row and column', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,1,,0.02,nan' });
    expect(result.value).toBeUndefined();
    expect(result.problems.map((p) => p.message)).toEqual([
      'SPILL, row "FITC-A", column "PE-A": "" is not a number',
      'SPILL, row "PE-A", column "PE-A": "nan" is not a number',
    ]);
  });
});

describe('matrices with something to say', () => {
  it('the identity is not applied, and noted', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,1,0,0,1.000' });
    expect(result.value).toBeNull();
    expect(codesOf(result)).toEqual(['note identity']);
  });

  it('percent with 100 on the diagonal are divided by 100', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,100,10,2,100' });
    expect(codesOf(result)).toEqual(['warning percent']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it('negative spillover is allowed', () => {
    expect(read({ SPILL: '2,FITC-A,PE-A,1,-0.1,0.02,1' }).problems).toEqual([]);
  });

  it('spillover above 1 is used with a warning that names it', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,1,1.25,0.02,1' });
    expect(codesOf(result)).toEqual(['warning large']);
    expect(result.problems[0]?.message).toBe('SPILL: spillover above 1: "FITC-A" into "PE-A": 1.25');
  });

  it('a matrix that is in order only when turned is suspected to be turned', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,0.5,1.5,0.1,2' });
    expect(codesOf(result)).toEqual(['warning diagonal', 'warning large']);
    expect(result.problems[1]?.hint).toContain('exchanged');
  });

  it('a singular matrix is refused, and equal rows are named', () => {
    const result = read({ SPILL: '2,FITC-A,PE-A,1,1,1,1' });
    expect(result.value).toBeUndefined();
    expect(result.problems.map((p) => p.message)).toEqual([
      'SPILL cannot be solved: it is singular; the rows "FITC-A" and "PE-A" are equal',
    ]);
  });

  it.each([
    ['0.6', ['note condition']],
    ['0.99', ['warning condition']],
    ['0.9999999', ['error singular']],
  ])('two dyes that spill %s into each other', (share, codes) => {
    const result = read({ SPILL: `2,FITC-A,PE-A,1,${share},${share},1` });
    // ‖S‖₁‖S⁻¹‖₁ = (1 + s)/(1 − s)
    const s = Number(share);
    const condition = (1 + s) / (1 - s);
    if (condition <= 10) expect(result.problems).toEqual([]);
    else expect(codesOf(result)).toEqual(codes);
    if (result.value) expect(result.value.conditionNumber / condition).toBeCloseTo(1, 10);
  });

  it('a condition number just above 10 is a note', () => {
    expect(codesOf(read({ SPILL: '2,FITC-A,PE-A,1,0.83,0.83,1' }))).toEqual(['note condition']);
  });
});

describe('$COMP of FCS 3.0', () => {
  it('has no names: all parameters in order, those that neither give nor take left out', () => {
    const result = read({ $COMP: '3,1,0,0,0,1,0.1,0,0.02,1' });
    expect(result.problems).toEqual([]);
    expect(result.value?.channels).toEqual(['FITC-A', 'PE-A']);
    expect(result.value?.source).toBe('$COMP');
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it.each(['3,100,0,0,0,100,10,0,2,100', '3,1,0,0,0,1,10,0,2,1'])('may be in percent: %s', (text) => {
    const result = read({ $COMP: text });
    expect(codesOf(result)).toEqual(['warning percent']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it('for another number of parameters is refused, since nobody knows which', () => {
    const result = read({ $COMP: '2,1,0.1,0.02,1' });
    expect(result.value).toBeUndefined();
    expect(result.problems.map((p) => p.message)).toEqual([
      '$COMP says 2 and holds 4 numbers; the 3 parameters need 3 and 9',
    ]);
  });

  it('with something else than numbers is refused', () => {
    expect(codesOf(read({ $COMP: '3,1,0,0,0,1,x,0,0,1' }))).toEqual(['error number']);
  });

  it('that is the identity is not applied', () => {
    expect(codesOf(read({ $COMP: '3,1,0,0,0,1,0,0,0,1' }))).toEqual(['note identity']);
  });

  it('does not paper over a keyword of later standards that cannot be read', () => {
    const result = read({ SPILL: 'x', $COMP: '3,1,0,0,0,1,0.1,0,0.02,1' });
    expect(result.value).toBeUndefined();
    expect(codesOf(result)).toEqual(['error count']);
  });
});

describe('$DFCmTOn of FCS 2.0', () => {
  it('is percent of dye m to be subtracted from n; without FLn names these are numbers of parameters', () => {
    const result = read({ $DFC2TO3: '10', $DFC3TO2: '2.0', $DFC1TO2: '0.0' });
    expect(codesOf(result)).toEqual(['note first-order']);
    expect(matrixOf(result)).toEqual(plainMatrix);
  });

  it('counts fluorescence channels in files of Coulter, for each kind of signal', () => {
    const coulter = named('FS Lin', 'SS Lin', 'FL1 Log', 'FL2 Log', 'FL1 Lin', 'FL2 Lin');
    const result = read({ $DFC1TO2: '10', $DFC2TO1: '2' }, coulter);
    expect(result.value?.channels).toEqual(['FL1 Log', 'FL2 Log', 'FL1 Lin', 'FL2 Lin']);
    expect(matrixOf(result)).toEqual([1, 0.1, 0, 0, 0.02, 1, 0, 0, 0, 0, 1, 0.1, 0, 0, 0.02, 1]);
  });

  it('for a dye that is not there is refused', () => {
    expect(codesOf(read({ $DFC2TO9: '10' }))).toEqual(['error unknown-channel']);
  });

  it('that is no number is refused', () => {
    expect(codesOf(read({ $DFC1TO2: 'ten' }))).toEqual(['error number']);
  });

  it('that is 0 throughout says nothing', () => {
    expect(read({ $DFC1TO2: '0.00', $DFC2TO1: '0' })).toEqual({ value: null, problems: [] });
  });
});
