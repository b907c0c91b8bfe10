import { formatCount, formatNumber } from "../../base/format.ts";

/** A list that the service gave somebody. */
export interface ServedList {
  readonly userId: string;
  readonly model: string;
  readonly strategy: string;
}

/** What the findings on serving are drawn from. */
export interface ServingFacts {
  readonly data: { readonly users: number; readonly items: number; readonly events: number };
  /** The artifact's arrays. */
  readonly tensors: readonly { readonly bytes: number }[];
  readonly lists: readonly ServedList[];
  /** The status with which a bad request was answered. */
  readonly refusal: number;
  /** Product numbers of one list, computed offline, and as the API gave them. */
  readonly offline: readonly string[];
  readonly online: readonly string[];
}

/** What serving showed, in sentences. */
export function servingFindings(
  { data, tensors, lists, refusal, offline, online }: ServingFacts,
): string[] {
  const bytes = tensors.reduce((sum, tensor) => sum + tensor.bytes, 0);
  const same = offline.length === online.length &&
    offline.every((product, rank) => product === online[rank]);
  return [
    `The artifact holds ${formatCount(data.users)} users, ${formatCount(data.items)} products and ${
      formatCount(data.events)
    } events in ${formatNumber(bytes / 2 ** 20)} MiB.`,
    ...lists.map(({ userId, model, strategy }) =>
      `User ${userId} was answered by ${model} (${strategy}).`
    ),
    `A bad request was answered with status ${refusal}.`,
    `The list of the API and the one computed offline are ${same ? "the same" : "different"}.`,
  ];
}
