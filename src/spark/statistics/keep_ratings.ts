import type { RatingMode } from "../../interactions/event_weights.ts";
import type { SparkSession } from "../connect/session.ts";
import { placesQuery } from "./co_ratings_query.ts";
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
  const keep = keepTables(spark, folder);
  return (span, rating) => {
    const name = `ratings_${rating}_${span.from}_${span.to}`.replaceAll(/\W/g, "_");
    return keep(name, () => ratingsIn(span, rating));
  };
}

/** Gives the name of the table of the items' places by the ratings of a table. */
export type PlacesTable = (ratings: string) => Promise<string>;

/** Has a cluster keep the places of items, as {@linkcode keepRatings} does with ratings. */
export function keepPlaces(spark: SparkSession, folder?: string): PlacesTable {
  const keep = keepTables(spark, folder);
  return (ratings) => keep(`places_${ratings}`, () => placesQuery(ratings));
}

/** Has a cluster keep tables, each the first time that it is named. */
function keepTables(spark: SparkSession, folder?: string) {
  const tables = new Map<string, Promise<string>>();
  return (name: string, query: () => string): Promise<string> => {
    const table = tables.get(name) ?? spark.keep(name, query(), folder).then(() => name);
    tables.set(name, table);
    return table;
  };
}
