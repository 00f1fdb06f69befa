import { run } from "../cli.ts";
import { deploy } from "./command.ts";

run("deploy", deploy);
