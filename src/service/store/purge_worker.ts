/**
 * Rewrites a store's file in a thread of its own, since SQLite blocks it. Gets the path and answers
 * with an error's message, or an empty one.
 */
import { DatabaseSync } from "node:sqlite";
import { rewriteStore } from "./rewrite_store.ts";

interface Port {
  onmessage: (event: MessageEvent<string>) => void;
  postMessage(message: string): void;
}

/** How long SQLite waits for others that write, in milliseconds. */
const TIMEOUT_MS = 5000;

const port = self as unknown as Port;

port.onmessage = async ({ data: path }) => {
  try {
    const database = new DatabaseSync(path, { timeout: TIMEOUT_MS });
    try {
      await rewriteStore(database);
    } finally {
      database.close();
    }
    port.postMessage("");
  } catch (error) {
    port.postMessage((error as Error).message);
  }
};
