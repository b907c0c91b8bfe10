import { InputError } from "../../../src/base/input_error.ts";
import {
  type Journal,
  journalPath,
  openJournal,
  otherJournals,
  type TrialKey,
} from "../../../src/training/tune/journal.ts";
import type { TrialOutcome } from "../../../src/training/tune/trial.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const FINGERPRINT = "0123456789abcdef".repeat(4);
const first: TrialKey = { options: { factors: 8, halfLife: Infinity }, users: 30 };
const second: TrialKey = { options: { factors: 9, halfLife: 2 }, users: 30 };
const outcome: TrialOutcome = {
  seconds: 1.5,
  figures: { users: 7, ndcg: 0.1 + 0.2, recall: 1 / 3, map: 1e-9, rmse: 0.5 },
};
const failure: TrialOutcome = { seconds: 0, error: "Cannot fit svd:\n no" };

/** Runs a test with a journal's path in a folder of its own. */
function withPath(test: (path: string) => Promise<void>): Promise<void> {
  return withFolder((folder) => test(journalPath(`${folder}/new/tuned.json`, "svd", FINGERPRINT)));
}

async function fill(path: string): Promise<void> {
  using journal = await openJournal(path, FINGERPRINT);
  journal.add(first, outcome);
  journal.add(second, failure);
}

function outcomes(journal: Journal): (TrialOutcome | undefined)[] {
  return [first, second].map((trial) => journal.outcomeOf(trial));
}

Deno.test("a journal restores outcomes to the last digit, including infinity", () =>
  withPath(async (path) => {
    await fill(path);
    using journal = await openJournal(path, FINGERPRINT);
    assertEquals(journal.found, 2);
    assertEquals(outcomes(journal), [outcome, failure]);
    assertEquals(journal.outcomeOf({ ...first, users: 31 }), undefined);
    const turned = { options: { halfLife: Infinity, factors: 8 }, users: 30 };
    assertEquals(journal.outcomeOf(turned), outcome);
  }));

Deno.test("a truncated last line is dropped, and the next follows the complete ones", () =>
  withPath(async (path) => {
    await fill(path);
    const whole = await Deno.readTextFile(path);
    const lastLine = whole.trimEnd().lastIndexOf("\n") + 1;
    for (const end of [lastLine + 1, lastLine + 20, whole.length - 1]) {
      await Deno.writeTextFile(path, whole.slice(0, end));
      {
        using journal = await openJournal(path, FINGERPRINT);
        assertEquals(outcomes(journal), [outcome, undefined]);
        journal.add(second, failure);
      }
      assertEquals(await Deno.readTextFile(path), whole);
    }
  }));

Deno.test("a truncated first line starts the journal over", () =>
  withPath(async (path) => {
    await fill(path);
    const whole = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, whole.slice(0, 10));
    using journal = await openJournal(path, FINGERPRINT);
    assertEquals(outcomes(journal), [undefined, undefined]);
  }));

Deno.test("a journal of other data or settings is refused, except to start over", () =>
  withPath(async (path) => {
    await fill(path);
    const other = "f".repeat(64);
    await assertRejects(() => openJournal(path, other), InputError, "other data or other settings");
    using journal = await openJournal(path, other, { restart: true });
    assertEquals([journal.found, ...outcomes(journal)], [0, undefined, undefined]);
  }));

Deno.test("a damaged line that isn't the last is named", () =>
  withPath(async (path) => {
    await fill(path);
    const [header, , ...rest] = (await Deno.readTextFile(path)).split("\n");
    for (const damage of ['{"options": {"factors": 8}', '{"options": {}, "users": 1}', "7"]) {
      await Deno.writeTextFile(path, [header, damage, ...rest].join("\n"));
      await assertRejects(() => openJournal(path, FINGERPRINT), InputError, `${path}, line 2`);
    }
    await Deno.writeTextFile(path, "something else\n");
    await assertRejects(() => openJournal(path, FINGERPRINT), InputError, `${path}, line 1`);
    assertEquals(await Deno.readTextFile(path), "something else\n");
  }));

Deno.test("two searches don't write to one journal at the same time", () =>
  withPath(async (path) => {
    {
      using _journal = await openJournal(path, FINGERPRINT);
      await assertRejects(() => openJournal(path, FINGERPRINT), InputError, "another process");
    }
    (await openJournal(path, FINGERPRINT))[Symbol.dispose]();
  }));

Deno.test("an unwritable path is a user's mistake", () =>
  withPath(async (path) => {
    await fill(path);
    await assertRejects(
      () => openJournal(`${path}/inside.jsonl`, FINGERPRINT),
      InputError,
      "choose another path",
    );
  }));

Deno.test("the other journals of a model are found by name", () =>
  withPath(async (path) => {
    await fill(path);
    const tuned = path.replace(/\.svd\..*$/, ".json");
    const other = journalPath(tuned, "svd", "a".repeat(64));
    await Deno.writeTextFile(other, "");
    await Deno.writeTextFile(journalPath(tuned, "svd.old", "b".repeat(64)), "");
    await Deno.writeTextFile(journalPath(tuned, "content", "c".repeat(64)), "");
    assert(other.endsWith("/tuned.svd.aaaaaaaaaaaa.jsonl"), other);
    assertEquals(await otherJournals(path), ["tuned.svd.aaaaaaaaaaaa.jsonl"]);
  }));
