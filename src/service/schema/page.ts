import { inQuery } from "./in_query.ts";
import { whole } from "./rules.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;
const LARGEST_OFFSET = 1_000_000_000;

/** Which page of a long answer to return. */
export const pageOptions = {
  limit: whole(1, LARGEST_PAGE).describe("The most to return").default(DEFAULT_PAGE),
  offset: whole(0, LARGEST_OFFSET).describe("How many to skip first").default(0),
};

/** The query for a page of a user's history. */
export const historyQuery = inQuery(pageOptions);
