import { dirname } from "node:path";
import type { TopicMessage } from "./topic.ts";

/** Keeps messages that can't be stored, with the reason. */
export interface DeadLetters extends Disposable {
  /** Resolves when they are on disk. */
  write(topic: string, letters: readonly DeadLetter[]): Promise<void>;
}

/** A message that can't be stored. */
export interface DeadLetter {
  readonly message: TopicMessage;
  readonly reason: string;
}

/** Opens a file that dead letters are appended to: one JSON object a line, its value in Base64. */
export async function openDeadLetters(path: string): Promise<DeadLetters> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(path, { append: true, create: true });
  const encoder = new TextEncoder();
  return {
    async write(topic, letters) {
      const lines = letters.map(({ message: { partition, offset, time, value }, reason }) =>
        JSON.stringify({
          ...{ topic, partition, offset, reason },
          sent: new Date(time).toISOString(),
          value: value?.toBase64() ?? null,
        }) + "\n"
      );
      const bytes = encoder.encode(lines.join(""));
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.syncData();
    },
    [Symbol.dispose]: () => file.close(),
  };
}
