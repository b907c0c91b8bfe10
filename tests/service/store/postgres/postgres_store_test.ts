import { openPostgresStore } from "../../../../src/service/store/postgres/open_postgres_store.ts";
import { testContract } from "../contract.ts";
import { startPostgres } from "./server.ts";

const server = await startPostgres();

testContract({
  name: "PostgreSQL",
  isMissing: !server,
  async withPlace(run) {
    const url = await server?.createDatabase() ?? "";
    await run((options) => openPostgresStore({ url, ...options }));
  },
});

Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());
