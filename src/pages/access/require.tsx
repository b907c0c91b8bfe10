import type { Context, MiddlewareHandler } from "hono";
import { STATUS_CODE } from "../../base/std/http.ts";
import { showPage } from "../frame/show_page.tsx";
import type { PageEnvironment } from "../visit/site.ts";
import { SignIn } from "./sign_in.tsx";
import type { Visitor } from "../visit/visitor.ts";

type Guard = MiddlewareHandler<PageEnvironment>;

/** Lets visitors pass who may see figures, products and lists. */
export const requireRead: Guard = guard(
  ({ mayRead }) => mayRead,
  "To see this page, you need one of the service's tokens.",
);

/** Lets visitors pass who may see what users did. */
export const requireHistories: Guard = guard(
  ({ maySeeHistories }) => maySeeHistories,
  "To see what users did, you need one of API_TOKENS, as in the API.",
);

/** Lets visitors pass who may send events. */
export const requireEvents: Guard = guard(
  ({ maySendEvents }) => maySendEvents,
  "The shop sends real events. For that, you need one of API_TOKENS, as in the API.",
);

/** Lets visitors pass who may change what is served. */
export const requireChange: Guard = guard(
  ({ mayChange }) => mayChange,
  "To change what is served, you need one of API_TOKENS, as in the API.",
);

/** Others are asked for a token, at the address they wanted. */
function guard(may: (visitor: Visitor) => boolean, why: string): Guard {
  return async (context, next) => {
    if (may(context.var.visitor)) return await next();
    return await askForToken(context, why);
  };
}

function askForToken(context: Context<PageEnvironment>, why: string): Promise<Response> {
  const { pathname, search } = new URL(context.req.url);
  // What a form would have done is done from its page, after signing in.
  const place = context.req.method === "GET" ? pathname.slice("/pages/".length) + search : "";
  return showPage(context, {
    title: "Sign in",
    status: STATUS_CODE.Unauthorized,
    body: <SignIn next={`./${place}`} why={why} />,
  });
}
