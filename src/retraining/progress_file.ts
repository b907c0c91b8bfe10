import { z } from "zod";
import { isVersion, TEMPORARY_PREFIX } from "../artifact/current.ts";
import { withLock } from "../artifact/lock.ts";
import { writeDurably } from "../artifact/tensor_files.ts";
import { InputError } from "../base/input_error.ts";

const version = z.string().refine(isVersion);

/** Milliseconds since 1970-01-01 UTC. */
const time = z.int().nonnegative();

const seenSchema = z.strictObject({
  /** Size and time of the last change of each file of events, by path. */
  files: z.record(z.string(), z.string()),
  /** Collected events that arrived before then were read. */
  received: time,
});

/** Which events a training has read. */
export type Seen = z.infer<typeof seenSchema>;

const changed = { candidate: version, seen: seenSchema };

const changeSchema = z.discriminatedUnion("stage", [
  /** Nothing was served before if `before` is absent. */
  z.strictObject({ stage: z.literal("entering"), ...changed, before: version.optional() }),
  /** The candidate is served since it `entered`, and watched. */
  z.strictObject({ stage: z.literal("watching"), ...changed, before: version, entered: time }),
  /** The version before is being put back. */
  z.strictObject({
    stage: z.literal("leaving"),
    ...changed,
    before: version,
    reason: z.string(),
  }),
]);

/** A candidate on its way into service, or out of it. */
export type Change = z.infer<typeof changeSchema>;

const progressSchema = z.strictObject({
  format: z.literal(1),
  /** When the latest training began. */
  started: time.optional(),
  /** What the latest training read whose candidate was decided on. */
  seen: seenSchema.optional(),
  /** Absent if nothing is under way. */
  change: changeSchema.optional(),
  /** Candidates that were put out of service, the latest last. */
  rolledBack: z.array(z.strictObject({ version, time, reason: z.string() })),
});

/** How far retraining has got, as its next process must know it if this one is killed. */
export type Progress = z.infer<typeof progressSchema>;

/** Of a folder without retrainings. */
export const NO_PROGRESS: Progress = { format: 1, rolledBack: [] };

const FILE = "retraining.json";

/**
 * Reads how far retraining has got.
 *
 * @param directory The folder of artifacts.
 * @throws {InputError} If the file can't be read or isn't one of these; names it.
 */
export async function readProgress(directory: string): Promise<Progress> {
  const path = `${directory}/${FILE}`;
  try {
    return progressSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NO_PROGRESS;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new InputError(
      `Cannot retrain: ${path} can't be used (${reason}); remove it to begin anew`,
      { cause: error },
    );
  }
}

/** Writes it, atomically and durably: a reader finds the old one or this one. */
export async function writeProgress(directory: string, progress: Progress): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(progress, undefined, 2)}\n`);
  await withLock(directory, async () => {
    const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
    await writeDurably(temporary, bytes);
    await Deno.rename(temporary, `${directory}/${FILE}`);
  }, { attempt: "write the progress of retraining", remedy: "free disk space" });
}
