import { EMPTY_HISTORY } from "../../interactions/history.ts";
import type { Who } from "../placements/strategies/strategy.ts";
import type { Shop } from "../recommend/shop.ts";

/** Whom a list is for: a user or, without an id, a visitor who did nothing yet. */
export async function whoIs(userId: string | undefined, shop: Shop): Promise<Who> {
  if (userId === undefined) {
    await shop.refresh();
    return { history: EMPTY_HISTORY };
  }
  const state = await shop.stateOf(userId);
  return {
    history: shop.historyOf(userId, state),
    purchased: state?.purchased,
    disliked: state?.disliked,
  };
}
