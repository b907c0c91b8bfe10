import { fromNumberText, whole } from "./rules.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;
const LARGEST_OFFSET = 1_000_000_000;

/** Which part of a long answer is wanted, as parameters of a query. */
export const pageParameters = {
  limit: fromNumberText(whole(1, LARGEST_PAGE)).default(DEFAULT_PAGE)
    .describe("How many at most"),
  offset: fromNumberText(whole(0, LARGEST_OFFSET)).default(0)
    .describe("How many to leave out before them"),
};
