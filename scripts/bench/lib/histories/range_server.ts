/** A file server on this machine, in a worker: answers range requests as object storage does. */
/// <reference lib="deno.worker" />

self.onmessage = ({ data: folder }: MessageEvent<string>) => {
  Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen: ({ port }) => self.postMessage(`http://127.0.0.1:${port}`),
  }, async (request) => {
    const { pathname } = new URL(request.url);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
    if (!range) return new Response("a range is missing", { status: 400 });
    const [start, end] = [Number(range[1]), Number(range[2]) + 1];
    using file = await Deno.open(`${folder}${pathname}`);
    await file.seek(start, Deno.SeekMode.Start);
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) filled += await file.read(bytes.subarray(filled)) ?? Infinity;
    return new Response(bytes, { status: 206 });
  });
};
