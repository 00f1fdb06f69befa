import { fileURLToPath } from "node:url";

import { breakNamed } from "./breaking.ts";
import { optionsFrom, USAGE, type Options } from "./options.ts";
import { report } from "./report.ts";
import { build, runParts } from "./run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function given(): Options {
  try {
    return optionsFrom(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

const options = given();
try {
  await build(root);
  const well =
    options.fault === undefined
      ? report(await runParts(root, options, console.log), options, console.log)
      : await breakNamed(root, options, console.log);
  process.exitCode = well ? 0 : 1;
} catch (error) {
  console.error(`campaign: ${(error as Error).message}`);
  process.exitCode = 1;
}
