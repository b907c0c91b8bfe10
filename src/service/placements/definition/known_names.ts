import type { Artifact } from "../../../artifact/load.ts";
import { Products } from "../../catalogue/products.ts";
import type { EventStore } from "../../store/event_store.ts";
import { StoreError } from "../../store/store_error.ts";
import type { KnownNames } from "./check_placements.ts";

/**
 * What placements may name: the artifact's models and products, and what the shop has said of
 * products since. If the store fails, the artifact's alone.
 */
export async function knownNames(
  artifact: Artifact,
  store: Pick<EventStore, "productChanges"> | undefined,
): Promise<KnownNames> {
  const products = new Products(artifact.interactions);
  try {
    if (store) products.apply(await store.productChanges());
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(`${error.message}; placements are checked without the shop's latest changes`);
  }
  return { models: [...artifact.models.keys()], products };
}
