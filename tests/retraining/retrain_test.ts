import { currentVersion, listVersions, setCurrentVersion } from "../../src/artifact/current.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { algorithms } from "../../src/models/mod.ts";
import { MS_PER_HOUR } from "../../src/base/time.ts";
import { readProgress } from "../../src/retraining/progress_file.ts";
import { retrain } from "../../src/retraining/retrain.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { Killed, optionsIn, RetrainedShop, SEEN, serveTiny } from "./retrained_shop.ts";

/** A shop that serves its first version, and has watched it. */
async function shopIn(folder: string): Promise<{ shop: RetrainedShop; first: string }> {
  const shop = new RetrainedShop(folder);
  shop.serve(await serveTiny(folder, "2019-12-01"));
  shop.clock += 48 * MS_PER_HOUR;
  assertEquals((await retrain(shop.steps(), optionsIn(folder))).kind, "in service");
  return { shop, first: shop.served! };
}

Deno.test("a retraining ends with the new version in service, and says how it is clicked", () =>
  withFolder(async (folder) => {
    const { shop, first } = await shopIn(folder);
    const { kind, text } = await retrain(shop.steps(), optionsIn(folder));
    const current = await currentVersion(folder);
    assertEquals([kind, shop.served, shop.trainings], ["in service", current, 2]);
    assert(current !== first);
    assertMatch(
      text,
      /served: 50% of 24,000 lists clicked, before 50% of 24,000 lists: \+0% \(−\d.* to \+\d.*\)/,
    );
    const { seen, change, started } = await readProgress(folder);
    assertEquals([seen, change], [SEEN, undefined]);
    assert(started !== undefined && started < shop.clock);
  }));

Deno.test("nothing is trained without new events", () =>
  withFolder(async (folder) => {
    const { shop } = await shopIn(folder);
    shop.collected = 4;
    const { kind } = await retrain(shop.steps(), { ...optionsIn(folder), leastEvents: 5 });
    assertEquals([kind, shop.trainings], ["nothing new", 1]);
  }));

Deno.test("a version that is clicked less is found before time is up, and rolled back", () =>
  withFolder(async (folder) => {
    const { shop, first } = await shopIn(folder);
    const before = shop.clock;
    const steps = shop.steps();
    const outcome = await retrain({
      ...steps,
      async train() {
        const trained = await steps.train();
        shop.clicks.set(trained.version, 3);
        return trained;
      },
    }, optionsIn(folder));
    assertEquals([outcome.kind, shop.served, await currentVersion(folder)], [
      "rolled back",
      first,
      first,
    ]);
    assertMatch(
      outcome.text,
      /30% of [\d,]+ lists clicked, before 50% of 24,000 lists: −40% \(−\d.* to −\d.*\)/,
    );
    assert(shop.clock - before < 24 * MS_PER_HOUR, "it doesn't wait until time is up");
    const [left] = (await readProgress(folder)).rolledBack;
    assertStringIncludes(outcome.text, left.reason);
  }));

Deno.test("a version that is clicked more, or a little less than the tolerance, stays", () =>
  withFolder(async (folder) => {
    const { shop } = await shopIn(folder);
    for (const [clicks, tolerance] of [[8, 0], [4, 0.6]]) {
      const steps = shop.steps();
      const { kind } = await retrain({
        ...steps,
        async train() {
          const trained = await steps.train();
          shop.clicks.set(trained.version, clicks);
          return trained;
        },
      }, { ...optionsIn(folder), tolerance });
      assertEquals(kind, "in service");
    }
  }));

Deno.test("a version that the service can't load is rolled back", () =>
  withFolder(async (folder) => {
    const { shop, first } = await shopIn(folder);
    shop.refuses = (version) => version !== first;
    const { kind, text } = await retrain(shop.steps(), optionsIn(folder));
    assertEquals([kind, shop.served, await currentVersion(folder)], ["rolled back", first, first]);
    assertStringIncludes(text, `${first} is served again: Cannot load `);
  }));

Deno.test("a version that couldn't be measured isn't served, unless nothing else is", () =>
  withFolder(async (folder) => {
    const shop = new RetrainedShop(folder);
    shop.unmeasured = "no user came back";
    assertEquals((await retrain(shop.steps(), optionsIn(folder))).kind, "in service");
    const first = await currentVersion(folder);
    const { kind, text } = await retrain(shop.steps(), optionsIn(folder));
    assertEquals([kind, await currentVersion(folder)], ["unmeasured", first]);
    assertEquals(text, `${first} is still served: no user came back`);
    assertEquals((await readProgress(folder)).seen, SEEN);
  }));

Deno.test("what someone else makes current meanwhile stays, however far retraining has got", () =>
  withFolder(async (folder) => {
    const { shop } = await shopIn(folder);
    for (const [i, step] of (["use", "reload", "clicks"] as const).entries()) {
      await assertRejects(
        () => retrain(shop.steps({ step, when: "after" }), optionsIn(folder)),
        Killed,
      );
      const other = await serveTiny(folder, `2020-01-0${i + 1}`);
      const trainings = shop.trainings;
      const { kind } = await retrain(shop.steps(), optionsIn(folder));
      assertEquals([kind, await currentVersion(folder)], ["superseded", other]);
      assertEquals(shop.trainings, trainings);
    }
    const steps = shop.steps();
    const other = await serveTiny(folder, "2020-01-04");
    const { kind } = await retrain({
      ...steps,
      async sleep(ms) {
        await steps.sleep(ms);
        await setCurrentVersion(folder, other);
      },
    }, optionsIn(folder));
    assertEquals([kind, await currentVersion(folder)], ["superseded", other]);
  }));

const KILLED_IN = ["findNew", "train", "use", "reload", "clicks", "sleep", "prune"] as const;

for (const step of KILLED_IN) {
  for (const when of ["before", "after"] as const) {
    Deno.test(`killed ${when} ${step}, the next run ends as if nothing had happened`, () =>
      withFolder(async (folder) => {
        const { shop, first } = await shopIn(folder);
        await assertRejects(
          () => retrain(shop.steps({ step, when }), optionsIn(folder)),
          Killed,
        );
        await loadArtifact(folder, { algorithms });
        const { kind } = await retrain(shop.steps(), optionsIn(folder));
        assertEquals(kind, "in service");
        assertEquals(shop.served, await currentVersion(folder));
        assert(shop.served !== first);
        // A training whose end isn't on disk is done again.
        assertEquals(shop.trainings, step === "train" && when === "after" ? 3 : 2);
        assertEquals((await listVersions(folder)).length, 2);
        assertEquals((await readProgress(folder)).change, undefined);
      }));
  }
}

for (const step of ["use", "reload", "prune"] as const) {
  for (const when of ["before", "after"] as const) {
    Deno.test(`killed ${when} ${step} while it rolls back, the next run ends the rollback`, () =>
      withFolder(async (folder) => {
        const { shop, first } = await shopIn(folder);
        shop.refuses = (version) => version !== first;
        // The first use and reload are those of the candidate.
        let left = step === "prune" ? 0 : 1;
        const [steps, killed] = [shop.steps(), shop.steps({ step, when })];
        const dying = {
          ...steps,
          [step]: (version: string) => (left-- > 0 ? steps : killed)[step](version),
        };
        await assertRejects(() => retrain(dying, optionsIn(folder)), Killed);
        await loadArtifact(folder, { algorithms });
        assertEquals((await retrain(shop.steps(), optionsIn(folder))).kind, "rolled back");
        assertEquals([shop.served, await currentVersion(folder)], [first, first]);
        const { change, rolledBack } = await readProgress(folder);
        assertEquals([change, rolledBack.length], [undefined, 1]);
      }));
  }
}
