import { fileURLToPath } from "node:url";

import { optionsFrom, USAGE, type Options } from "./options.ts";
import { run, sample } from "./run.ts";

const place = { root: fileURLToPath(new URL("..", import.meta.url)), results: fileURLToPath(new URL(".", import.meta.url)) };

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
  const enough = await (options.sample === undefined ? run : sample)(place, options, console.log);
  process.exitCode = enough ? 0 : 1;
} catch (error) {
  console.error(`mutation: ${(error as Error).message}`);
  process.exitCode = 1;
}
