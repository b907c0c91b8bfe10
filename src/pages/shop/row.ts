import type { z } from "zod";
import type { recommendAnswer } from "../../service/schema/answers.ts";
import type { StoredEventType } from "../../service/store/entries/stored_event.ts";
import type { UserHistory } from "../frame/history.ts";
import { apiPath, type Ask } from "../visit/ask.ts";
import type { ForYouOf } from "./for_you.tsx";
import { rowChange } from "./row_change.ts";

type UserList = z.output<typeof recommendAnswer>;

/** How many products the row has, and how many events the drawer. */
const LENGTH = "6";
const EVENTS = "5";

/** An event that the demo sends. */
export interface DemoEvent {
  readonly productId: string;
  readonly type: StoredEventType;
}

/** The row for a user now. */
export async function readRow(ask: Ask, userId: string): Promise<ForYouOf> {
  const [list, events] = await Promise.all([
    listOf(ask, userId, { explain: "true" }),
    eventsOf(ask, userId),
  ]);
  return { list, events };
}

/**
 * Sends an event of a user, and reads the row before and after it.
 *
 * @throws {PageProblem} If the API refuses the event, or can't store it.
 */
export async function sendEvent(ask: Ask, userId: string, event: DemoEvent): Promise<ForYouOf> {
  const before = await listOf(ask, userId);
  await ask.send("POST", "/events", { userId, ...event });
  const row = await readRow(ask, userId);
  return { ...row, latest: { ...event, change: rowChange(idsOf(before), idsOf(row.list)) } };
}

function listOf(ask: Ask, userId: string, options: { explain?: "true" } = {}): Promise<UserList> {
  return ask.get(apiPath(["recommend", userId], { k: LENGTH, ...options }));
}

async function eventsOf(ask: Ask, userId: string): Promise<UserHistory["events"]> {
  const path = apiPath(["users", userId, "history"], { limit: EVENTS });
  return (await ask.get<UserHistory>(path)).events;
}

function idsOf({ items }: UserList): string[] {
  return items.map(({ productId }) => productId);
}
