/** Makes the lists of one part after another, as the service makes them. */
/// <reference lib="deno.worker" />
import { loadArtifact } from "../artifact/load.ts";
import { InputError } from "../base/input_error.ts";
import { algorithms } from "../models/mod.ts";
import { openStore } from "../service/open_store.ts";
import { Shop } from "../service/recommend/shop.ts";
import type { EventStore } from "../service/store/event_store.ts";
import { StoreError } from "../service/store/store_error.ts";
import { formatList } from "./format.ts";
import type { BatchSource, FromWorker, ToWorker } from "./messages.ts";

interface Opened {
  readonly source: BatchSource;
  readonly shop: Shop;
  readonly store: EventStore | undefined;
}

let opened: Promise<Opened>;

self.onmessage = async ({ data: message }: MessageEvent<ToWorker>) => {
  if ("source" in message) {
    opened = open(message.source);
    // The first part that is asked for reports the error.
    opened.catch(() => {});
    return;
  }
  try {
    post({ text: await makePart(message.userIds) });
  } catch (error) {
    const mistake = error instanceof InputError || error instanceof StoreError;
    const { message, stack } = error as Error;
    post({ error: mistake ? message : stack ?? message, mistake });
  }
};

async function open(source: BatchSource): Promise<Opened> {
  const artifact = await loadArtifact(source.artifacts, { algorithms, version: source.version });
  const store = source.store && await openStore(source.store);
  const shop = new Shop(artifact, { store });
  await shop.refresh();
  return { source, shop, store };
}

async function makePart(userIds: readonly string[]): Promise<string> {
  const { source: { format, options }, shop, store } = await opened;
  let text = "";
  for (const userId of userIds) {
    // Unlike the service, a batch fails with its store: its lists would be outdated, silently.
    const state = await store?.userState(userId);
    const list = shop.recommender.recommend(shop.historyOf(userId, state), {
      ...options,
      purchased: state?.purchased,
    });
    text += formatList(format, userId, list);
  }
  return text;
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
