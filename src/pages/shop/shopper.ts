import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { idRule } from "../../service/schema/rules.ts";
import type { PageEnvironment } from "../visit/site.ts";

/** The cookie that holds whom the demo's visitor plays. */
const COOKIE = "recommender_shopper";

/** The user that a visitor of the demo plays: a new one until they choose another. */
export function shopperOf(context: Context<PageEnvironment>): string {
  const known = idRule.safeParse(context.var.shopper ?? getCookie(context, COOKIE));
  if (known.success) return known.data;
  const made = `demo-${crypto.randomUUID().slice(0, 8)}`;
  playShopper(context, made);
  return made;
}

/** Makes the visitor play a user. */
export function playShopper(context: Context<PageEnvironment>, userId: string): void {
  context.set("shopper", userId);
  setCookie(context, COOKIE, userId, { path: "/", httpOnly: true, sameSite: "Strict" });
}
