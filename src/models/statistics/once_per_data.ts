import { oncePer } from "../../base/once_per.ts";
import { groupBySession } from "../../interactions/sessions.ts";
import { type Interactions, ratingMatrix } from "../../interactions/interactions.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import type { Sessions } from "../../interactions/session_events.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";

const ratingsByMode = oncePer((_: Interactions) => new Map<RatingMode, Csr>());

/** The matrix of `ratingMatrix()`, which several models are fitted to; not to be changed. */
export function ratingsOf(train: Interactions, rating: RatingMode): Csr {
  const ofData = ratingsByMode(train);
  const ratings = ofData.get(rating) ?? ratingMatrix(train, rating);
  ofData.set(rating, ratings);
  return ratings;
}

/** The sessions of `groupBySession()`, from which several models are made; not to be changed. */
export const sessionsOf: (train: Interactions) => Sessions = oncePer(groupBySession);
