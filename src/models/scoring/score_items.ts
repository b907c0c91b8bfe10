import type { History } from "../../interactions/history.ts";
import type { Scorer } from "./scorer.ts";

/**
 * The scores of some items, in their order; scores every item only if the model has to.
 *
 * @param items Numbers below the model's item count.
 * @param buffer Reused memory, overwritten; as long as the model has items.
 */
export function scoreItems(
  model: Scorer,
  history: History,
  items: Uint32Array,
  buffer: Float32Array = new Float32Array(model.scoreSome ? 0 : model.itemCount),
): Float32Array {
  if (model.scoreSome) return model.scoreSome(history, items);
  model.score(history, buffer);
  return Float32Array.from(items, (item) => buffer[item]);
}
