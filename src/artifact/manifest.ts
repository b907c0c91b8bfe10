import { z } from "zod";
import { popularity } from "../models/popularity.ts";

/** The name of the format in every manifest. */
export const FORMAT = "clickstream-recommender";

/** The format version that this program writes. It rises when older programs can't read it. */
export const FORMAT_VERSION = 5;

/**
 * The format versions that this program reads. Version 1 stored all numbers in 32 bits. Version 3
 * may have a table of products that go together, version 4 has histories apart. Version 5 leaves
 * out what an id shares with the one before, writes lengths in a variable number of bytes where
 * that is smaller, and codes of the catalogue in as few bits as the largest needs. Tensors of
 * other versions have other names or types, which is how the contents and the models tell them
 * apart.
 */
export const READABLE_VERSIONS = [1, 2, 3, 4, FORMAT_VERSION] as const;

/** The manifest's file name within an artifact's folder. */
export const MANIFEST_FILE = "manifest.json";

/** The model that answers for unknown users; every artifact has it. */
export const FALLBACK_MODEL = popularity.name;

/** Valid names of models and tensors: safe in file names on any system. */
export const NAME_PATTERN = /^[A-Za-z][\w-]{0,63}$/;

/** Manifests are parsed from JSON, so whatever is in them is JSON; looking again takes a moment. */
const json = z.unknown() as z.ZodType<z.core.util.JSONType>;

/** One array of an artifact: a file of raw little-endian numbers in row-major order. */
export const tensorFileSchema = z.object({
  name: z.string().regex(NAME_PATTERN),
  /** Within the artifact's folder. */
  file: z.string().regex(/^[\w-]+(\.[\w-]+)*$/),
  type: z.enum([
    "Float32Array",
    "Float64Array",
    "Int32Array",
    "Int16Array",
    "Uint32Array",
    "Uint16Array",
    "Uint8Array",
  ]),
  shape: z.array(z.int().min(0)),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** One trained model: its options, figures and tensors. */
export const modelSchema = z.object({
  name: z.string().regex(NAME_PATTERN),
  options: z.record(z.string(), json),
  /** Facts about the fit, for example its seconds. */
  figures: z.record(z.string(), json),
  tensors: z.array(tensorFileSchema),
});

/** The table of products that go together, or why training made none. */
export const complementsSchema = z.object({
  /** Why there is none; absent if there is one. */
  absent: z.string().optional(),
  /** Facts about the baskets that the table was made of. */
  figures: z.record(z.string(), json).optional(),
  /** Empty if there is no table. */
  tensors: z.array(tensorFileSchema),
});

/** Histories apart from the artifact; see `HistoryShards`. */
export const shardsSchema = z.object({
  /** The name of their folder, which follows from what they are. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  users: z.int().min(1),
  events: z.int().min(1),
  /** Number of bytes of each shard. */
  shardBytes: z.array(z.int().min(1)).min(1),
  /** Users to try a service with. */
  examples: z.array(z.string()).min(1),
});

/** Where the data came from and what it holds; training may add other facts. */
export const dataSchema = z.object({
  /** The files read, or a description of the simulation. */
  sources: z.array(z.string()),
  users: z.int().min(1),
  items: z.int().min(1),
  events: z.int().min(1),
  /** Time of the first event. */
  from: z.iso.datetime(),
  /** Time of the last event. */
  to: z.iso.datetime(),
}).catchall(json);

/** The contents of `manifest.json`. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(READABLE_VERSIONS),
  created: z.iso.datetime(),
  data: dataSchema,
  /** Weights of the event types in the histories. */
  eventWeights: z.object({
    view: z.number().positive(),
    cart: z.number().positive(),
    purchase: z.number().positive(),
  }),
  /** The model for requests that name none. */
  defaultModel: z.string(),
  /** Why that model, in a sentence. */
  decision: z.string(),
  /** Why no model could be measured, and what to do; absent if the models were measured. */
  unmeasured: z.string().optional(),
  // The evaluation is checked when a report reads it, see evaluation_facts.ts: artifacts of other
  // versions of the program load with any evaluation.
  /** What the winner was tested against before it became the default. */
  gate: z.record(z.string(), json).optional(),
  /** What else a report shows of the comparison: the split, breakdowns, overlaps. */
  comparison: z.record(z.string(), json).optional(),
  contents: z.object({
    /** Empty if histories are apart. */
    userIds: z.array(tensorFileSchema),
    itemIds: z.array(tensorFileSchema),
    /** If they are apart, their index, and what is counted of them. */
    histories: z.array(tensorFileSchema),
    catalogue: z.array(tensorFileSchema),
    /** How much events say of products; absent if training had only a sample of them. */
    evidence: z.array(tensorFileSchema).optional(),
  }),
  /** Absent if histories are inside. */
  histories: shardsSchema.optional(),
  models: z.array(modelSchema),
  /** Absent in artifacts of format versions below 3. */
  complements: complementsSchema.optional(),
  /** The rows of the comparison. */
  evaluation: z.array(z.record(z.string(), json)),
});

/** One array of an artifact, as {@linkcode tensorFileSchema} describes it. */
export type TensorFile = z.infer<typeof tensorFileSchema>;

/** The contents of `manifest.json`, as {@linkcode manifestSchema} describes them. */
export type Manifest = z.infer<typeof manifestSchema>;
