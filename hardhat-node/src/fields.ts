import { readFileSync } from "node:fs";

import { getAddress } from "ethers";

import { Refusal } from "./refusal.ts";

/** Reads a file; one that cannot be read is a refusal that says why. */
export function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (failure) {
    const { code, message } = failure as NodeJS.ErrnoException;
    throw new Refusal(`${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : message}`);
  }
}

/** The object in a JSON file. */
export function fieldsOf(file: string): Fields {
  const content = text(file);
  try {
    return new Fields(file, "", JSON.parse(content));
  } catch (failure) {
    if (failure instanceof Refusal) throw failure;
    throw new Refusal(`${file} is no JSON: ${(failure as Error).message}`);
  }
}

/** The fields of an object in a file, read one by one and named when they are wrong. What nobody reads must not be there. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly where: string,
    value: unknown,
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.wrong("", "is not an object");
    this.#fields = value as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  get names(): string[] {
    return Object.keys(this.#fields);
  }

  text(name: string): string {
    const value = this.#take(name);
    if (typeof value !== "string" || value === "") throw this.wrong(name, "is not text");
    return value;
  }

  truth(name: string): boolean {
    const value = this.#take(name);
    if (typeof value !== "boolean") throw this.wrong(name, "is neither true nor false");
    return value;
  }

  /** A whole number, or one in quotes if it is too large for JSON. */
  whole(name: string, highest: bigint | number): bigint {
    const value = this.#take(name);
    const plain =
      typeof value === "number" ? Number.isSafeInteger(value) && value >= 0 : typeof value === "string" && /^\d{1,78}$/.test(value);
    if (!plain || BigInt(value as string) > BigInt(highest)) {
      throw this.wrong(name, `is ${JSON.stringify(value)}, not a whole number up to ${highest} (one above 2^53 in quotes)`);
    }
    return BigInt(value as string);
  }

  small(name: string, highest: number): number {
    return Number(this.whole(name, highest));
  }

  /** An address with its checksum: a digit that was mistyped is noticed. */
  address(name: string): string {
    const value = this.text(name);
    if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw this.wrong(name, `is ${JSON.stringify(value)}, not an address`);
    const checksummed = getAddress(value.toLowerCase());
    if (value === checksummed) return value;
    const digits = value.slice(2);
    const none = digits === digits.toLowerCase() || digits === digits.toUpperCase();
    throw this.wrong(
      name,
      none
        ? `has no checksum: write ${checksummed} if that is what you mean`
        : `is ${value}, whose checksum is wrong: look for a mistyped digit`,
    );
  }

  list(name: string): Fields[] {
    return this.#array(name).map((one, index) => new Fields(this.file, `${this.#path(name)}[${index}]`, one));
  }

  texts(name: string): string[] {
    return this.#array(name).map((one, index) => {
      if (typeof one !== "string") throw this.wrong(`${name}[${index}]`, "is not text");
      return one;
    });
  }

  object(name: string): Fields {
    return new Fields(this.file, this.#path(name), this.#take(name));
  }

  /** Refuses what has not been read, and is none of `others`. */
  end(...others: string[]): void {
    const known = new Set([...this.#read, ...others]);
    const unknown = this.names.find((name) => !known.has(name));
    if (unknown === undefined) return;
    throw new Refusal(`${this.file}: there is no field ${this.#path(unknown)}, only ${[...known].sort().join(", ")}`);
  }

  wrong(name: string, what: string): Refusal {
    const path = this.#path(name);
    return new Refusal(`${this.file}: ${path === "" ? "the whole" : path} ${what}`);
  }

  #array(name: string): unknown[] {
    const value = this.#take(name);
    if (!Array.isArray(value)) throw this.wrong(name, "is not a list");
    return value;
  }

  #take(name: string): unknown {
    this.#read.add(name);
    const value = this.#fields[name];
    if (value === undefined || value === null) throw this.wrong(name, "is missing");
    return value;
  }

  #path(name: string): string {
    return this.where === "" || name === "" ? this.where + name : `${this.where}.${name}`;
  }
}
