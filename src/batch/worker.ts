/** Makes the lists of one part after another, as the service makes them. */
/// <reference lib="deno.worker" />
import { loadArtifact } from "../artifact/load.ts";
import { InputError } from "../base/input_error.ts";
import type { History } from "../interactions/history.ts";
import { algorithms } from "../models/mod.ts";
import { ownItems } from "../models/rank.ts";
import { openStore } from "../service/open_store.ts";
import { placementOfPlain } from "../service/api/placed_list.ts";
import { knownNames } from "../service/placements/definition/known_names.ts";
import { NO_PLACEMENTS, type Placements } from "../service/placements/definition/placements.ts";
import { readPlacements } from "../service/placements/definition/read_placements.ts";
import { placedAnswer } from "../service/placements/placed_answer.ts";
import { resolvePlacement } from "../service/placements/resolve.ts";
import { isInSegment, segmentContext } from "../service/placements/segments/is_in_segment.ts";
import type { Who } from "../service/placements/strategies/strategy.ts";
import type { RecommendationList } from "../service/recommend/recommendation.ts";
import { Shop } from "../service/recommend/shop.ts";
import type { EventStore } from "../service/store/event_store.ts";
import type { UserState } from "../service/store/entries/user_states.ts";
import { StoreError } from "../service/store/store_error.ts";
import { formatList } from "./format.ts";
import { ListMemo, type TimedList } from "./list_memo.ts";
import type { BatchPart, BatchSource, FromWorker, ToWorker } from "./messages.ts";

interface Opened {
  readonly source: BatchSource;
  readonly shop: Shop;
  readonly store: EventStore | undefined;
  readonly placements: Placements;
  readonly memo: ListMemo;
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
    post({ text: await makePart(message.part) });
  } catch (error) {
    const mistake = error instanceof InputError || error instanceof StoreError;
    const { message, stack } = error as Error;
    post({ error: mistake ? message : stack ?? message, mistake });
  }
};

async function open(source: BatchSource): Promise<Opened> {
  const artifact = await loadArtifact(source.artifacts, {
    algorithms,
    version: source.version,
    histories: source.histories,
  });
  const store = source.store && await openStore(source.store);
  const shop = new Shop(artifact, { store });
  await shop.refresh();
  const placements = source.file === undefined
    ? NO_PLACEMENTS
    : await readPlacements(source.file, await knownNames(artifact, store));
  return { source, shop, store, placements, memo: new ListMemo() };
}

async function makePart(part: BatchPart): Promise<string> {
  const { source: { format }, store, shop } = await opened;
  let text = "";
  for await (const { userId, trained } of usersOf(part, shop)) {
    // Unlike the service, a batch fails with its store: its lists would be outdated, silently.
    const state = await store?.userState(userId);
    const isAlone = trained && !state?.merges?.absorbed.length;
    const history = isAlone
      ? shop.withStored(userId, trained, state)
      : await shop.historyOf(userId, state);
    const list = await makeList({ history, state }, await opened);
    if (list) text += formatList(format, userId, list);
  }
  return text;
}

/** The users of a part, with what the artifact has of them where that is read with their ids. */
async function* usersOf(
  part: BatchPart,
  { artifact: { interactions } }: Shop,
): AsyncGenerator<{ readonly userId: string; readonly trained?: History }> {
  if ("userIds" in part) {
    for (const userId of part.userIds) yield { userId };
    return;
  }
  for await (const { userId, history } of interactions.histories.walk(part.walk)) {
    yield { userId, trained: history };
  }
}

/** One user's list; undefined if the user isn't in the segment. */
function makeList(
  { history, state }: { readonly history: History; readonly state: UserState | undefined },
  opened: Opened,
): Promise<RecommendationList> | undefined {
  const { source: { segment }, shop, placements, memo } = opened;
  if (segment !== undefined) {
    const definition = placements.segments.get(segment)!;
    if (!isInSegment(history, definition, segmentContext(shop))) return undefined;
  }
  const { purchased = [], disliked = [], hidden = [] } = state ?? {};
  const make = () => makeTimedList({ history, purchased, disliked, hidden }, opened);
  // Purchases may come back with time, and of opinions the history says nothing.
  const { purchase: purchaseWeight } = shop.artifact.manifest.eventWeights;
  const bought = ownItems(history, { exclude: "purchased", purchaseWeight });
  const isWhole = bought.length + purchased.length + disliked.length + hidden.length === 0;
  return isWhole ? memo.of(history, make) : make().then(({ list }) => list);
}

async function makeTimedList(
  who: Who,
  { source: { options, placement }, shop, placements }: Opened,
): Promise<TimedList> {
  const placed = placement
    ? { placement: placements.get(placement.name)!, request: placement.request }
    : placementOfPlain(options, { shop, placements });
  if (!placed) {
    const list = shop.recommender.recommend(who.history, { ...options, ...who });
    return { list, until: Infinity };
  }
  const { request } = placed;
  const { rules } = shop;
  const resolved = await resolvePlacement(placed.placement, who, {
    ...{ shop, placements, rules, request },
  });
  return { list: placedAnswer(resolved), until: resolved.until };
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
