import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

interface Deployed {
  readonly object: string;
  readonly sourceMap: string;
}

interface Output {
  readonly sources: Record<string, { id: number }>;
  readonly contracts: Record<string, Record<string, { evm?: { deployedBytecode?: Deployed } }>>;
}

const contracts = fileURLToPath(new URL("../../contracts", import.meta.url));

/** Names the line of source that an instruction came from, with what the compiler's own output says. */
export class Lines {
  readonly #outputs: Output[];
  readonly #maps = new Map<string, string[]>();

  constructor() {
    const directory = path.join(contracts, "artifacts/build-info");
    const files = readdirSync(directory).filter((file) => file.endsWith(".output.json"));
    const newestFirst = files.map((file) => path.join(directory, file)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    this.#outputs = newestFirst.map((file) => (JSON.parse(readFileSync(file, "utf8")) as { output: Output }).output);
  }

  /** @param source path inside contracts/ of the contract that runs */
  at(source: string, pc: number): string {
    let map = this.#maps.get(source);
    if (map === undefined) {
      map = this.#read(source);
      this.#maps.set(source, map);
    }
    return map[pc] ?? "?";
  }

  #read(source: string): string[] {
    const name = path.basename(source, ".sol");
    for (const { sources, contracts } of this.#outputs) {
      const deployed = contracts[`project/${source}`]?.[name]?.evm?.deployedBytecode;
      if (!deployed?.object) continue;
      const files = new Map(Object.entries(sources).map(([file, { id }]) => [id, file]));
      return byInstruction(deployed, files);
    }
    return [];
  }
}

function byInstruction({ object, sourceMap }: Deployed, files: ReadonlyMap<number, string>): string[] {
  const code = Buffer.from(object, "hex");
  const result: string[] = [];
  let [start, file] = [0, -1];
  let pc = 0;
  for (const entry of sourceMap.split(";")) {
    const [newStart, , newFile] = entry.split(":");
    if (newStart) start = Number(newStart);
    if (newFile) file = Number(newFile);
    result[pc] = place(files.get(file), start);
    const op = code[pc] ?? 0;
    pc += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1;
  }
  return result;
}

const texts = new Map<string, string>();

function place(file: string | undefined, start: number): string {
  if (file === undefined) return "generated";
  const inside = file.replace(/^project\//, "");
  let text = texts.get(inside);
  if (text === undefined) {
    const onDisk = path.join(contracts, inside);
    text = existsSync(onDisk) ? readFileSync(onDisk, "utf8") : "";
    texts.set(inside, text);
  }
  const line = text.slice(0, start).split("\n").length;
  return `${path.basename(inside)}:${line} ${text.split("\n")[line - 1]?.trim().slice(0, 90) ?? ""}`;
}
