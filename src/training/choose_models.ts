import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";
import { winnerOf } from "../evaluation/rows.ts";
import { InputError } from "../interactions/input_error.ts";
import { SVD_FAMILY } from "../models/mod.ts";
import type { Comparison } from "./compare_models.ts";

/** Which models an artifact gets, and which of them answers unless another is asked for. */
export interface Choice {
  readonly defaultModel: string;
  /** Names, in the order of the comparison. */
  readonly exported: readonly string[];
  /** Why, in a sentence with the figures. */
  readonly reason: string;
}

/**
 * Chooses what to export: the default model, popularity as the fallback, `svd` and the best of its family.
 *
 * @param names The models that were compared.
 * @param wanted A model's name, `"svd-family"` for the best of that family, or `"best"` for the winner; where
 * nobody could be measured, `"best"` means popularity, and the reason says so.
 * @throws {InputError} If the wanted model is not among those compared.
 */
export function chooseModels(
  names: readonly string[],
  { validation, winner }: Pick<Comparison, "validation" | "winner">,
  wanted: string = "best",
): Choice {
  const ofFamily = names.filter((name) => SVD_FAMILY.includes(name));
  const familyWinner =
    winnerOf(validation.filter(({ model }) => ofFamily.includes(model)), "new") ??
      ofFamily[0];
  const defaultModel = wanted === "best"
    ? winner ?? FALLBACK_MODEL
    : wanted === "svd-family"
    ? familyWinner
    : wanted;
  if (!names.includes(defaultModel)) {
    throw new InputError(
      `Cannot serve model "${wanted}": it must be among those trained: ${names.join(", ")}`,
    );
  }
  const kept = new Set([defaultModel, winner, FALLBACK_MODEL, "svd", familyWinner]);
  return {
    defaultModel,
    exported: names.filter((name) => kept.has(name)),
    reason: explain(defaultModel, wanted, validation),
  };
}

function explain(name: string, wanted: string, validation: readonly Evaluation[]): string {
  const measured = validation.filter(({ tasks }) => tasks.new.users > 0)
    .toSorted((a, b) => b.tasks.new.ndcg - a.tasks.new.ndcg);
  if (measured.length === 0) {
    return `${name}: no user has both a history and new products in the validation window, ` +
      `so the models could not be compared`;
  }
  const figures = measured.map(({ model, tasks }) => `${model} ${tasks.new.ndcg.toFixed(4)}`);
  const why = wanted === "best"
    ? "highest of all"
    : wanted === "svd-family"
    ? "highest of the SVD family"
    : "chosen by name";
  return `${name}: ${why}; NDCG@${measured[0].k} for new products on validation: ${
    figures.join(", ")
  }`;
}
