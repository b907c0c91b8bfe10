import { readEvents } from "../service/api/read_events.ts";
import { ProblemError } from "../service/http/problem.ts";
import type { NewEvent } from "../service/store/entries/stored_event.ts";
import type { TopicMessage } from "./topic.ts";

/** A message's event, or why it has none. */
export type ReadMessage = { readonly event: NewEvent } | { readonly reason: string };

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a message: one event as JSON, by the rules of `POST /events`. An event without a time
 * happened when its message was sent. Its list has the id that was sent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = '{"userId":"ann","productId":"7","type":"view"}';
 * const value = new TextEncoder().encode(text);
 * assertEquals(readMessage({ partition: 0, offset: 5, time: 1_790_000_000_000, value }), {
 *   event: { userId: "ann", productId: "7", type: "view", time: 1_790_000_000_000 },
 * });
 * ```
 */
export function readMessage({ value, time }: TopicMessage): ReadMessage {
  if (value === undefined) return { reason: "The message must have a value" };
  let text: string;
  try {
    text = decoder.decode(value);
  } catch {
    return { reason: "The message must be UTF-8" };
  }
  try {
    const { entries, refused } = readEvents(text, time);
    const count = entries.length + refused.length;
    if (count !== 1) return { reason: `The message must hold one event, got ${count}` };
    if (entries.length === 0) return { reason: refused[0].detail };
    return { event: entries[0] };
  } catch (error) {
    if (error instanceof ProblemError) return { reason: error.message };
    throw error;
  }
}
