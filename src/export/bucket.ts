import { AwsV4Signer } from "aws4fetch";
import { unreachable } from "../base/fetch_safely.ts";
import { InputError } from "../base/input_error.ts";
import { sha256 } from "../base/sha256.ts";
import { retry } from "../base/std/async.ts";
import type { Destination } from "./destination.ts";

/** Whose bucket it is and how to reach it. */
export interface BucketAccess {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** The address of an object storage other than Amazon's; default that of Amazon in the region. */
  readonly endpoint?: string;
}

/** How requests that fail are repeated. */
interface Patience {
  /** How often a request is made at most. Default 5. */
  readonly maxAttempts?: number;
  /** Before the second attempt, in milliseconds; doubles each time. Default 500. */
  readonly minTimeout?: number;
  /** For each attempt, in milliseconds. Default a minute. */
  readonly timeoutMs?: number;
}

/** An answer that another attempt may mend. */
class Transient extends Error {}

/** Whether an address is that of a bucket: `s3://bucket/prefix`. */
export function isBucket(address: string): boolean {
  return address.startsWith("s3://");
}

/**
 * A bucket of an object storage that speaks Amazon's S3: AWS, Cloudflare R2, Google Cloud Storage
 * with HMAC keys, MinIO. Objects are named by path (`endpoint/bucket/key`), and requests are signed
 * by Signature Version 4 with the hash of their body, so that a damaged upload is refused.
 *
 * @param address `s3://bucket/prefix`.
 * @throws {InputError} If it isn't such an address, or the endpoint isn't one of HTTP. The
 *   destination's methods throw one if the storage refuses a request, or fails each time.
 */
export function bucketDestination(
  address: string,
  { region = "us-east-1", endpoint = `https://s3.${region}.amazonaws.com`, ...keys }: BucketAccess,
  { timeoutMs = 60_000, maxAttempts = 5, minTimeout = 500 }: Patience = {},
): Destination {
  const { bucket, prefix } = parseAddress(address);
  requireHttp(endpoint);
  const base = endpoint.replace(/\/$/, "");
  const urlOf = (key: string) =>
    `${base}/${[bucket, ...prefix, ...key.split("/")].map(encodeURIComponent).join("/")}`;

  async function attempt(method: string, key: string, body?: Uint8Array<ArrayBuffer>) {
    const headers = { "x-amz-content-sha256": await sha256(body ?? new Uint8Array()) };
    const signing = { ...keys, region, service: "s3", method, url: urlOf(key), headers, body };
    const signed = await new AwsV4Signer(signing).sign();
    const response = await fetch(signed.url, {
      method,
      headers: signed.headers,
      body,
      // The signature is for this address alone, and events go nowhere else.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error) => {
      throw new Transient(unreachable(error), { cause: error });
    });
    if (response.status === 429 || response.status >= 500) {
      throw new Transient(await reasonOf(response));
    }
    return response;
  }

  /** @returns The answer; undefined if there is no such object. */
  async function request(method: string, key: string, body?: Uint8Array<ArrayBuffer>) {
    const name = `${address.replace(/\/$/, "")}/${key}`;
    const cannot = (why: string, cause?: unknown) =>
      new InputError(
        `Cannot ${method === "PUT" ? "write" : method === "DELETE" ? "remove" : "read"} ` +
          `${name} at ${base}: ${why}`,
        { cause },
      );
    const response = await retry(() => attempt(method, key, body), {
      maxAttempts,
      minTimeout,
      maxTimeout: 60_000,
      isRetriable: (error) => error instanceof Transient,
    }).catch((error) => {
      const { cause } = error as Error;
      if (!(cause instanceof Transient)) throw error;
      throw cannot(`after ${maxAttempts} attempts: ${cause.message}`, cause);
    });
    if (response.ok) return response;
    const reason = await reasonOf(response);
    // A missing bucket answers 404 as well, but names itself; to HEAD, nothing has a body.
    if (response.status === 404 && method !== "PUT" && !/NoSuchBucket/.test(reason)) return;
    throw cannot(`${reason}; check the bucket, AWS_REGION, AWS_ENDPOINT_URL and the keys`);
  }

  return {
    name: address,
    read: async (key) => await (await request("GET", key))?.bytes(),
    async has(key) {
      const response = await request("HEAD", key);
      await response?.body?.cancel();
      return response !== undefined;
    },
    async write(key, bytes) {
      await (await request("PUT", key, bytes))!.body?.cancel();
    },
    async remove(key) {
      await (await request("DELETE", key))?.body?.cancel();
    },
  };
}

function requireHttp(endpoint: string): void {
  if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) return;
  throw new InputError(
    "Cannot use the object storage: AWS_ENDPOINT_URL must be its address, such as " +
      `https://minio.example.com:9000, got "${endpoint}"`,
  );
}

function parseAddress(address: string): { bucket: string; prefix: string[] } {
  const [, bucket, path = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/
    .exec(address) ?? [];
  const prefix = path.split("/").filter((part) => part !== "");
  if (bucket !== undefined && !prefix.some((part) => /^\.\.?$/.test(part))) {
    return { bucket, prefix };
  }
  throw new InputError(
    `Cannot use ${address}: the address of a bucket must be s3://BUCKET/PREFIX, its name 3 to 63 ` +
      "small letters, digits, dots and hyphens",
  );
}

/** The status, and what the storage says in its XML. */
async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  const [code, message] = ["Code", "Message"]
    .map((name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]);
  const said = [code, message].filter((part) => part).join(", ");
  return `the storage answers ${response.status}${said === "" ? "" : ` (${said})`}`;
}
