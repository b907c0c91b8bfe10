import type { Destination } from "../../src/export/destination.ts";

/** A destination in memory, whose files tests may look into. */
export function memoryDestination(): Destination & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    name: "memory",
    files,
    read: (key) => Promise.resolve(files.get(key)),
    has: (key) => Promise.resolve(files.has(key)),
    write: (key, bytes) => Promise.resolve(void files.set(key, bytes)),
    remove: (key) => Promise.resolve(void files.delete(key)),
  };
}
