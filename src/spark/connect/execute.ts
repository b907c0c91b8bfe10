import type { Client } from "@connectrpc/connect";
import { create } from "@bufbuild/protobuf";
import {
  type ExecutePlanResponse,
  InterruptRequest_InterruptType,
  type Plan,
  ReattachOptionsSchema,
  type SparkConnectService,
} from "../generated/spark/connect/base_pb.ts";
import { isForgotten, isTransient } from "./explain_error.ts";

/** What identifies a session in each request. */
export interface SessionIdentity {
  readonly sessionId: string;
  readonly userContext: { readonly userId: string };
  readonly clientType: string;
}

/** The client of the service's generated description. */
export type SparkClient = Client<typeof SparkConnectService>;

/** The default of how long to wait before each further attempt, in milliseconds. */
const WAITS: readonly number[] = [50, 200, 800, 2000, 4000];

/** The server keeps responses until they are released, which is a request of its own. */
const RELEASE_EVERY = 16;

/**
 * Runs a plan and yields the server's responses as they come. When the connection breaks, the same
 * operation goes on where it stopped: nothing runs twice, no response is lost or repeated. A caller
 * who stops early interrupts the operation.
 *
 * @param options `waits`: how long to wait after a failed connection before each further attempt,
 * in milliseconds; default: five attempts within seven seconds.
 * @throws The error of the last attempt.
 */
export async function* execute(
  client: SparkClient,
  identity: SessionIdentity,
  plan: Plan,
  { waits = WAITS }: { waits?: readonly number[] } = {},
): AsyncGenerator<ExecutePlanResponse> {
  const operation = { ...identity, operationId: crypto.randomUUID() };
  const start = () =>
    client.executePlan({
      ...operation,
      plan,
      requestOptions: [{
        requestOption: {
          case: "reattachOptions",
          value: create(ReattachOptionsSchema, { reattachable: true }),
        },
      }],
    });
  let responses = start();
  let lastResponseId: string | undefined;
  let [complete, failures, received] = [false, 0, 0];
  try {
    while (!complete) {
      try {
        for await (const response of responses) {
          failures = 0;
          lastResponseId = response.responseId;
          if (response.responseType.case === "resultComplete") complete = true;
          else yield response;
          if (++received % RELEASE_EVERY === 0) {
            const value = { responseId: lastResponseId };
            await client.releaseExecute({ ...operation, release: { case: "releaseUntil", value } });
          }
        }
        if (!complete) responses = client.reattachExecute({ ...operation, lastResponseId });
      } catch (error) {
        const neverArrived = isForgotten(error) && lastResponseId === undefined && failures > 0;
        if (!(isTransient(error) || neverArrived) || failures === waits.length) throw error;
        await new Promise((resolve) => setTimeout(resolve, waits[failures++]));
        responses = neverArrived
          ? start()
          : client.reattachExecute({ ...operation, lastResponseId });
      }
    }
  } finally {
    // Neither matters to the result: the server forgets the operation after a while by itself.
    if (!complete) {
      await client.interrupt({
        ...identity,
        interruptType: InterruptRequest_InterruptType.OPERATION_ID,
        interrupt: { case: "operationId", value: operation.operationId },
      }).catch(() => {});
    }
    await client.releaseExecute({ ...operation, release: { case: "releaseAll", value: {} } })
      .catch(() => {});
  }
}
