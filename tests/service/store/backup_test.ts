/** The commands of `docs/operations.md` that back up the store and restore it. */
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const docs = await Deno.readTextFile(new URL("../../../docs/operations.md", import.meta.url));

/** The shell commands of the block that contains a text. */
function blockWith(text: string): string {
  return Array.from(docs.matchAll(/```sh\n([^]*?)```/g), ([, block]) => block)
    .find((block) => block.includes(text))!;
}

Deno.test("a store is backed up while it is in use, also twice at once, and restored", () =>
  withFolder(async (folder) => {
    const path = `${folder}/data/store.kv`;
    const run = async (script: string, env: Record<string, string> = {}) => {
      const { code, stderr } = await new Deno.Command("sh", {
        args: ["-ec", script],
        cwd: folder,
        env,
      })
        .output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
    };
    const backups = async () =>
      (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
        .filter((name) => name.startsWith("backup-")).toSorted();
    const view = { userId: "ann", type: "view", time: 1 } as const;
    {
      using store = await openEventStore({ path });
      await store.append([{ ...view, productId: "1" }]);
      const backUp = blockWith("VACUUM INTO");
      await run(backUp);
      await store.append([{ ...view, productId: "2" }]);
      // Within one second as well.
      await Promise.all([run(backUp), run(backUp)]);
    }
    const counts: number[] = [];
    for (const backup of await backups()) {
      await run(blockWith('cp "$BACKUP"'), { BACKUP: backup, STORE: "data/store.kv" });
      using store = await openEventStore({ path });
      counts.push((await store.userState("ann")).events.length);
    }
    assertEquals(counts.toSorted(), [1, 2, 2]);
  }));
