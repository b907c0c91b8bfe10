import type { VersionEntry } from "../../artifact/versions.ts";
import { formatCount } from "../../base/format.ts";
import { dateText } from "../../analysis/report/data_section.ts";

/** The artifacts, and the forms that change which one is served. */
export function Versions(
  { served, versions, mayChange, mayReload }: {
    served: string;
    /** Undefined if they are on another machine, where they can't be listed. */
    versions: readonly VersionEntry[] | undefined;
    mayChange: boolean;
    mayReload: boolean;
  },
) {
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Artifacts</h2>
      <p>
        Served now: <code>{served}</code>. {!mayChange &&
          "Who signs in with one of API_TOKENS can serve another one."}
      </p>
      {versions === undefined
        ? <p>They are on another machine, so older ones can't be listed.</p>
        : <VersionTable served={served} versions={versions} mayChange={mayChange} />}
      {mayChange && mayReload && (
        <form method="post" action="models/reload">
          <button type="submit">Reload the current artifact</button>
        </form>
      )}
    </section>
  );
}

function VersionTable(
  { served, versions, mayChange }: {
    served: string;
    versions: readonly VersionEntry[];
    mayChange: boolean;
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
                {mayChange && manifest && version !== served && <Use version={version} />}
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
      <button type="submit" class="quiet" aria-label={`Serve ${version}`}>Serve this one</button>
    </form>
  );
}
