import { formatCount, formatCounted, formatNumber } from "../../base/format.ts";
import { sum } from "../../base/statistics.ts";

/** A list that the service returned. */
export interface ServedList {
  readonly userId: string;
  readonly model: string;
  readonly strategy: string;
}

/** The data that {@linkcode servingFindings} describes. */
export interface ServingFacts {
  readonly data: { readonly users: number; readonly items: number; readonly events: number };
  /** The artifact's arrays. */
  readonly tensors: readonly { readonly bytes: number }[];
  readonly lists: readonly ServedList[];
  /** The status of the answer to a bad request. */
  readonly refusal: number;
  /** One list's product numbers, computed offline and returned by the API. */
  readonly offline: readonly string[];
  readonly online: readonly string[];
}

/** Describes what the service returned, in sentences. */
export function servingFindings(
  { data, tensors, lists, refusal, offline, online }: ServingFacts,
): string[] {
  const size = sum(tensors.map(({ bytes }) => bytes));
  const same = offline.length === online.length &&
    offline.every((product, rank) => product === online[rank]);
  return [
    `The artifact holds ${formatCounted(data.users, "user")}, ${
      formatCounted(data.items, "product")
    } and ${formatCount(data.events)} events in ${formatNumber(size / 2 ** 20)} MiB.`,
    ...lists.map(({ userId, model, strategy }) =>
      `User ${userId} got a list by ${model} (${strategy}).`
    ),
    `A bad request got status ${refusal}.`,
    `The API's list and the one computed offline are ${same ? "the same" : "different"}.`,
  ];
}
