import { z } from "zod";
import { inQuery } from "./in_query.ts";
import { LONGEST_ID, text, whole } from "./rules.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;
const LARGEST_OFFSET = 1_000_000_000;

/** Which page of a long answer to return. */
export const pageOptions = {
  limit: whole(1, LARGEST_PAGE).describe("The most to return").default(DEFAULT_PAGE),
  offset: whole(0, LARGEST_OFFSET).describe("How many to skip first").default(0),
};

const CURSOR_ERROR = "0, or `next` of the answer before";

/** Where a page of users begins: a number, or `~` and an id. */
const cursorRule = z.string({ error: CURSOR_ERROR }).max(LONGEST_ID + 1, { error: CURSOR_ERROR })
  .regex(/^(?:\d{1,10}|~[^]*)$/, { error: CURSOR_ERROR });

/** The query for a page of users. */
export const usersQuery = inQuery({
  limit: pageOptions.limit,
  from: cursorRule.describe("Where to begin: 0, or `next` of the answer before").default("0"),
  segment: text().describe("Only users in this segment of the file of placements").optional(),
});

/** The query for a page of a user's history. */
export const historyQuery = inQuery(pageOptions);
