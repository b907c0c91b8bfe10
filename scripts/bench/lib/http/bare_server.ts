/**
 * The baseline for the service: answers every request with JSON of a given length, without looking
 * at the request. `bare_server.ts <kind> <characters>`, where `constant` sends one text,
 * `different` cycles through a thousand, and `headers` sends those with seven headers.
 */
const [kind, characters] = Deno.args;
const texts = Array.from(
  { length: kind === "constant" ? 1 : 1000 },
  (_, i) => JSON.stringify(`${i}`.padEnd(Number(characters) - 2, "x")),
);
const json = { "content-type": "application/json" };
let count = 0;

const answer: Readonly<Record<string, () => Response>> = {
  constant: () => new Response(texts[0], { headers: json }),
  different: () => new Response(texts[count++ % texts.length], { headers: json }),
  headers: () =>
    new Response(texts[count++ % texts.length], {
      headers: {
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "content-type": "application/json",
        "cache-control": "private, no-cache",
        "x-request-id": "00000000-0000-4000-8000-000000000000",
        etag: '"000000000000000000000000000"',
      },
    }),
};

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`),
}, answer[kind]);
