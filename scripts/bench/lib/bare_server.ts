/** Answers every request with the same JSON of a given length: what a server does at least. `<characters>` */
const body = JSON.stringify("x".repeat(Number(Deno.args[0]) - 2));
const headers = { "content-type": "application/json" };

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`),
}, () => new Response(body, { headers }));
