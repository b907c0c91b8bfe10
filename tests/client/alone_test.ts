import { requireCommand } from "../../scripts/lib/run_command.ts";
import { assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

const SOURCES = new URL("../../src/client/", import.meta.url);

const PROGRAM = `
import { ApiError, ShopClient, type ShopEvent } from "./client/mod.ts";
const shop = new ShopClient({ url: "https://recommend.example.com" });
const event: ShopEvent = { userId: "ann", productId: "7", type: "cart", time: 1572652800 };
await shop.sendEvents([event]);
try {
  const { items } = await shop.recommend("ann", { k: 5, not: ["7"] as const });
  const price: number = items[0].price;
  console.log(price);
} catch (error) {
  if (error instanceof ApiError) console.log(error.problem?.allowed);
}
`;

/** Type-checks a program in a folder that holds nothing but the client, without any package. */
function checkAlone(program: string, config?: object): Promise<void> {
  return withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/client`);
    for await (const { name } of Deno.readDir(SOURCES)) {
      await Deno.copyFile(new URL(name, SOURCES), `${folder}/client/${name}`);
    }
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    const configFile = `${folder}/deno.json`;
    if (config) await Deno.writeTextFile(configFile, JSON.stringify(config));
    await requireCommand("check the program", Deno.execPath(), [
      ...["check", "--quiet", "--no-remote", "--no-npm"],
      ...(config ? ["--config", configFile] : ["--no-config"]),
      `${folder}/program.ts`,
    ], { cwd: folder });
  });
}

Deno.test("the client's folder type-checks elsewhere, without configuration or packages", () =>
  checkAlone(PROGRAM));

Deno.test("the client type-checks with nothing but a browser's types", () =>
  checkAlone(PROGRAM, { compilerOptions: { lib: ["esnext", "dom", "dom.iterable"] } }));

Deno.test("the client type-checks as strictly as TypeScript can", () =>
  checkAlone(PROGRAM.replace("items[0]", "items[0]!"), {
    compilerOptions: {
      lib: ["esnext", "dom"],
      exactOptionalPropertyTypes: true,
      noImplicitReturns: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true,
    },
  }));

Deno.test("a misspelled option is a type error", async () => {
  const misspelled = PROGRAM.replace("k: 5", "size: 5");
  await assertRejects(() => checkAlone(misspelled), Error, "'size' does not exist");
});
