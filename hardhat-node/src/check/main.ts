import { run } from "../cli.ts";
import { deployed } from "./command.ts";

run("deployed", deployed);
