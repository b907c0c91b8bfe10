/** Names the span of the request that is being answered. */
export type NameSpan = (name: string) => void;

/**
 * Deno makes a span of every request, named by its method alone (`OTEL_DENO=true`); this names it after the route,
 * so that nobody needs the path, which holds ids. Loaded only where there are spans.
 */
export async function openTracing(): Promise<NameSpan> {
  const { trace } = await import("@opentelemetry/api");
  return (name) => trace.getActiveSpan()?.updateName(name);
}
