import { basename, dirname } from "node:path";
import { z } from "zod";
import { InputError } from "../../base/input_error.ts";
import { writeAllSync } from "../../base/write_all.ts";
import { SOME_METRICS, type TrialOutcome } from "./trial.ts";
import { optionsSchema, optionsToJson } from "./options_json.ts";
import type { TrialOptions } from "./search_space.ts";

/** What identifies a trial in the journal. */
export interface TrialKey {
  readonly options: TrialOptions;
  /** Number of users in the sample. */
  readonly users: number;
}

/** The finished trials, in a file, so that a search can resume where it was stopped. */
export interface Journal extends Disposable {
  readonly path: string;
  /** Number of trials in the file when it was opened. */
  readonly found: number;
  /** The outcome of a trial; `undefined` if it hasn't finished. */
  outcomeOf(trial: TrialKey): TrialOutcome | undefined;
  /** Appends a line, atomically; it is on disk when this returns. */
  add(trial: TrialKey, outcome: TrialOutcome): void;
}

/**
 * The path of a model's journal: beside the file of the tuned options, named after model and
 * fingerprint.
 */
export function journalPath(tunedFile: string, model: string, fingerprint: string): string {
  return `${tunedFile.replace(/\.json$/, "")}.${model}.${fingerprint.slice(0, 12)}.jsonl`;
}

/**
 * The file names of the model's other journals, of other data or settings, in the folder of one.
 */
export async function otherJournals(path: string): Promise<string[]> {
  const [, start] = basename(path).match(/^(.*\.)[0-9a-f]{12}\.jsonl$/) ?? [];
  const names = await Array.fromAsync(Deno.readDir(dirname(path)), ({ name }) => name);
  return names.filter((name) => {
    const middle = name.startsWith(start) && name.slice(start.length);
    return middle && /^[0-9a-f]{12}\.jsonl$/.test(middle) && name !== basename(path);
  }).sort();
}

/**
 * Opens a journal, or creates one and its folder. The first line identifies what the figures depend
 * on, each further line is one trial as JSON. A last line that a crash truncated is dropped.
 *
 * @param fingerprint Of everything that the figures depend on, except options and users.
 * @param options `restart` discards the file's trials.
 * @throws {InputError} If the file belongs to another search, is damaged or can't be written, or
 * another process is writing to it.
 */
export async function openJournal(
  path: string,
  fingerprint: string,
  { restart = false }: { restart?: boolean } = {},
): Promise<Journal> {
  const file = await openLocked(path);
  try {
    const bytes = restart ? new Uint8Array() : await Deno.readFile(path);
    // A line without an end was being written when the program was killed.
    const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
    const [header, ...lines] = new TextDecoder().decode(whole).split("\n").slice(0, -1);
    const outcomes = new Map<string, TrialOutcome>();
    if (header !== undefined) checkHeader(path, header, fingerprint);
    lines.forEach((line, i) => {
      const { outcome, ...key } = readLine(`${path}, line ${i + 2}`, line);
      outcomes.set(keyText(key), outcome);
    });
    file.truncateSync(whole.length);
    file.seekSync(0, Deno.SeekMode.End);
    if (header === undefined) append(file, { journal: 1, fingerprint });
    return createJournal(path, file, outcomes);
  } catch (error) {
    file.close();
    throw error;
  }
}

/** A journal in memory, for a search that nobody resumes. */
export function memoryJournal(): Journal {
  const outcomes = new Map<string, TrialOutcome>();
  return {
    path: "",
    found: 0,
    outcomeOf: (trial) => outcomes.get(keyText(trial)),
    add: (trial, outcome) => void outcomes.set(keyText(trial), outcome),
    [Symbol.dispose]() {},
  };
}

const NEWLINE = "\n".charCodeAt(0);

function createJournal(
  path: string,
  file: Deno.FsFile,
  outcomes: Map<string, TrialOutcome>,
): Journal {
  return {
    path,
    found: outcomes.size,
    outcomeOf: (trial) => outcomes.get(keyText(trial)),
    add(trial, outcome) {
      append(file, { options: optionsToJson(trial.options), users: trial.users, ...outcome });
      outcomes.set(keyText(trial), outcome);
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** The operating system releases the lock when the process ends, for whatever reason. */
async function openLocked(path: string): Promise<Deno.FsFile> {
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    file = await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw new InputError(
      `Cannot write trials to ${path}: ${(error as Error).message}; choose another path`,
    );
  }
  if (await file.tryLock(true)) return file;
  file.close();
  throw new InputError(
    `Cannot write trials to ${path}: another process is writing to it; wait for it, or stop it`,
  );
}

function append(file: Deno.FsFile, line: object): void {
  writeAllSync(file, new TextEncoder().encode(JSON.stringify(line) + "\n"));
  file.syncSync();
}

function keyText({ options, users }: TrialKey): string {
  return JSON.stringify([users, optionsToJson(options)]);
}

const headerSchema = z.object({ journal: z.literal(1), fingerprint: z.string() });

const lineSchema = z.object({ options: optionsSchema, users: z.int(), seconds: z.number() }).and(
  z.union([
    z.object({
      figures: z.object({
        users: z.int(),
        ndcg: z.number(),
        recall: z.number(),
        map: z.number(),
        ...Object.fromEntries(SOME_METRICS.map((name) => [name, z.number().optional()])),
        crossValidated: z.object({ mean: z.number(), deviation: z.number() }).optional(),
      }),
    }),
    z.object({ error: z.string() }),
  ]),
);

function checkHeader(path: string, line: string, fingerprint: string): void {
  const found = parse(headerSchema, `${path}, line 1`, line);
  if (found.fingerprint === fingerprint) return;
  throw new InputError(
    `Cannot resume from ${path}: its trials are of other data or other settings; ` +
      `run the same command as before, or start over with --restart`,
  );
}

function readLine(place: string, text: string): TrialKey & { outcome: TrialOutcome } {
  const { options, users, ...outcome } = parse(lineSchema, place, text);
  return { options, users, outcome };
}

function parse<Value>(schema: z.ZodType<Value>, place: string, text: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new InputError(
      `Cannot read ${place}: tuning didn't write this line; start over with --restart`,
    );
  }
}
