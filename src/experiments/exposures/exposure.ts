/** What users were shown, and what came of it. */
import { z } from "zod";

/** The types of events that are counted for lists: a click, a cart and a purchase. */
export const OUTCOME_TYPES = ["view", "cart", "purchase"] as const;

/** One of {@linkcode OUTCOME_TYPES}. */
export type OutcomeType = typeof OUTCOME_TYPES[number];

const id = z.string().min(1);
const milliseconds = z.int().min(0);
const position = z.int().min(1);

/** The rule of a list that was shown. */
const exposure = z.strictObject({
  listId: id,
  at: milliseconds,
  userId: id,
  placement: id.optional(),
  experiment: id.optional(),
  arm: id.optional(),
  model: id,
  productIds: z.array(id).min(1),
  positions: z.array(position).min(1),
  propensities: z.array(z.number().gt(0).max(1)).min(1),
});

/** The rule of what came of a list. */
const outcome = z.strictObject({
  listId: id,
  productId: id,
  type: z.enum(OUTCOME_TYPES),
  at: milliseconds,
  price: z.number().min(0).optional(),
  position,
  by: z.enum(["listId", "window"]),
});

/** A list that a user was shown, or the part of it that they saw. */
export interface Exposure extends Readonly<Omit<z.output<typeof exposure>, Parallel>> {
  /** Names the list among its user's. */
  readonly listId: string;
  /** When it was shown: milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** The placement that was asked for; absent for a list without one. */
  readonly placement?: string;
  /** The experiment that the list belongs to, if any; then it has an `arm`. */
  readonly experiment?: string;
  readonly arm?: string;
  /** The model of the list's first step. */
  readonly model: string;
  /** The products that were seen. */
  readonly productIds: readonly string[];
  /** The place in the list of each of them, from 1. */
  readonly positions: readonly number[];
  /**
   * How likely each of them was at its place, given the places before it; above 0, and 1 where
   * nothing was left to chance.
   */
  readonly propensities: readonly number[];
}

type Parallel = "productIds" | "positions" | "propensities";

/** An event that counts for a list: the first of its type for the product. */
export interface Outcome extends Readonly<z.output<typeof outcome>> {
  readonly listId: string;
  readonly productId: string;
  readonly type: OutcomeType;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** The product's price at the time, if it is known. */
  readonly price?: number;
  /** The product's place in the list, from 1. */
  readonly position: number;
  /** Whether the event named the list, or came within the window after it. */
  readonly by: "listId" | "window";
}

/** A list and what came of it. */
export interface ExposureWithOutcomes {
  readonly exposure: Exposure;
  /** In chronological order. */
  readonly outcomes: readonly Outcome[];
}

/** The rule of a line of the log: `kind` says which of both it is. */
export const exposureLine = z.discriminatedUnion("kind", [
  exposure.extend({ kind: z.literal("list") }),
  outcome.extend({ kind: z.literal("event") }),
]);
