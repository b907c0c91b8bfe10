import type { Hono } from "hono";
import type { z } from "zod";
import type { rulesAnswer } from "../../service/schema/answers.ts";
import type { Placements } from "../../service/placements/definition/placements.ts";
import { requireRead } from "../access/require.tsx";
import { showPage } from "../frame/show_page.tsx";
import { SignInLink } from "../frame/sign_in_link.tsx";
import type { PageEnvironment, Site } from "../visit/site.ts";
import type { Visitor } from "../visit/visitor.ts";
import { addPlacement, placementPlace } from "./placement.tsx";
import { addRuleChanges, RuleList } from "./rules.tsx";
import { addSegment, segmentPlace } from "./segment.tsx";
import { settingsText } from "./settings_text.ts";

/** Placements: what each shows, the rules that change lists, and the segments of users. */
export function addPlacements(app: Hono<PageEnvironment>, site: Site): void {
  app.get("/placements", requireRead, async (context) => {
    const { ask, visitor } = context.var;
    const rules = visitor.maySeeHistories
      ? (await ask.get<z.output<typeof rulesAnswer>>("/rules")).rules
      : undefined;
    return await showPage(context, {
      title: "Placements",
      body: (
        <>
          <h1>Placements</h1>
          <PlacementList placements={site.api.placements} />
          <section aria-labelledby="rules">
            <h2 id="rules">Rules that the shop put</h2>
            {rules ? <RuleList rules={rules} mayChange={visitor.mayChange} /> : (
              <p>
                To see them, <SignInLink place="placements">sign in</SignInLink>{" "}
                with one of API_TOKENS.
              </p>
            )}
          </section>
          <section aria-labelledby="segments">
            <h2 id="segments">Segments of users</h2>
            <SegmentList placements={site.api.placements} visitor={visitor} />
          </section>
        </>
      ),
    });
  });
  addPlacement(app, site);
  addRuleChanges(app);
  addSegment(app, site);
}

function PlacementList({ placements }: { placements: Placements }) {
  if (placements.names.length === 0) {
    return (
      <p>
        There are none: a placement is a named list of the shop, such as the row of its home page.
        The setting <code>PLACEMENTS</code> names the file that has them.
      </p>
    );
  }
  return (
    <ul class="list">
      {placements.names.map((name) => placements.get(name)!).map((
        { name = "", steps, rules, variants, k, exclude },
      ) => (
        <li>
          <a href={placementPlace(name)}>{name}</a>:{" "}
          {steps.map((step, i) => settingsText(i === 0 ? { ...step, k, exclude } : step))
            .join("; then ")}
          {rules.map(({ name, ...rule }) => <p class="faint">Rule {name}: {settingsText(rule)}</p>)}
          {variants.map(({ segment, placement }) => (
            <p class="faint">Users in segment {segment}: {placement}</p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function SegmentList({ placements: { segments }, visitor }: {
  placements: Placements;
  visitor: Visitor;
}) {
  if (segments.size === 0) return <p>The file of placements has none.</p>;
  return (
    <ul>
      {Array.from(segments, ([name, conditions]) => (
        <li>
          {visitor.maySeeHistories ? <a href={segmentPlace(name)}>{name}</a> : name}:{" "}
          {settingsText(conditions)}
        </li>
      ))}
    </ul>
  );
}
