import { join } from "node:path";
import type { History } from "../../../../src/interactions/history.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { groupByUser, type Interactions } from "../../../../src/interactions/interactions.ts";
import { readNumberLists } from "./number_lists.ts";

/** A prefix of a session, and the item that came next. */
export interface NextItemQuestion {
  readonly history: History;
  /** An item that isn't in the training data can't be predicted. */
  readonly next: number;
}

/** Training sessions and test questions, with the same item numbers. */
export interface NextItemData {
  readonly itemIds: IdMap;
  /** Oldest first. */
  readonly sessions: readonly Uint32Array[];
  readonly questions: readonly NextItemQuestion[];
}

/** The number of items that are in no training session. */
const UNKNOWN_ITEM = 2 ** 32 - 1;

/**
 * Reads the usual files of a next-item benchmark: `train_sessions.txt` with one session per line,
 * oldest first, and `test_prefix_target.tsv`, whose lines hold a prefix of a session, a tab, and
 * the item that came next. The catalogue is the items of the training sessions.
 *
 * @throws {InputError} If a file is missing, empty or malformed; the message has file and line.
 */
export async function readNextItemData(folder: string): Promise<NextItemData> {
  const train = await readNumberLists(join(folder, "train_sessions.txt"));
  const testFile = join(folder, "test_prefix_target.tsv");
  const test = await readNumberLists(testFile);
  if (train.length === 0 || test.length === 0) {
    throw new InputError(
      `Cannot read ${folder}: neither file may be empty, got ${train.length} sessions and ` +
        `${test.length} questions`,
    );
  }
  const short = test.findIndex(({ length }) => length < 2);
  if (short >= 0) {
    throw new InputError(
      `Cannot read ${testFile}: each line must hold a prefix of a session and the next item, ` +
        `question ${short + 1} has one number`,
    );
  }
  const numbers = [...new Set(train.flatMap((session) => [...session]))].sort((a, b) => a - b);
  const itemOf = new Map(numbers.map((number, item) => [number, item]));
  const toItems = (list: Uint32Array) => list.map((number) => itemOf.get(number) ?? UNKNOWN_ITEM);
  return {
    itemIds: IdMap.from(numbers.map(String)),
    sessions: train.map(toItems),
    questions: test.map((line) => questionOf(toItems(line))),
  };
}

/** The question for the last item of a list. */
function questionOf(items: Uint32Array): NextItemQuestion {
  return {
    history: {
      items: items.subarray(0, -1),
      weights: new Float32Array(items.length - 1).fill(1),
      times: Uint32Array.from(items.subarray(1), (_, i) => i),
    },
    next: items[items.length - 1],
  };
}

/** A question for every prefix of every session. */
export function questionsOf(sessions: readonly Uint32Array[]): NextItemQuestion[] {
  return sessions.flatMap((items) =>
    Array.from(items.subarray(1), (_, i) => questionOf(items.subarray(0, i + 2)))
  );
}

/**
 * Splits off the last sessions for validation: enough for this many questions, at most a tenth.
 *
 * @param sessions Oldest first.
 */
export function splitSessions(
  sessions: readonly Uint32Array[],
  questions: number,
): { past: readonly Uint32Array[]; last: readonly Uint32Array[] } {
  let cut = sessions.length, asked = 0;
  const least = sessions.length - Math.max(1, Math.floor(sessions.length / 10));
  while (cut > least && asked < questions) asked += sessions[--cut].length - 1;
  return { past: sessions.slice(0, cut), last: sessions.slice(cut) };
}

/**
 * Interactions with one user per session. The files have no times, so events are a second apart.
 */
export function sessionInteractions(
  sessions: readonly Uint32Array[],
  itemIds: IdMap,
): Interactions {
  const items = Uint32Array.from(sessions.flatMap((session) => [...session]));
  const users = Uint32Array.from(sessions.flatMap((session, user) => [...session].map(() => user)));
  return groupByUser({
    userIds: IdMap.from(sessions.map((_, user) => `${user + 1}`)),
    itemIds,
    users,
    items,
    weights: new Float32Array(items.length).fill(1),
    times: Uint32Array.from(items, (_, second) => second),
    sessions: users,
  });
}
