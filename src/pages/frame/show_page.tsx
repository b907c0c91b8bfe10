import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { STATUS_CODE } from "../../base/std/http.ts";
import { varying } from "../../service/http/compression.ts";
import type { PageEnvironment } from "../visit/site.ts";
import { Layout } from "./layout.tsx";

/** Everything from this service; pictures of the shop's own products from where they are. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** A page of its own, or what a form is answered with. */
export interface Page {
  /** For the browser's tab and history. */
  readonly title: string;
  readonly body: Child;
  /** Default 200. */
  readonly status?: number;
  /** Whether it has charts, whose code is loaded then. Default no. */
  readonly hasCharts?: boolean;
}

/** Answers with a page. */
export async function showPage(
  context: Context<PageEnvironment>,
  { title, body, status = STATUS_CODE.OK, hasCharts = false }: Page,
): Promise<Response> {
  const path = new URL(context.req.url).pathname;
  const html = await (
    <Layout {...context.var} title={title} path={path} hasCharts={hasCharts}>
      {body}
    </Layout>
  );
  return answer(context, `<!doctype html>${html}`, status);
}

/** Answers with a part of a page, which replaces one that is shown. */
export async function showPart(
  context: Context<PageEnvironment>,
  body: Child,
): Promise<Response> {
  return answer(context, String(await <>{body}</>), STATUS_CODE.OK);
}

/** Answers with HTML, and with the cookies that were set before. */
function answer(context: Context<PageEnvironment>, html: string, status: number): Response {
  return context.body(html, status as ContentfulStatusCode, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    ...varying(html.length),
  });
}
