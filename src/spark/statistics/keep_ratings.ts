import type { RatingMode } from "../../interactions/event_weights.ts";
import type { SparkSession } from "../connect/session.ts";
import { ratingsIn, type Span } from "./ratings_query.ts";

/** Gives the name of a table of the ratings of a period, {@linkcode ratingsIn}. */
export type RatingsTable = (span: Span, rating: RatingMode) => Promise<string>;

/**
 * Has a cluster keep the ratings of each period when they are first asked for, until the session is
 * disposed of: the queries of one sum read them up to six times.
 *
 * @param folder Where Sail keeps them; Spark needs none.
 */
export function keepRatings(spark: SparkSession, folder?: string): RatingsTable {
  const tables = new Map<string, Promise<string>>();
  return (span, rating) => {
    const name = `ratings_${rating}_${span.from}_${span.to}`.replaceAll(/\W/g, "_");
    const table = tables.get(name) ??
      spark.keep(name, ratingsIn(span, rating), folder).then(() => name);
    tables.set(name, table);
    return table;
  };
}
