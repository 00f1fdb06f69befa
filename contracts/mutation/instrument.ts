import { createHash } from "node:crypto";

import type { Span } from "./ast.ts";
import type { Form, Mutant, Site } from "./mutant.ts";
import type { Sources } from "./sources.ts";

/** The block's coinbase tells which mutant is active: an address that no contract reads, set by the runner, for two units of gas. */
export const NONE_ACTIVE = 0x4d757461;

/** What a chosen mutant is to be called at run time. */
export interface Armed {
  mutant: Mutant;
  number: number;
}

/** A site with its mutant's number; or a whole assembly statement, which gets the selector as a variable. */
interface Choice extends Span {
  form: Form | "assembly";
  mutated: string;
  number: number;
  cast?: string;
  declaration?: Site["declaration"];
}

/** Puts all the mutants into the sources at once, each behind a choice made at run time. */
export function instrument(sources: Sources, armed: Armed[]): Sources {
  const choices = new Map<string, Choice[]>();
  const files = new Set<string>();
  for (const { mutant, number } of armed) {
    files.add(mutant.file);
    for (const site of mutant.sites) {
      choices.set(mutant.file, [...(choices.get(mutant.file) ?? []), { ...site, number }]);
      if (site.declaration !== undefined) files.add(site.declaration.file);
      const inFile = choices.get(mutant.file)!;
      if (site.assembly !== undefined && !inFile.some(({ form, start }) => form === "assembly" && start === site.assembly!.start)) {
        inFile.push({ ...site.assembly, form: "assembly", mutated: "", number: 0 });
      }
    }
  }
  const modifiers = [...choices.values()].flat().filter(({ form }) => form === "modifier");
  return new Map(
    [...sources].map(([file, source]) => {
      if (!files.has(file)) return [file, source];
      const names = namesFor(file);
      const writer = new Writer(source, choices.get(file) ?? [], names);
      const copies = modifiers.filter(({ declaration }) => declaration!.file === file);
      return [file, Buffer.from(writer.whole(copies) + selectorFunctions(names))];
    }),
  );
}

/** The number of the mutant whose choice is written at, or last before, an offset of an instrumented source. */
export function mutantAt(source: Buffer, start: number, end: number): number | undefined {
  const numbers = (text: string): number[] => [...text.matchAll(/mutant[0-9a-f]{8}\((\d+)\)/g)].map((match) => Number(match[1]));
  const inside = numbers(source.subarray(start, end).toString("utf8"));
  return inside[0] ?? numbers(source.subarray(0, start).toString("utf8")).at(-1);
}

interface Names {
  active: string;
  selected: string;
  read: string;
  variable: string;
}

/** Names of a file's own: an import of everything must not bring the same name twice. */
function namesFor(file: string): Names {
  const suffix = createHash("sha256").update(file).digest("hex").slice(0, 8);
  return { active: `mutant${suffix}`, selected: `selected${suffix}`, read: `read${suffix}`, variable: `variable${suffix}` };
}

/** The compiler lets no pure function read the block; a pointer that loses its type on the way through assembly may. */
function selectorFunctions({ active, selected, read }: Names): string {
  return `
function ${read}() view returns (uint256) { return uint160(address(block.coinbase)); }
function ${selected}() pure returns (uint256) {
    function() view returns (uint256) reads = ${read};
    function() pure returns (uint256) pretends;
    assembly { pretends := reads }
    return pretends();
}
function ${active}(uint256 number) pure returns (bool) { return ${selected}() == ${NONE_ACTIVE} + number; }
`;
}

class Writer {
  readonly source: Buffer;
  readonly choices: Choice[];
  readonly names: Names;

  constructor(source: Buffer, choices: Choice[], names: Names) {
    this.source = source;
    this.choices = [...choices].sort((a, b) => a.start - b.start || b.end - a.end || a.number - b.number);
    this.names = names;
  }

  whole(modifiers: Choice[]): string {
    const additions = [...modifiers].sort((a, b) => a.declaration!.end - b.declaration!.end);
    let text = "";
    let at = 0;
    for (const addition of additions) {
      const { end } = addition.declaration!;
      text += this.range({ start: at, end }, this.choices) + this.copyOf(addition);
      at = end;
    }
    return text + this.range({ start: at, end: this.source.length }, this.choices);
  }

  /** A modifier for one function alone: the same, or nothing at all. */
  private copyOf({ declaration, number }: Choice): string {
    const { name, parameters, body } = declaration!;
    const given = this.plain(parameters);
    return ` modifier ${name}_${number}${given === "" ? "()" : given} { if (${this.active(number)}) { _; } else ${this.range(body, this.choices)} }`;
  }

  private range({ start, end }: Span, choices: Choice[]): string {
    let text = "";
    let at = start;
    const inside = choices.filter((choice) => choice.start >= start && choice.end <= end);
    for (let i = 0; i < inside.length;) {
      const { start: from, end: to } = inside[i];
      const below = inside.slice(i).filter((choice) => choice.end <= to);
      text += this.plain({ start: at, end: from }) + this.choice({ start: from, end: to }, below);
      at = to;
      i += below.length;
    }
    return text + this.plain({ start: at, end });
  }

  /** All choices over exactly this span, around whatever lies deeper. */
  private choice(span: Span, choices: Choice[]): string {
    const here = choices.filter(({ start, end }) => start === span.start && end === span.end);
    const original = this.range(span, choices.slice(here.length));
    return here.reduce((text, choice) => this.wrap(choice, text), original);
  }

  private wrap({ form, mutated, number, start, end, cast }: Choice, original: string): string {
    switch (form) {
      case "expression":
        return cast === undefined
          ? `(${this.active(number)} ? (${mutated}) : (${original}))`
          : `(${this.active(number)} ? ${cast}(${mutated}) : ${cast}(${original}))`;
      case "statement":
        return `{ if (!${this.active(number)}) { ${original} } }`;
      case "modifier":
        return `${original}_${number}`;
      case "assembly":
        return `{ uint256 ${this.names.variable} = ${this.names.selected}(); ${original} }`;
      case "word": {
        const chosen = `eq(${this.names.variable}, ${NONE_ACTIVE + number})`;
        return `xor(${original}, mul(${chosen}, xor(${this.plain({ start, end })}, ${mutated})))`;
      }
      case "step":
        return `if xor(${this.names.variable}, ${NONE_ACTIVE + number}) { ${original} }`;
    }
  }

  private active(number: number): string {
    return `${this.names.active}(${number})`;
  }

  private plain({ start, end }: Span): string {
    return this.source.subarray(start, end).toString("utf8");
  }
}
