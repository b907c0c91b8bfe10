import { IdMap } from "../../interactions/id_map.ts";
import { type Interactions, sliceByTime } from "../../interactions/interactions.ts";
import { prepareTraining, type TrainingDataOptions } from "../../interactions/training_data.ts";
import { createRandom, shuffle } from "../../linalg/random.ts";
import type { JobData } from "./job_data.ts";

/** What every trial of a round learns from and is measured on. */
export type TrialData = JobData;

/** Cuts interactions at a moment, in seconds since 1970-01-01 UTC, and prepares what lies before it. */
export function trialDataOf(
  interactions: Interactions,
  cut: number,
  options: TrainingDataOptions,
): TrialData {
  const history = sliceByTime(interactions, { to: cut });
  return {
    history,
    fittedTo: prepareTraining(history, options),
    truth: sliceByTime(interactions, { from: cut }),
  };
}

/**
 * A sample of whole users: those drawn keep all of their events, and are numbered anew. Items keep their
 * numbers, also those that nobody of the sample touched.
 *
 * @param sample `users`: how many of those with events; all of them if there are no more. A larger sample of
 * the same seed holds the smaller one.
 */
export function sampleUsers(
  interactions: Interactions,
  { users, seed }: { users: number; seed: number },
): Interactions {
  const active = activeUsers(interactions);
  if (active.length <= users) return interactions;
  return pickUsers(interactions, shuffle(active, createRandom(seed)).slice(0, users).sort());
}

/** The numbers of the users who did anything, ascending. */
export function activeUsers({ userIds, indptr }: Interactions): Uint32Array {
  const all = Uint32Array.from({ length: userIds.size }, (_, user) => user);
  return all.filter((user) => indptr[user + 1] > indptr[user]);
}

function pickUsers(interactions: Interactions, users: Uint32Array): Interactions {
  const { indptr, sessions } = interactions;
  const outIndptr = new Uint32Array(users.length + 1);
  users.forEach((user, u) => outIndptr[u + 1] = outIndptr[u] + indptr[user + 1] - indptr[user]);
  const pick = <Numbers extends Uint32Array | Float32Array>(values: Numbers, out: Numbers) => {
    users.forEach((user, u) =>
      out.set(values.subarray(indptr[user], indptr[user + 1]), outIndptr[u])
    );
    return out;
  };
  const size = outIndptr[users.length];
  return {
    ...interactions,
    userIds: IdMap.from(Array.from(users, (user) => interactions.userIds.idAt(user))),
    indptr: outIndptr,
    items: pick(interactions.items, new Uint32Array(size)),
    weights: pick(interactions.weights, new Float32Array(size)),
    times: pick(interactions.times, new Uint32Array(size)),
    ...(sessions && { sessions: pick(sessions, new Uint32Array(size)) }),
  };
}
