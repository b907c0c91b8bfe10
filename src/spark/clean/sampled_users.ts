import { sampledPositions } from "../../events/clean/sample_users.ts";
import type { SparkSession } from "../connect/session.ts";

/**
 * The query of the users in a random sample: the same ones that one machine samples.
 *
 * @param users The table of users, with the columns user_id and events.
 * @param options `maxEventsPerUser`: users with more events aren't sampled.
 */
export async function sampledUsers(
  spark: SparkSession,
  users: string,
  { sample, seed, maxEventsPerUser }: {
    sample: number;
    seed: number;
    maxEventsPerUser?: number;
  },
): Promise<string> {
  const humans = `SELECT user_id FROM ${users}` +
    (maxEventsPerUser === undefined ? "" : ` WHERE events <= ${maxEventsPerUser}`);
  const [{ all }] = await spark.rows<{ all: number }>(
    "count the users",
    `SELECT CAST(count(*) AS DOUBLE) AS all FROM (${humans})`,
  );
  const positions = Array.from(sampledPositions(all, sample, seed), (at) => `(${at})`).join(", ");
  const numbered = `SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS position ` +
    `FROM (${humans})`;
  return positions === ""
    ? `SELECT user_id FROM ${users} WHERE false`
    : `SELECT user_id FROM (${numbered}) LEFT SEMI JOIN ` +
      `(SELECT * FROM VALUES ${positions} AS sampled(position)) AS sampled USING (position)`;
}
