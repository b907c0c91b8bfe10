/** What sums over users cost on Spark: which rows move between executors. */
import { assert, assertEquals } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { openShopOnSpark } from "../../../src/spark/train/open_shop_on_spark.ts";
import { coRatingsQuery } from "../../../src/spark/statistics/co_ratings_query.ts";
import { keepPlaces, keepRatings } from "../../../src/spark/statistics/keep_ratings.ts";
import { nextItemsQuery } from "../../../src/spark/statistics/next_items_query.ts";
import { pairSumsQuery } from "../../../src/spark/statistics/similar_items_query.ts";
import { isSpark, master } from "../spark_server.ts";

const COMPARED = {
  similarity: "conditional",
  ...{ shrinkage: 0, userPower: 0.5, popularityPower: 0, pairHalfLifeDays: Infinity },
} as const;

const FILES = { "e.csv": simulatedText({ events: 2000, days: 4, seed: 3 }) };

Deno.test(
  "events and ratings stay where they are: only the sums of pairs move",
  { ignore: !isSpark },
  () =>
    withFiles(FILES, async (folder) => {
      await using shop = await openShopOnSpark([`${folder}/e.csv`], {
        ...{ master: master!, sampledUsers: 10 },
      });
      const { spark } = shop;
      const all = { from: 0, to: Infinity };
      const ratings = await keepRatings(spark)(all, "sum");
      const places = await keepPlaces(spark)(ratings);
      // Otherwise so few rows are sent to every executor.
      await spark.rows("join by sorting", "SET spark.sql.autoBroadcastJoinThreshold=-1");
      for (
        const query of [
          coRatingsQuery({ ratings, places }, {}, { from: 0, to: 10 }),
          pairSumsQuery({ ratings, places }, COMPARED, { from: 0, to: 10 }),
          nextItemsQuery(all, { steps: 2, neighbors: 3, shrinkage: 1 }),
        ]
      ) {
        const [{ plan }] = await spark.rows<{ plan: string }>("show a plan", `EXPLAIN ${query}`);
        // What Spark moves by itself, not because a query asks for parts.
        const moved = plan.split("\n")
          .filter((line) => line.includes("ENSURE_REQUIREMENTS"))
          .map((line) => /hashpartitioning\((\w+)/.exec(line)?.[1]);
        assert(["place", "item", "i"].some((name) => moved.includes(name)), plan);
        assertEquals(moved.filter((name) => name === "part" || name === "user_id"), []);
      }
    }),
);
