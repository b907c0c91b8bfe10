import type { GateResult } from "../artifact/evaluation_facts.ts";
import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { type Evaluation, winnerOf } from "../evaluation/evaluate.ts";
import type { Protocol } from "../evaluation/holdout.ts";
import { InputError } from "../base/input_error.ts";
import { SVD_FAMILY } from "../models/mod.ts";
import { svd } from "../models/svd.ts";
import type { Comparison } from "./compare_models.ts";
import { explainGate, passGate } from "./gate.ts";

/** The models of an artifact, and which is the default. */
export interface Choice {
  readonly defaultModel: string;
  /** Names, in the order of the comparison. */
  readonly exported: readonly string[];
  /** Why this default, in a sentence with the figures. */
  readonly reason: string;
  /** Tests of the winner; absent if a model was chosen by name or no user was measured. */
  readonly gate?: GateResult;
}

/** What {@linkcode chooseModels} considers besides the figures. */
export interface ChooseOptions {
  /** A name, `"svd-family"` for the best of that family, or `"best"`. Default `"best"`. */
  model?: string;
  /** The currently served model, if any. */
  served?: string;
  /** Whether the winner becomes the default even if it fails the gate. Default false. */
  force?: boolean;
}

/**
 * Chooses what to export: the default model, the winner, popularity as the fallback, `svd` and the
 * best of its family. The winner on validation becomes the default if it passes the gate on the
 * test window (see {@linkcode passGate}); otherwise the served model stays the default, or
 * popularity if there is none.
 *
 * @param names The compared models.
 * @throws {InputError} If the requested model is not among them.
 */
export function chooseModels(
  names: readonly string[],
  comparison: Compared,
  { model: requested = "best", served, force = false }: ChooseOptions = {},
): Choice {
  const familyWinner = winnerOfFamily(names, comparison.validation);
  const choice = requested === "best" ? chooseBest(names, comparison, served, force) : chooseNamed(
    names,
    comparison,
    requested === "svd-family" ? familyWinner : requested,
    requested,
  );
  const kept = new Set([choice.defaultModel, ...exportedAnyway(names, comparison.validation)]);
  return { ...choice, exported: names.filter((name) => kept.has(name)) };
}

/** What is exported whatever the test window says: all but a default that isn't the winner. */
export function exportedAnyway(
  names: readonly string[],
  validation: readonly Evaluation[],
): string[] {
  const winner = winnerOf(validation, "new");
  const kept = new Set([winner, FALLBACK_MODEL, svd.name, winnerOfFamily(names, validation)]);
  return names.filter((name) => kept.has(name));
}

function winnerOfFamily(names: readonly string[], validation: readonly Evaluation[]): string {
  const family = names.filter((name) => SVD_FAMILY.includes(name));
  return winnerOf(validation.filter(({ model }) => family.includes(model)), "new") ?? family[0];
}

/** The part of a comparison that the choice depends on. */
type Compared =
  & Pick<Comparison, "validation" | "test" | "winner">
  & Partial<Pick<Comparison, "protocol">>;

type Default = Omit<Choice, "exported">;

function chooseBest(
  names: readonly string[],
  { validation, test, winner, protocol }: Compared,
  served: string | undefined,
  force: boolean,
): Default {
  const kept = served !== undefined && names.includes(served) ? served : FALLBACK_MODEL;
  if (winner === undefined) {
    const reason = `${kept}: no user could be measured on the validation window, so the models ` +
      `could not be compared`;
    return { defaultModel: kept, reason };
  }
  const gate = passGate(test, winner, served);
  const defaultModel = gate.passed || force ? winner : kept;
  const verdict = gate.passed
    ? `highest of all on validation`
    : force
    ? `highest of all on validation, served by force although it didn't pass the gate`
    : `${kept === served ? "still served" : "served"}, ${winner} was highest on validation but ` +
      `didn't pass the gate`;
  return {
    defaultModel,
    reason: `${defaultModel}: ${verdict} (${figures(validation, protocol)}); ${explainGate(gate)}`,
    gate,
  };
}

function chooseNamed(
  names: readonly string[],
  { validation, protocol }: Compared,
  defaultModel: string,
  requested: string,
): Default {
  if (!names.includes(defaultModel)) {
    throw new InputError(
      `Cannot serve model "${requested}": it must be among those trained: ${names.join(", ")}`,
    );
  }
  const why = requested === "svd-family" ? "highest of the SVD family" : "chosen by name";
  return { defaultModel, reason: `${defaultModel}: ${why} (${figures(validation, protocol)})` };
}

function figures(validation: readonly Evaluation[], protocol: Protocol = "window"): string {
  const measured = validation.filter(({ tasks }) => tasks.new.users > 0)
    .toSorted((a, b) => b.tasks.new.ndcg - a.tasks.new.ndcg);
  if (measured.length === 0) return "no user measured on validation";
  const values = measured.map(({ model, tasks }) => `${model} ${tasks.new.ndcg.toFixed(4)}`);
  const what = protocol === "next-item" ? "the next product if new" : "new products";
  return `NDCG@${measured[0].k} for ${what}: ${values.join(", ")}`;
}
