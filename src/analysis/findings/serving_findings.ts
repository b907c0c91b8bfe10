import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import {
  formatCount,
  formatCounted,
  formatMetric,
  formatNumber,
  formatShare,
} from "../../base/format.ts";
import { sum } from "../../base/statistics.ts";
import { listed } from "./words.ts";

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

/** What training exported, and how sure it is. */
export interface ExportFacts {
  readonly choice: { readonly defaultModel: string; readonly exported: readonly string[] };
  readonly comparison: {
    readonly skipped: readonly { readonly model: string; readonly reason: string }[];
  };
  /** The figures of both windows. */
  readonly evaluation: readonly {
    readonly window: string;
    readonly task: string;
    readonly model: string;
    readonly users: number;
    readonly ndcg: number;
    readonly hitRate: number;
  }[];
  /** Why nobody could be measured, and what helps. */
  readonly unmeasured?: string;
}

/** Says what was exported and left out, and why. */
export function exportFindings(
  { choice, comparison, evaluation, unmeasured }: ExportFacts,
): string[] {
  const validation = evaluation.find(({ window, task, model }) =>
    window === "validation" && task === "new" && model === choice.defaultModel
  );
  return [
    `The artifact holds ${listed(choice.exported)}; ${choice.defaultModel} is served by default` +
    (validation && validation.users > 0
      ? `, with an NDCG of ${formatMetric(validation.ndcg)} on the validation window.`
      : "."),
    ...(unmeasured === undefined ? [] : [`Nothing could be compared: ${unmeasured}.`]),
    ...comparison.skipped.map(({ model, reason }) => `${model} is left out: ${reason}.`),
  ];
}

/** Says what the shop should do with the artifact, in three to five sentences with figures. */
export function servingAdvice(
  { choice: { defaultModel }, evaluation, unmeasured }: ExportFacts,
  { tensors, data }: Pick<ServingFacts, "tensors" | "data">,
): string[] {
  const hits = (name: string) =>
    evaluation.find(({ window, task, model, users }) =>
      window === "test" && task === "new" && model === name && users > 0
    )?.hitRate;
  const [own, popular] = [hits(defaultModel), hits(FALLBACK_MODEL)];
  const size = sum(tensors.map(({ bytes }) => bytes));
  return [
    unmeasured !== undefined || own === undefined || popular === undefined
      ? `Don't go live with ${defaultModel} yet: nobody could be measured.`
      : own === 0 && popular === 0
      ? `Don't go live with ${defaultModel} yet: neither its lists nor popular products have ` +
        "anything that users went on to."
      : own > popular
      ? `Show ${defaultModel}'s lists to returning users: ${formatShare(own)} find something in ` +
        `them that they went on to, against ${formatShare(popular)} with popular products.`
      : `Show popular products rather than ${defaultModel}'s lists: ${formatShare(popular)} of ` +
        `users find something in them that they went on to, against ${formatShare(own)}.`,
    `Plan for an artifact of ${sizeText(size)} with ${formatCounted(data.users, "user")} and ${
      formatCounted(data.items, "product")
    }.`,
    "Send events as they happen (`POST /events`): the next list uses them, and `deno task train " +
    "--collected` learns from them.",
  ];
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
    } and ${formatCount(data.events)} events in ${sizeText(size)}.`,
    ...lists.map(({ userId, model, strategy }) =>
      `User ${userId} got a list from ${model} (${strategy}).`
    ),
    `A bad request got status ${refusal}.`,
    `The API's list and the one computed offline are ${same ? "the same" : "different"}.`,
  ];
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20
    ? `${formatNumber(bytes / 2 ** 10)} KiB`
    : `${formatNumber(bytes / 2 ** 20)} MiB`;
}
