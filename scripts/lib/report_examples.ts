import type { Artifact } from "../../src/artifact/load.ts";
import type { ExampleOfUser } from "../../src/analysis/report/source.ts";
import type { Histories } from "../../src/histories/histories.ts";
import { InsideHistories } from "../../src/histories/inside.ts";
import type { History } from "../../src/interactions/history.ts";
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
export async function reportExamples(artifact: Artifact): Promise<ExampleOfUser[]> {
  const { interactions: { histories }, manifest: { eventWeights } } = artifact;
  const recommender = new Recommender(artifact);
  return (await chooseHistories(histories)).map((history) => {
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

/** Of histories in memory any, of those apart the first, whose order is by chance anyway. */
async function chooseHistories(histories: Histories): Promise<History[]> {
  const fits = (events: number) => events >= EVENTS && events <= MOST_EVENTS;
  if (histories instanceof InsideHistories) {
    const { packed } = histories;
    const users = Array.from({ length: packed.users }, (_, user) => user)
      .filter((user) => fits(packed.lengthOf(user)));
    return shuffle(users, createRandom(SEED)).slice(0, USERS).map((user) => packed.of(user));
  }
  const chosen: History[] = [];
  for await (const { history } of histories.walk()) {
    if (fits(history.items.length)) chosen.push(history);
    if (chosen.length === USERS) break;
  }
  return chosen;
}
