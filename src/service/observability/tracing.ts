/** Names the span of the current request. */
export type NameSpan = (name: string) => void;

/**
 * With `OTEL_DENO=true` Deno makes a span of each request and names it after the method. The
 * function returned names it after the route as well, so that the path, which holds ids, isn't
 * needed. Loads the tracing API.
 */
export async function openTracing(): Promise<NameSpan> {
  const { trace } = await import("@opentelemetry/api");
  return (name) => trace.getActiveSpan()?.updateName(name);
}
