/** Copies the binaries of PostgreSQL, and makes the links that npm's packages can't hold. */
export async function copy(from: string, to: string): Promise<void> {
  await copyFolder(from, to);
  const links: { source: string; target: string }[] = JSON.parse(
    await Deno.readTextFile(`${from}/pg-symlinks.json`),
  );
  for (const { source, target } of links) {
    const path = `${to}/${target.replace(/^native\//, "")}`;
    await Deno.symlink(source.replace(/^.*\//, ""), path);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: 0o755 });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    if (!isFile) continue;
    await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
    await Deno.chmod(`${to}/${name}`, to.endsWith("/bin") ? 0o755 : 0o644);
  }
}
