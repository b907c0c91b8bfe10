import { InputError } from "../../src/base/input_error.ts";
import { bucketDestination } from "../../src/export/bucket.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";

const KEYS = { accessKeyId: "id", secretAccessKey: "secret" };

/** A storage that gives the answers in turn and keeps what it was asked. */
async function withStorage(
  answers: readonly Response[],
  run: (endpoint: string, asked: { line: string; headers: Headers }[]) => Promise<void>,
): Promise<void> {
  const asked: { line: string; headers: Headers }[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    asked.push({ line: `${request.method} ${pathname}`, headers: request.headers });
    return answers[asked.length - 1] ?? new Response("too many", { status: 400 });
  });
  await run(`http://127.0.0.1:${server.addr.port}`, asked);
}

const fault = (status: number, code: string, message: string) =>
  new Response(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, { status });

Deno.test("objects are named by path, below the prefix, and signed with the hash of the body", () =>
  withStorage([new Response("")], async (endpoint, asked) => {
    const bucket = bucketDestination("s3://shop/a b/", { ...KEYS, endpoint, region: "eu-west-1" });
    await bucket.write("received=2026-11-28/part-00000", new TextEncoder().encode("abc"));
    const [{ line, headers }] = asked;
    assertEquals(line, "PUT /shop/a%20b/received%3D2026-11-28/part-00000");
    assertEquals(
      headers.get("x-amz-content-sha256"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    const authorization = headers.get("authorization") ?? "";
    assertEquals(/Credential=(\S+?)\/\d{8}\/(\S+),/.exec(authorization)?.slice(1), [
      "id",
      "eu-west-1/s3/aws4_request",
    ]);
    assertEquals(/SignedHeaders=\S*x-amz-content-sha256/.test(authorization), true);
  }));

Deno.test("a missing object is no error, but a missing bucket is", () =>
  withStorage([
    fault(404, "NoSuchKey", "none"),
    new Response(null, { status: 404 }),
    fault(404, "NoSuchBucket", "The specified bucket does not exist"),
  ], async (endpoint) => {
    const bucket = bucketDestination("s3://shop", { ...KEYS, endpoint });
    assertEquals(await bucket.read("key"), undefined);
    assertEquals(await bucket.has("key"), false);
    await assertRejects(
      () => bucket.read("key"),
      InputError,
      `Cannot read s3://shop/key at ${endpoint}: the storage answers 404 (NoSuchBucket, The ` +
        "specified bucket does not exist); check the bucket, AWS_REGION, AWS_ENDPOINT_URL and " +
        "the keys",
    );
  }));

Deno.test("a redirect to another region isn't followed, it says which setting is wrong", () => {
  const location = "http://127.0.0.1:1/elsewhere";
  const body =
    "<Error><Code>PermanentRedirect</Code><Message>Use another endpoint</Message></Error>";
  const moved = () => new Response(body, { status: 301, headers: { location } });
  return withStorage([moved(), moved()], async (endpoint, asked) => {
    const bucket = bucketDestination("s3://shop", { ...KEYS, endpoint });
    const message = "answers 301 (PermanentRedirect, Use another endpoint); check the bucket, " +
      "AWS_REGION";
    await assertRejects(() => bucket.read("key"), InputError, message);
    await assertRejects(() => bucket.write("key", new Uint8Array([1])), InputError, message);
    assertEquals(asked.length, 2);
  });
});

Deno.test("a storage that is busy is asked again", () =>
  withStorage([
    fault(503, "SlowDown", "Reduce your request rate"),
    new Response("", { status: 429 }),
    new Response("kept"),
  ], async (endpoint, asked) => {
    const bucket = bucketDestination("s3://shop", { ...KEYS, endpoint }, { minTimeout: 1 });
    assertEquals(new TextDecoder().decode(await bucket.read("key")), "kept");
    assertEquals(asked.length, 3);
  }));

Deno.test("a storage that fails each time is given up, with its reason", () =>
  withStorage(
    Array.from({ length: 2 }, () => fault(500, "InternalError", "Try again")),
    async (endpoint) => {
      const patience = { minTimeout: 1, maxAttempts: 2 };
      const bucket = bucketDestination("s3://shop", { ...KEYS, endpoint }, patience);
      await assertRejects(
        () => bucket.write("key", new Uint8Array()),
        InputError,
        `Cannot write s3://shop/key at ${endpoint}: after 2 attempts: the storage answers 500 ` +
          "(InternalError, Try again)",
      );
    },
  ));

Deno.test("wrong keys and an address that nobody listens at are errors", async () => {
  const denied = fault(403, "SignatureDoesNotMatch", "Check your key");
  await withStorage([denied], async (endpoint) => {
    const bucket = bucketDestination("s3://shop", { ...KEYS, endpoint });
    await assertRejects(() => bucket.read("key"), InputError, "403 (SignatureDoesNotMatch");
  });
  const patience = { minTimeout: 1, maxAttempts: 2 };
  const endpoint = "http://127.0.0.1:1";
  const nobody = bucketDestination("s3://shop", { ...KEYS, endpoint }, patience);
  await assertRejects(() => nobody.has("key"), InputError, "after 2 attempts");
});

for (const address of ["s3://", "s3://Shop", "s3://ab", "s3://shop/../other", "s3:/shop"]) {
  Deno.test(`${address} is no address of a bucket`, () => {
    assertThrows(
      () => bucketDestination(address, KEYS),
      InputError,
      `Cannot use ${address}: the address of a bucket must be s3://BUCKET/PREFIX`,
    );
  });
}

for (const endpoint of ["minio", "minio:9000", "ftp://minio", ""]) {
  Deno.test(`"${endpoint}" is no address of an object storage`, () => {
    assertThrows(
      () => bucketDestination("s3://shop", { ...KEYS, endpoint }),
      InputError,
      "AWS_ENDPOINT_URL must be its address, such as https://minio.example.com:9000, got " +
        `"${endpoint}"`,
    );
  });
}
