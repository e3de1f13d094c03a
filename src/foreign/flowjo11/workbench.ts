import * as z from 'zod';

/** Ids by which things name each other; one alone may stand without its list. */
const Ids = z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]);
const Things = z.record(z.string(), z.unknown()).default({});

/** An analysis as FlowJo 11 writes it: what is needed of it, each thing read by itself so that one costs no other. */
export const Analysis = z.looseObject({
  dataSources: z.record(z.string(), z.unknown()),
  populationDefinitions: z.record(z.string(), z.unknown()),
  populations: z.record(z.string(), z.unknown()),
  groups: Things,
  platforms: z.looseObject({ spilloverMatrix: Things }).default({ spilloverMatrix: {} }),
});
export type Analysis = z.infer<typeof Analysis>;

export const Source = z.looseObject({
  definition: z.looseObject({
    uri: z.string().default(''),
    customKeywords: z.record(z.string(), z.unknown()).default({}),
  }),
  parents: z.looseObject({ platforms: Ids }).default({ platforms: [] }),
  results: z
    .looseObject({
      keywords: z.record(z.string(), z.unknown()).default({}),
      parameters: z.record(z.string(), z.array(z.unknown())).default({}),
    })
    .default({ keywords: {}, parameters: {} }),
});
export type Source = z.infer<typeof Source>;

/** A parameter of a data source: the keywords of its channel. */
export const SourceParameter = z.looseObject({ keywords: z.record(z.string(), z.unknown()).default({}) });

export const Population = z.looseObject({
  definition: z.looseObject({ populationNumber: z.int().min(0).default(0) }).default({ populationNumber: 0 }),
  parents: z.looseObject({
    _dataSource: Ids,
    dataSource: Ids,
    dataSources: Ids,
    populationDefinitions: Ids,
    populations: Ids,
  }),
  results: z.looseObject({ count: z.int().optional(), status: z.string().optional() }).default({}),
});
export type Population = z.infer<typeof Population>;

export const Definition = z.looseObject({
  definition: z.looseObject({
    name: Ids,
    type: z.string(),
    gateDefinition: z.unknown().optional(),
    /** Copies for samples whose gate differs, by id of the data source. */
    desyncTable: Things,
  }),
});
export type Definition = z.infer<typeof Definition>;

const Transform = z.looseObject({
  transformType: z.string(),
  vectorLength: z.number().positive().optional(),
  minRange: z.number().optional(),
  maxRange: z.number().optional(),
  decadesOffset: z.number().optional(),
  numberDecades: z.number().optional(),
  shift: z.number().optional(),
  negate: z.boolean().optional(),
  T: z.number().optional(),
  A: z.number().optional(),
  M: z.number().optional(),
  W: z.number().optional(),
});
const Axis = z.looseObject({ parameterSpec: z.looseObject({ name: z.string().min(1) }), transform: Transform });
export type WorkbenchAxis = z.infer<typeof Axis>;

export const Gate = z.looseObject({
  type: z.string(),
  xAxis: Axis,
  yAxis: Axis.optional(),
  xVertices: z.array(z.number()),
  yVertices: z.array(z.number()).default([]),
  gateResolution: z.number().positive().optional(),
  rotationAngle: z.number().default(0),
  magnetic: z.boolean().default(false),
});
export type WorkbenchGate = z.infer<typeof Gate>;

export const Group = z.looseObject({
  definition: z.looseObject({ name: z.string().default('') }),
  results: z.looseObject({ dataSources: Ids }).default({ dataSources: [] }),
});

const CompensationSpec = z.looseObject({
  spectral: z.boolean().default(false),
  parameters: z.array(z.looseObject({ name: z.string() })),
  detectors: z.array(z.looseObject({ name: z.string() })),
  coefficients: z.array(z.array(z.number())),
});
const Compensation = z.looseObject({ CompensationSpec });
export const Spillover = z.looseObject({
  name: z.string().optional(),
  isSpectral: z.boolean().default(false),
  compSpec: Compensation.optional(),
  definition: z.looseObject({ name: z.string().optional(), compSpec: Compensation.optional() }).default({}),
});
