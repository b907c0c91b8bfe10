import { oncePer } from "../../base/once_per.ts";
import { familiarityOf } from "../../interactions/familiarity.ts";
import { type Interactions, sliceByTime } from "../../interactions/interactions.ts";
import type { Statistics } from "../../interactions/statistics.ts";
import { findSimilarItems, lastDays, selfSimilarities } from "../neighbours/item_similarities.ts";
import { coRatings } from "./co_ratings.ts";
import { decayedCounts } from "./decayed_counts.ts";
import { nextItems } from "./next_items.ts";
import { ratingsOf, sessionsOf } from "./once_per_data.ts";

/**
 * The sums that models are made from: over the users elsewhere that the interactions are a sample
 * of, or else over the interactions themselves, computed when they are asked for.
 */
export const statisticsOf: (interactions: Interactions) => Statistics = oncePer((interactions) =>
  interactions.statistics ?? {
    times: interactions.times,
    within: (span) => statisticsOf(sliceByTime(interactions, span)),
    familiarity: () => Promise.resolve(familiarityOf(interactions)),
    popularity: ({ halfLifeDays }) => Promise.resolve(decayedCounts(interactions, halfLifeDays)),
    nextItems: (options, progress) => Promise.resolve(nextItems(interactions, options, progress)),
    similarItems({ rating, ...options }, progress) {
      const ratings = ratingsOf(interactions, rating);
      const dated = { ratings, lastDays: () => lastDays(interactions, ratings) };
      return findSimilarItems(dated, options, progress);
    },
    selfSimilarities: ({ rating, ...options }) =>
      Promise.resolve(selfSimilarities(ratingsOf(interactions, rating), options)),
    coRatings: (options) =>
      Promise.resolve(coRatings(ratingsOf(interactions, options.rating), options)),
    sessions: () => Promise.resolve(sessionsOf(interactions)),
  }
);
