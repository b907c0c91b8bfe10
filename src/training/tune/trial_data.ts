import { holdOut, type Protocol } from "../../evaluation/holdout.ts";
import { IdMap } from "../../interactions/id_map.ts";
import { type Interactions, sliceByTime } from "../../interactions/interactions.ts";
import { prepareTraining, type TrainingDataOptions } from "../../interactions/training_data.ts";
import { createRandom, shuffle } from "../../linalg/random.ts";
import type { JobData } from "../jobs/job_data.ts";

/**
 * The data of trials: interactions cut at a time, in seconds since 1970, the past prepared for
 * training.
 *
 * @param options `protocol`: what is predicted; default `window`.
 */
export function trialDataOf(
  interactions: Interactions,
  cut: number,
  { protocol = "window", ...options }: TrainingDataOptions & { protocol?: Protocol } = {},
): JobData {
  const past = sliceByTime(interactions, { to: cut });
  const window = sliceByTime(interactions, { from: cut });
  return { ...holdOut({ past, window }, protocol), fittedTo: prepareTraining(past, options) };
}

/**
 * A sample of users with all of their events, renumbered. Items keep their numbers, also those
 * without an event in the sample.
 *
 * @param sample `users`: how many, of those with events; all if there are no more. With the same
 * seed a larger sample contains a smaller one.
 */
export function sampleUsers(
  interactions: Interactions,
  { users, seed }: { users: number; seed: number },
): Interactions {
  const active = activeUsers(interactions);
  if (active.length <= users) return interactions;
  return pickUsers(interactions, shuffle(active, createRandom(seed)).slice(0, users).sort());
}

/** The row numbers of the users with events, ascending. */
export function activeUsers({ userIds, indptr }: Interactions): Uint32Array {
  const all = Uint32Array.from({ length: userIds.size }, (_, user) => user);
  return all.filter((user) => indptr[user + 1] > indptr[user]);
}

/**
 * Some users with all of their events, renumbered in the given order. Items keep their numbers.
 *
 * @param users Row numbers.
 */
export function pickUsers(interactions: Interactions, users: Uint32Array): Interactions {
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
