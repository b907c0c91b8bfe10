import { loadArtifact } from "../../../../src/artifact/load.ts";
import { saveArtifact } from "../../../../src/artifact/save.ts";
import { requireInside } from "../../../../src/histories/inside.ts";
import type { ShopInteractions } from "../../../../src/interactions/interactions.ts";
import { algorithms } from "../../../../src/models/mod.ts";

/**
 * Saves an artifact again, with the same models and its histories apart.
 *
 * @returns What it is made of.
 */
export async function moveApart(artifacts: string, folder: string): Promise<ShopInteractions> {
  const { manifest, models, interactions: stored } = await loadArtifact(artifacts, { algorithms });
  const { userIds, packed } = requireInside(stored.histories, "move them apart");
  const { events } = manifest.data;
  const indptr = new Uint32Array(userIds.size + 1);
  const items = new Uint32Array(events), times = new Uint32Array(events);
  const weights = new Float32Array(events);
  let at = 0;
  packed.forEach((item, weight, time, user) => {
    items[at] = item;
    weights[at] = weight;
    times[at++] = time;
    indptr[user + 1] = at;
  });
  for (let user = 0; user < userIds.size; user++) {
    if (indptr[user + 1] < indptr[user]) indptr[user + 1] = indptr[user];
  }
  const { itemIds, catalogue } = stored;
  const interactions = { userIds, itemIds, indptr, items, weights, times, catalogue };
  const { sources } = manifest.data;
  await saveArtifact(folder, {
    ...{ interactions, histories: "apart", facts: { sources } },
    eventWeights: manifest.eventWeights,
    models: manifest.models.map(({ name, options }) => ({
      ...{ name, options, model: models.get(name)! },
    })),
    defaultModel: manifest.defaultModel,
    created: new Date(manifest.created),
  });
  return interactions;
}
