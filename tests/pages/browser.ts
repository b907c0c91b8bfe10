import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { runCommand } from "../../scripts/lib/run_command.ts";
import { assertEquals } from "../assert.ts";

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

/** A headless browser says that it is one, and is refused like any program. */
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

/** Starts a browser without a window, which doesn't say so in its requests. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS, `--user-agent=${USER_AGENT}`] });
}

/** What the browser complained of: errors of scripts, and what the policy blocked. */
export type Complaints = string[];

/** Tests that share a browser. */
export interface BrowserTests {
  /** Whether they are left out, because there is no Chromium. */
  readonly areIgnored: boolean;
  test(name: string, run: () => Promise<void>): void;
  /** Shows a new page, with nothing kept of others. Fails if the browser complains of anything. */
  visit(
    options: BrowserContextOptions,
    run: (page: Page, complaints: Complaints) => Promise<void>,
  ): Promise<void>;
}

/** Prepares the tests of a file that need a browser; it is started before the first one. */
export async function browserTests(): Promise<BrowserTests> {
  const path = await findChromium();
  const areIgnored = path === undefined;
  let browser: Browser | undefined;
  Deno.test.beforeAll(async () => {
    browser = path === undefined ? undefined : await startBrowser(path);
  });
  Deno.test.afterAll(() => browser?.close());
  return {
    areIgnored,
    test(name, run) {
      // The browser outlives the tests that share it.
      Deno.test({
        name,
        ignore: areIgnored,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: run,
      });
    },
    async visit(options, run) {
      const context = await browser!.newContext(options);
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        const complaints: Complaints = [];
        page.on("pageerror", ({ message }) => complaints.push(message));
        page.on("console", (message) => {
          const text = message.text();
          // A page with a problem has a status to match, and answers may be refusals.
          const isStatus = text.startsWith("Failed to load resource: the server responded");
          if (message.type() === "error" && !isStatus) complaints.push(text);
        });
        await run(page, complaints);
        assertEquals(complaints, []);
      } finally {
        await context.close();
      }
    },
  };
}
