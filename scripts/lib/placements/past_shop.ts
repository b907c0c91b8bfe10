import { saveArtifact } from "../../../src/artifact/save.ts";
import { loadArtifact } from "../../../src/artifact/load.ts";
import { FALLBACK_MODEL } from "../../../src/artifact/manifest.ts";
import type { Progress } from "../../../src/base/progress.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import type { EventWeights } from "../../../src/interactions/event_weights.ts";
import type { ShopInteractions } from "../../../src/interactions/interactions.ts";
import { fitComplements } from "../../../src/models/complements/fit_complements.ts";
import type { Algorithm } from "../../../src/models/model.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import type { CompareOptions } from "../../../src/training/compare_models.ts";
import { fitModels } from "../../../src/training/measure_models.ts";

/**
 * A shop as the service has it, with models fitted to the past alone. It is the one that an
 * artifact makes, so that lists are those of the service.
 *
 * @param models Must include popularity; the first other one is the default.
 */
export async function pastShop(
  past: ShopInteractions,
  models: readonly Algorithm[],
  options: CompareOptions & { eventWeights?: EventWeights },
  progress: Progress,
): Promise<Shop> {
  const fitted = await fitModels(models, past, options, progress);
  const { name: defaultModel } = models.find(({ name }) => name !== FALLBACK_MODEL) ?? models[0];
  using folder = new TempFolder();
  await saveArtifact(folder.path, {
    interactions: past,
    eventWeights: options.eventWeights,
    models: fitted.map((model, m) => ({ name: models[m].name, options: {}, model })),
    complements: fitComplements(past, options),
    defaultModel,
    facts: { sources: ["the past"] },
  });
  const shop = new Shop(await loadArtifact(folder.path, { algorithms }));
  await shop.refresh();
  return shop;
}
