/** A file server on this machine, as object storage answers range requests. */
export interface RangeServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: { readonly search: string; readonly range: string | null }[];
  /** What it answers instead. Default what is asked for. */
  answer: (() => Response | Promise<Response>) | undefined;
}

/** Serves a folder until it is disposed of. */
export function rangeServer(folder: string): RangeServer {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const range = request.headers.get("range");
      served.requests.push({ search, range });
      if (served.answer) return await served.answer();
      const bytes = await Deno.readFile(`${folder}${pathname}`).catch(() => undefined);
      if (!bytes) return new Response("not found", { status: 404 });
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
      if (from === undefined) return new Response(bytes);
      return new Response(bytes.slice(Number(from), Number(to) + 1), { status: 206 });
    },
  );
  const served: RangeServer = {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests: [],
    answer: undefined,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return served;
}
