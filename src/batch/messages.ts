import type { z } from "zod";
import type { ShardsOptions } from "../artifact/load.ts";
import type { Walk } from "../histories/histories.ts";
import type { PlacementRequest } from "../service/placements/request.ts";
import type { AnyStoreOptions } from "../service/open_store.ts";
import type { batchQuery } from "../service/schema/lists.ts";
import type { ListFormat } from "./format.ts";

/** The options of lists that are made for many users at once. */
export type BatchOptions = z.output<ReturnType<typeof batchQuery>>;

/** What a worker makes lists from, and how. */
export interface BatchSource {
  /** The folder of the artifacts. */
  readonly artifacts: string;
  readonly version: string;
  /** Where histories are that are apart from the artifact. Default beside it. */
  readonly histories?: Pick<ShardsOptions, "place" | "timeout">;
  /** The store of events. Default none: lists come from the artifact alone. */
  readonly store?: AnyStoreOptions;
  readonly format: ListFormat;
  readonly options: BatchOptions;
  /** The file of placements, if a placement or a segment is named. */
  readonly file?: string;
  readonly placement?: BatchPlacement;
  /** Only users in this segment. Default all. */
  readonly segment?: string;
}

/** The placement that makes the lists. */
export interface BatchPlacement {
  readonly name: string;
  /** The options that narrow it. */
  readonly request: PlacementRequest;
}

/** A part of a batch: some users by their ids, or those of a part of all histories. */
export type BatchPart = { readonly userIds: readonly string[] } | { readonly walk: Walk };

/** A message to a worker: its source, once and first, or a part. */
export type ToWorker = { readonly source: BatchSource } | { readonly part: BatchPart };

/** A message from a worker: the lists of a part as text, or why it failed. */
export type FromWorker =
  | { readonly text: string }
  | {
    readonly error: string;
    /** Whether the user can do something about it; if not, the error has a stack trace. */
    readonly mistake: boolean;
  };
