/**
 * All models. A new one is a file in this folder and a line here; tests, comparison, tuning,
 * artifacts and the API pick it up from this list.
 */
import { InputError } from "../base/input_error.ts";
import { nearestName } from "../base/nearest_name.ts";
import { als } from "./als.ts";
import { createBlend } from "./blend.ts";
import { content } from "./content.ts";
import { ease } from "./ease.ts";
import { graphSvd } from "./graph_svd.ts";
import { itemKnn } from "./item_knn.ts";
import type { Algorithm } from "./model.ts";
import { popularity } from "./popularity.ts";
import { pureSvd } from "./pure_svd.ts";
import { sasrec } from "./sasrec.ts";
import { sequentialRules } from "./sequential_rules.ts";
import { sessionKnn } from "./session_knn.ts";
import { svd } from "./svd.ts";

/** All models but `blend`, which combines them. */
const single: readonly Algorithm[] = [
  popularity,
  content,
  svd,
  pureSvd,
  graphSvd,
  als,
  ease,
  itemKnn,
  sequentialRules,
  sessionKnn,
  sasrec,
];

/** All models, in the order in which tables show them. */
export const algorithms: readonly Algorithm[] = [...single, createBlend(single)];

/** The models that are compared unless others are named: all but `sasrec`, which takes minutes. */
export const defaultAlgorithms: readonly Algorithm[] = algorithms.filter(({ name }) =>
  name !== sasrec.name
);

/** The models based on a singular value decomposition; the best of them is always exported. */
export const SVD_FAMILY: readonly string[] = [svd.name, pureSvd.name, graphSvd.name];

/**
 * Finds a model by name.
 *
 * @throws {InputError} If no model has that name; lists all names.
 */
export function algorithmNamed(name: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.name === name);
  if (!found) {
    const names = algorithms.map((algorithm) => algorithm.name);
    const nearest = nearestName(name, names);
    const suggestion = nearest ? `; did you mean "${nearest}"?` : "";
    throw new InputError(
      `Cannot find model "${name}": it must be one of ${names.join(", ")}${suggestion}`,
    );
  }
  return found;
}
