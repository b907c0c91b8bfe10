import { z } from "zod";
import { STATUS_CODE } from "../../../../base/std/http.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { impressionsAnswer } from "../../../schema/answers.ts";
import { impression, MOST_IMPRESSIONS } from "../../../schema/exposures.ts";
import { fresh, textBody } from "../../content.ts";
import { readImpressions } from "../../exposed/read_impressions.ts";
import { type EntryKind, noneStored, readEntries } from "../../read_entries.ts";
import { defineRoute } from "../../route.ts";

const IMPRESSIONS: EntryKind<typeof impression> = {
  noun: "impression",
  advice: 'send one, for example {"listId":"…","userId":"ann","productIds":["7"]}, a JSON array ' +
    "or one per line",
  rule: impression,
  most: MOST_IMPRESSIONS,
};

/**
 * `POST /impressions`: stores which lists users saw, on disk before it answers. Invalid ones are
 * refused by index, the others are stored.
 */
export const impressions = defineRoute({
  method: "POST",
  path: "/impressions",
  access: "manage",
  summary: "Store which lists users saw: one, a JSON array, or NDJSON",
  body: textBody({
    description: `Up to ${MOST_IMPRESSIONS} lists`,
    types: {
      "application/json": z.union([impression, z.array(impression).min(1).max(MOST_IMPRESSIONS)]),
      "application/x-ndjson": undefined,
    },
  }),
  answers: fresh("Stored; refused ones are listed by index", impressionsAnswer, {
    status: STATUS_CODE.Accepted,
  }),
  setting: "EXPOSURES=on",
  isServed: ({ exposures }) => exposures !== undefined,
  async handle({ body }, { shop, exposures }) {
    const now = Math.floor(requireStore(shop).now());
    const { entries, refused: invalid } = readEntries(body, IMPRESSIONS);
    const isRefused = new Set(invalid.map(({ index }) => index));
    const indices = Array.from({ length: entries.length + invalid.length }, (_, index) => index)
      .filter((index) => !isRefused.has(index));
    const { seen, unknown } = await readImpressions(entries, exposures!, now);
    const ofUnknownLists = unknown.map((i) => ({ index: indices[i], ...UNKNOWN_LIST }));
    const refused = [...invalid, ...ofUnknownLists].toSorted((a, b) => a.index - b.index);
    if (seen.length === 0) throw noneStored("impressions", refused);
    const { stored, duplicates } = await exposures!.record(seen);
    return { accepted: stored, duplicates, refused };
  },
});

const UNKNOWN_LIST = {
  detail: 'Parameter "listId" must be the header x-list-id of an answer of this service, unchanged',
  parameter: "listId",
};
