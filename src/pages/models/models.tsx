import type { Hono } from "hono";
import { raw } from "hono/html";
import { breakdownSection } from "../../analysis/report/breakdown_section.ts";
import { comparisonSection, decisionSection } from "../../analysis/report/comparison_section.ts";
import { glossary } from "../../analysis/report/glossary.ts";
import type { Html } from "../../analysis/report/html.ts";
import { type ReportSource, reportSource } from "../../analysis/report/source.ts";
import { varietySection } from "../../analysis/report/variety_section.ts";
import type { Artifact } from "../../artifact/load.ts";
import { describeVersions } from "../../artifact/versions.ts";
import { isRemote } from "../../base/fetch_safely.ts";
import { InputError } from "../../base/input_error.ts";
import { requireRead } from "../access/require.tsx";
import { chartPlace } from "../frame/chart.ts";
import { showPage } from "../frame/show_page.tsx";
import { Unmeasured } from "../frame/unmeasured.tsx";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { addChangeOfVersion, mayWriteTo } from "./change_version.tsx";
import { Versions } from "./versions.tsx";

const NO_COMPARISON = "The artifact has no figures, so the models can't be compared.";

/** Models: how they compare, and which artifacts there are. */
export function addModels(app: Hono<PageEnvironment>, site: Site): void {
  const { api: { shop, reload }, options: { source } } = site;
  app.get("/models", requireRead, async (context) => {
    const { artifact } = shop;
    const report = sourceOf(artifact);
    const versions = isRemote(source) ? undefined : await describeVersions(source);
    return await showPage(context, {
      title: "Models",
      hasCharts: report !== undefined,
      body: (
        <>
          <h1>Models</h1>
          {report
            ? raw(decisionSection(report).text)
            : <Unmeasured what={NO_COMPARISON} why={artifact.manifest.unmeasured} />}
          <Versions
            served={artifact.version}
            versions={versions}
            source={source}
            mayChange={context.var.visitor.mayChange}
            mayWrite={versions !== undefined && await mayWriteTo(source)}
            mayReload={reload !== undefined}
          />
          {report && raw(await comparison(report))}
        </>
      ),
    });
  });
  addChangeOfVersion(app, site);
}

/** What the report shows; undefined for an artifact that lacks it. */
function sourceOf({ manifest, version }: Artifact): ReportSource | undefined {
  try {
    return reportSource(manifest, version);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return undefined;
  }
}

/** The report's sections about the models' figures, with charts that the browser draws. */
async function comparison(report: ReportSource): Promise<string> {
  const sections: readonly (Html | undefined)[] = [
    await comparisonSection(report, chartPlace),
    await breakdownSection(report, chartPlace),
    await varietySection(report, chartPlace),
    glossary(),
  ];
  return sections.map((section) => section?.text ?? "").join("");
}
