import { type Browser, chromium } from "playwright-core";
import { runCommand } from "../../scripts/lib/run_command.ts";

/** Names of the program, the one that `CHROMIUM` names first. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/**
 * The path of a Chromium: the one that `CHROMIUM` names, one that is installed or, where that is
 * possible without asking, Debian's, which is installed then. Undefined if there is none; one line
 * says what to do.
 */
export async function findChromium(): Promise<string | undefined> {
  const given = Deno.env.get("CHROMIUM");
  if (given) return given;
  const found = await installed() ?? (await install() ? await installed() : undefined);
  if (found === undefined) {
    console.error(
      "The pages aren't tested in a browser: there is no Chromium. Install the package chromium " +
        "or Chrome, or set CHROMIUM to the program's path",
    );
  }
  return found;
}

async function installed(): Promise<string | undefined> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      if (await isFile(path)) return path;
    }
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}

/** Installs Debian's package as root, as in a container; nobody is asked for a password. */
async function install(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const apt = (...args: string[]) =>
    runCommand("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
  await apt("update", "-q");
  return (await apt("install", "-qy", "--no-install-recommends", "chromium")).ok;
}

/**
 * Starts a browser without a window.
 *
 * @param options `userAgent`: what it calls itself, in requests that outlive their page, too.
 */
export function startBrowser(
  executablePath: string,
  { userAgent }: { userAgent?: string } = {},
): Promise<Browser> {
  const args = userAgent === undefined ? FLAGS : [...FLAGS, `--user-agent=${userAgent}`];
  return chromium.launch({ executablePath, args });
}
