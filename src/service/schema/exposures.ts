/** What users were shown. */
import { z } from "zod";
import { listIdRule, MOST_EVENTS } from "./events.ts";
import { inQuery } from "./in_query.ts";
import { LARGEST_K, LARGEST_OFFSET, productIdsRule } from "./lists.ts";
import { fields, idRule, sinceRule, timeRule, whole } from "./rules.ts";

/** The most lists that one request may report. */
export const MOST_IMPRESSIONS = MOST_EVENTS;

/** The most products of a list that count as shown. */
export const MOST_SHOWN = 100;

const positions = z.array(whole(1, LARGEST_K + LARGEST_OFFSET), { error: "a list of places" })
  .refine((places) => new Set(places).size === places.length, { error: "places, each once" });

/** What was seen of a list. */
export const shownFields = {
  listId: listIdRule.describe("The list's id: the header x-list-id of its answer"),
  productIds: productIdsRule(MOST_SHOWN).describe("The products that were seen"),
  positions: positions.optional().describe(
    "Their places in the list, from 1; default its first places",
  ),
};

/** What {@linkcode shownFields} must fulfil together. */
export function hasPlaceForEach({ productIds, positions }: {
  readonly productIds: readonly string[];
  readonly positions?: readonly number[];
}): boolean {
  return !positions || positions.length === productIds.length;
}

/** What is wrong where {@linkcode hasPlaceForEach} is false. */
export const PLACES_RULE = { path: ["positions"], error: "one place for each product" };

/** A list, or the part of it that a user saw. */
export const impression = fields({
  ...shownFields,
  userId: idRule,
  time: timeRule.optional().describe("When it was seen, as for events; default now"),
}).refine(hasPlaceForEach, PLACES_RULE);

/** The query that exports what users were shown. */
export const exposuresQuery = inQuery({
  since: sinceRule.optional().describe(
    "Only lists shown at this time or later, as for events; 0 for all",
  ),
});
