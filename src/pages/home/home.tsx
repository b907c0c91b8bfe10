import type { Hono } from "hono";
import { raw } from "hono/html";
import { cards, inWords } from "../../analysis/report/summary.ts";
import { dateText } from "../../analysis/report/data_section.ts";
import { reportSource } from "../../analysis/report/source.ts";
import type { Artifact } from "../../artifact/load.ts";
import { InputError } from "../../base/input_error.ts";
import { requireRead } from "../access/require.tsx";
import { showPage, showPart } from "../frame/show_page.tsx";
import { Unmeasured } from "../frame/unmeasured.tsx";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { Live } from "./live.tsx";

const UNKNOWN_QUALITY = "The artifact has no figures, so nobody knows how good its lists are.";

/** Home: what is served, how good it is, and how the service is doing. */
export function addHome(app: Hono<PageEnvironment>, site: Site): void {
  app.get(
    "/",
    requireRead,
    (context) => showPage(context, { title: "Home", body: <Home site={site} /> }),
  );
  app.get("/live", requireRead, (context) => showPart(context, <Live {...site} />));
}

function Home({ site }: { site: Site }) {
  const { artifact } = site.api.shop;
  const { manifest, version } = artifact;
  const { from, to } = manifest.data;
  return (
    <>
      <h1>Overview</h1>
      <Figures artifact={artifact} />
      <p class="faint">
        Artifact <code>{version}</code> was made at {dateText(manifest.created)} from events between
        {" "}
        {dateText(from)} and {dateText(to)}. The service started at{" "}
        {dateText(new Date(performance.timeOrigin).toISOString())}. Times are in UTC.
      </p>
      <h2>How the service is doing</h2>
      <Live {...site} />
    </>
  );
}

/** Figures of the comparison; an artifact of another program may lack them. */
function Figures({ artifact: { manifest, version } }: { artifact: Artifact }) {
  try {
    const source = reportSource(manifest, version);
    const words = inWords(source);
    return (
      <>
        {words ? raw(words.text) : <Unmeasured what={UNKNOWN_QUALITY} why={manifest.unmeasured} />}
        {raw(cards(source).text)}
        {words && (
          <p>
            <a href="models">How the models compare</a>
          </p>
        )}
      </>
    );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return <Unmeasured what={UNKNOWN_QUALITY} why={manifest.unmeasured} />;
  }
}
