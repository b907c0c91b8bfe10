import type { VersionEntry } from "../../artifact/versions.ts";
import { formatCount } from "../../base/format.ts";
import { NO_WRITING, useCommand } from "./change_version.tsx";
import { SignInLink } from "../frame/sign_in_link.tsx";
import { dateText } from "../../analysis/report/data_section.ts";

/** The artifacts, and the forms that change which one is served. */
export function Versions(
  { served, versions, source, mayChange, mayWrite, mayReload }: {
    served: string;
    /** Undefined if they are on another machine, where they can't be listed. */
    versions: readonly VersionEntry[] | undefined;
    /** Where they are. */
    source: string;
    /** Whether the visitor may. */
    mayChange: boolean;
    /** Whether this process may make another version the current one. */
    mayWrite: boolean;
    mayReload: boolean;
  },
) {
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Artifacts</h2>
      <p>
        Served now: <code>{served}</code>. {!mayChange && (
          <>
            To serve another one, <SignInLink place="models">sign in</SignInLink>{" "}
            with one of API_TOKENS.
          </>
        )}
      </p>
      {versions === undefined
        ? <p>They are on another machine, so older ones can't be listed here.</p>
        : <VersionTable served={served} versions={versions} mayUse={mayChange && mayWrite} />}
      {mayChange && !mayWrite && versions && versions.length > 1 && (
        <p>
          {NO_WRITING} To serve another version, run <code>{useCommand(source, "VERSION")}</code>
          {" "}
          there, then reload.
        </p>
      )}
      {mayChange && mayReload && (
        <form method="post" action="models/reload">
          <button type="submit">Reload the current artifact</button>
        </form>
      )}
    </section>
  );
}

function VersionTable(
  { served, versions, mayUse }: {
    served: string;
    versions: readonly VersionEntry[];
    mayUse: boolean;
  },
) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="The artifacts, the latest first">
      <table>
        <caption>The artifacts, the latest first</caption>
        <thead>
          <tr>
            {["Version", "Made (UTC)", "Model", "Events", "State"].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versions.toReversed().map(({ version, manifest, current, error }) => (
            <tr class={version === served ? "chosen" : undefined}>
              <th scope="row">
                <code>{version}</code>
              </th>
              <td>{manifest && dateText(manifest.created)}</td>
              <td>{manifest?.defaultModel}</td>
              <td>{manifest && formatCount(manifest.data.events)}</td>
              <td class="wrap">
                {error ?? stateOf({ isServed: version === served, isCurrent: current })}
                {mayUse && manifest && version !== served && <Use version={version} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf({ isServed, isCurrent }: { isServed: boolean; isCurrent: boolean }): string {
  if (isServed) return isCurrent ? "served" : "served until the next reload";
  return isCurrent ? "current: a reload serves it" : "";
}

function Use({ version }: { version: string }) {
  return (
    <form method="post" action="models/use">
      <input type="hidden" name="version" value={version} />
      <button type="submit" class="quiet" aria-label={`Serve ${version}`}>Serve this</button>
    </form>
  );
}
