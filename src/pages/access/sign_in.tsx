import type { Hono } from "hono";
import { STATUS_CODE } from "../../base/std/http.ts";
import { showPage } from "../frame/show_page.tsx";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { forgetToken, isToken, keepToken } from "../visit/visitor.ts";

/** The sign-in form, and signing out. */
export function addSignIn(app: Hono<PageEnvironment>, { api }: Site): void {
  app.get("/sign-in", (context) => {
    const next = nextOf(context.req.query("next"));
    return showPage(context, { title: "Sign in", body: <SignIn next={next} /> });
  });
  app.post("/sign-in", async (context) => {
    const { token, next } = await context.req.parseBody();
    const given = typeof token === "string" ? token.trim() : "";
    const target = nextOf(typeof next === "string" ? next : "");
    if (isToken(given, api.protection)) {
      keepToken(context, given);
      return context.redirect(target, STATUS_CODE.SeeOther);
    }
    return showPage(context, {
      title: "Sign in",
      status: STATUS_CODE.Unauthorized,
      body: <SignIn next={target} error="The service doesn't know this token." />,
    });
  });
  app.post("/sign-out", (context) => {
    forgetToken(context);
    return context.redirect("./", STATUS_CODE.SeeOther);
  });
}

/** What to show after signing in: a page of these, whatever the address says. */
function nextOf(text: string | undefined): string {
  const base = "http://pages/pages/";
  const url = URL.parse(text ?? "", base);
  if (url?.origin !== "http://pages" || !url.pathname.startsWith("/pages/")) return "./";
  return `./${url.pathname.slice("/pages/".length)}${url.search}`;
}

/** Asks for a token. */
export function SignIn(
  { next, error, why }: { next: string; error?: string; why?: string },
) {
  return (
    <>
      <h1>Sign in</h1>
      <p>
        {why ?? "Signing in lets you see and do what your token allows in the API."}{" "}
        Tokens are the secrets in <code>API_TOKENS</code> and <code>READ_TOKENS</code>{" "}
        that the service was started with.
      </p>
      <form method="post" action="sign-in" class="stack">
        <input type="hidden" name="next" value={next} />
        <label for="token">Token</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid={error ? "true" : undefined}
          aria-describedby={error ? "token-error" : undefined}
        />
        {error && <p id="token-error" class="error" role="alert">{error}</p>}
        <button type="submit">Sign in</button>
      </form>
    </>
  );
}
