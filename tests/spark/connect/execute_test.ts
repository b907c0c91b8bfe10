import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { assertEquals, assertRejects } from "../../assert.ts";
import { execute, type SparkClient } from "../../../src/spark/connect/execute.ts";
import {
  type ExecutePlanResponse,
  ExecutePlanResponseSchema,
  PlanSchema,
} from "../../../src/spark/generated/spark/connect/base_pb.ts";

const IDENTITY = { sessionId: "s", userContext: { userId: "u" }, clientType: "test" };
const PLAN = create(PlanSchema, {});

/** What a server sends in one stream: numbers of batches, `end`, or the error that breaks it. */
type Stream = readonly (number | "end" | ConnectError)[];

/** A server that answers with these streams, one after another, and keeps a log of requests. */
function fakeClient(streams: readonly Stream[]): { client: SparkClient; log: string[] } {
  const log: string[] = [];
  let next = 0;
  async function* stream(request: string): AsyncGenerator<ExecutePlanResponse> {
    log.push(request);
    for (const sent of streams[next++]) {
      if (sent instanceof ConnectError) throw sent;
      yield create(ExecutePlanResponseSchema, {
        responseId: String(sent),
        responseType: sent === "end"
          ? { case: "resultComplete", value: {} }
          : { case: "arrowBatch", value: { data: Uint8Array.of(sent) } },
      });
    }
  }
  const client = {
    executePlan: () => stream("execute"),
    reattachExecute: ({ lastResponseId }: { lastResponseId?: string }) =>
      stream(`reattach after ${lastResponseId}`),
    releaseExecute: ({ release }: { release: { case: string } }) => {
      log.push(release.case);
      return Promise.resolve({});
    },
    interrupt: () => {
      log.push("interrupt");
      return Promise.resolve({});
    },
  };
  return { client: client as unknown as SparkClient, log };
}

async function received(client: SparkClient): Promise<number[]> {
  const responses = await Array.fromAsync(execute(client, IDENTITY, PLAN, { waits: [1, 1] }));
  return responses.flatMap(({ responseType }) =>
    responseType.case === "arrowBatch" ? [...responseType.value.data] : []
  );
}

const broken = new ConnectError("the connection was closed", Code.Unavailable);

Deno.test("a stream that breaks goes on after the last response; nothing runs twice", async () => {
  const { client, log } = fakeClient([[1, 2, broken], [3, "end"]]);
  assertEquals(await received(client), [1, 2, 3]);
  assertEquals(log, ["execute", "reattach after 2", "releaseAll"]);
});

Deno.test("a stream that ends without its last response goes on", async () => {
  const { client, log } = fakeClient([[1], [2, "end"]]);
  assertEquals(await received(client), [1, 2]);
  assertEquals(log, ["execute", "reattach after 1", "releaseAll"]);
});

Deno.test("an operation that never arrived is sent again", async () => {
  const unknown = new ConnectError("[INVALID_HANDLE.OPERATION_NOT_FOUND]", Code.Internal);
  const { client, log } = fakeClient([[broken], [unknown], [1, "end"]]);
  assertEquals(await received(client), [1]);
  assertEquals(log, ["execute", "reattach after undefined", "execute", "releaseAll"]);
});

Deno.test("an error of the query isn't tried again", async () => {
  const { client, log } = fakeClient([[1, new ConnectError("[ODD]", Code.Internal)]]);
  await assertRejects(() => received(client), ConnectError, "[ODD]");
  assertEquals(log, ["execute", "interrupt", "releaseAll"]);
});

Deno.test("a server that stays away is given up after the last attempt", async () => {
  const { client, log } = fakeClient(Array.from({ length: 3 }, () => [broken]));
  await assertRejects(() => received(client), ConnectError, "closed");
  assertEquals(log.length, 3 + 2);
});

Deno.test("responses are released while they are read", async () => {
  const numbers = Array.from({ length: 40 }, (_, i) => i);
  const { client, log } = fakeClient([[...numbers, "end"]]);
  assertEquals(await received(client), numbers);
  assertEquals(log, ["execute", "releaseUntil", "releaseUntil", "releaseAll"]);
});

Deno.test("a caller who stops early interrupts the operation", async () => {
  const { client, log } = fakeClient([[1, 2, 3, "end"]]);
  for await (const _ of execute(client, IDENTITY, PLAN)) break;
  assertEquals(log, ["execute", "interrupt", "releaseAll"]);
});
