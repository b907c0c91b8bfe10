import type { PropsWithChildren } from "hono/jsx";
import { SignInLink } from "./sign_in_link.tsx";
import type { Visitor } from "../visit/visitor.ts";

/** The sections of the pages, by their place below `/pages/`. */
const SECTIONS = [
  { place: "", title: "Home" },
  { place: "users", title: "Users" },
  { place: "products", title: "Products" },
  { place: "models", title: "Models" },
  { place: "placements", title: "Placements" },
  { place: "experiments", title: "Experiments" },
  { place: "shop", title: "Shop" },
] as const;

/** What surrounds each page. */
export function Layout(
  { title, path, visitor, hasShop, hasCharts, children }: PropsWithChildren<{
    title: string;
    path: string;
    visitor: Visitor;
    hasShop: boolean;
    hasCharts: boolean;
  }>,
) {
  const place = path.replace(/^\/pages\/?/, "");
  const [section] = place.split("/");
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} · Recommender</title>
        <base href={"../".repeat(place.split("/").length - 1) || "./"} />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":"reload"}' />
        <link rel="icon" href="files/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="files/style.css" />
        <script src="files/htmx.js" defer></script>
        <script src="files/pages.js" defer></script>
        {hasCharts && (
          <>
            <script src="files/vega.js" defer></script>
            <script src="files/vega-lite.js" defer></script>
            <script src="files/charts.js" type="module"></script>
          </>
        )}
      </head>
      <body>
        <a class="skip" href={`${path}#main`}>Skip to the content</a>
        <header class="site">
          <a class="brand" href="./">Recommender</a>
          <nav aria-label="Sections">
            <ul>
              {SECTIONS.filter(({ place }) => place !== "shop" || hasShop).map((
                { place, title },
              ) => (
                <li>
                  <a
                    href={place || "./"}
                    aria-current={section === place ? "page" : undefined}
                  >
                    {title}
                  </a>
                </li>
              ))}
              <li>
                <a href="../docs">API</a>
              </li>
            </ul>
          </nav>
          <Session visitor={visitor} place={place} />
        </header>
        <main id="main" tabindex={-1}>{children}</main>
      </body>
    </html>
  );
}

function Session({ visitor, place }: { visitor: Visitor; place: string }) {
  if (!visitor.isSignedIn) {
    return <SignInLink place={place} class="session">Sign in</SignInLink>;
  }
  return (
    <form class="session" method="post" action="sign-out">
      <button type="submit" class="quiet">Sign out</button>
    </form>
  );
}
