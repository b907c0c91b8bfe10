import type { Artifact } from "../../src/artifact/load.ts";
import type { ExampleOfUser } from "../../src/analysis/report/source.ts";
import { EVENT_WORDS } from "../../src/interactions/event_words.ts";
import { eventTypeOf } from "../../src/interactions/event_weights.ts";
import { createRandom, shuffle } from "../../src/linalg/random.ts";
import { Recommender } from "../../src/service/recommend/recommender.ts";

const USERS = 3;
const SEED = 1;
/** Events shown of a user, and the most that a user has. */
const EVENTS = 5;
const MOST_EVENTS = 20;
const LENGTH = 5;

/** Three users with 5 to 20 events, the same each time, and their lists by the default model. */
export function reportExamples(artifact: Artifact): ExampleOfUser[] {
  const { interactions: { histories }, manifest: { eventWeights } } = artifact;
  const recommender = new Recommender(artifact);
  const users = Array.from({ length: histories.users }, (_, user) => user).filter((user) => {
    const events = histories.lengthOf(user);
    return events >= EVENTS && events <= MOST_EVENTS;
  });
  return shuffle(users, createRandom(SEED)).slice(0, USERS).map((user) => {
    const history = histories.of(user);
    const events = Array.from(history.items, (item, i) => ({
      product: recommender.products.facts(item),
      did: EVENT_WORDS[eventTypeOf(history.weights[i], eventWeights)],
    }));
    return {
      events: events.slice(-EVENTS).reverse(),
      list: recommender.recommend(history, { k: LENGTH }).items,
    };
  });
}
