import { readScalar, scalar, type Tensors } from "../../linalg/tensor.ts";
import type { Declarations, SavedOptionsOf } from "./declarations.ts";
import type { ModelOption, OptionValue } from "./option.ts";

/** By the option's name, the value that a model derived from the data. */
export type ChosenOptions = Readonly<Record<string, OptionValue>>;

/**
 * The options that a fitted model needs to score, as tensors of one number each: a number
 * unchanged, a choice as its position among the choices.
 *
 * @returns By the option's name, in the order of the declarations.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { choice, number } from "./option.ts";
 *
 * const declared = {
 *   decay: number(0.9, { meaning: "Weight of each item against the next", saved: true }),
 *   rating: choice(["max", "sum"], "max", { meaning: "How events make a rating", saved: true }),
 * };
 * const tensors = saveOptions(declared, { decay: 0.5, rating: "sum" });
 * assertEquals([...tensors.decay.data, ...tensors.rating.data], [0.5, 1]);
 * assertEquals(readOptions(declared, tensors), { decay: 0.5, rating: "sum" });
 * ```
 */
export function saveOptions<Declared extends Declarations>(
  declared: Declared,
  options: SavedOptionsOf<Declared>,
): Tensors {
  const values = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    savedOf(declared).map((
      [name, option],
    ) => [name, scalar(encode(name, option, values.get(name)))]),
  );
}

/**
 * Reads what {@linkcode saveOptions} wrote.
 *
 * @param tensors May contain others too.
 * @throws {TypeError} If an option's tensor is missing or isn't one number, or isn't a position
 *   among the choices.
 */
export function readOptions<Declared extends Declarations>(
  declared: Declared,
  tensors: Tensors,
): SavedOptionsOf<Declared> {
  return Object.fromEntries(
    savedOf(declared).map((
      [name, option],
    ) => [name, decode(name, option, readScalar(tensors, name))]),
  ) as SavedOptionsOf<Declared>;
}

/** What distinguishes the tensor of a chosen value from that of a saved option. */
const CHOSEN = "auto-";

/**
 * The values that a model chose for options that were auto, as tensors of one number each, like
 * those of {@linkcode saveOptions}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { auto, whole } from "./option.ts";
 *
 * const declared = { neighbors: auto(whole(300, { meaning: "How many are kept" })) };
 * const tensors = saveChosen(declared, { neighbors: 500 });
 * assertEquals(readChosen(declared, tensors), { neighbors: 500 });
 * ```
 */
export function saveChosen(declared: Declarations, chosen: ChosenOptions): Tensors {
  return Object.fromEntries(
    Object.entries(chosen).map((
      [name, value],
    ) => [CHOSEN + name, scalar(encode(name, declared[name], value))]),
  );
}

/** Reads what {@linkcode saveChosen} wrote; empty if a model chose nothing. */
export function readChosen(declared: Declarations, tensors: Tensors): ChosenOptions {
  return Object.fromEntries(
    Object.keys(tensors)
      .filter((name) => name.startsWith(CHOSEN))
      .map((tensor) => {
        const name = tensor.slice(CHOSEN.length);
        return [name, decode(name, declared[name], readScalar(tensors, tensor)) as OptionValue];
      }),
  );
}

function savedOf(declared: Declarations): [name: string, option: ModelOption][] {
  return Object.entries(declared).filter(([, { saved }]) => saved);
}

function encode(name: string, { choices }: ModelOption, value: unknown): number {
  if (!choices && typeof value === "number") return value;
  const position = choices?.indexOf(value) ?? -1;
  if (position >= 0) return position;
  throw new TypeError(`Cannot save option "${name}": ${value} is neither a number nor a choice`);
}

function decode(name: string, { choices }: ModelOption, number: number): unknown {
  if (!choices) return number;
  if (number in choices) return choices[number];
  throw new TypeError(
    `Cannot read option "${name}": there are ${choices.length} choices, got position ${number}`,
  );
}
