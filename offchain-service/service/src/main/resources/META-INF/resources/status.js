// The live status page: reads the public status once a second and shows it as it is. Everything is set as text, never as markup.

const EVERY = 1000;
const PATIENCE = 5000;
const WAD = 10n ** 18n;

let service;
let lastAnswer;

function amount(units, decimals) {
  if (units === null || units === undefined) return "";
  const value = BigInt(units);
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, " ");
  const part = decimals ? digits.slice(-decimals).replace(/0+$/, "") : "";
  return sign + whole + (part ? "." + part : "");
}

const tokenOf = (address) => service.tokens.find((token) => token.address === address);

function held(units, address) {
  const token = tokenOf(address);
  return token ? `${amount(units, token.decimals)} ${token.symbol}` : `${units} of ${short(address)}`;
}

// A price is settlement units for 1e18 of a token's smallest units.
function price(wad, lot, settlement) {
  const token = tokenOf(lot.token);
  const unit = tokenOf(settlement);
  if (!token || !unit) return wad;
  return amount((BigInt(wad) * 10n ** BigInt(token.decimals)) / WAD, unit.decimals);
}

const short = (hex) => (hex ? `${hex.slice(0, 8)}…${hex.slice(-4)}` : "");
const time = (seconds) => (seconds ? new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ") : "");

function cell(tag, text, kind) {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  if (kind) element.className = kind;
  return element;
}

function show(id, columns, rows, empty) {
  const table = document.querySelector(`#${id} table`);
  const head = document.createElement("tr");
  columns.forEach(([title, , kind]) => head.append(cell("th", title, kind === "number" ? kind : "")));
  const lines = rows.map((row) => {
    const line = document.createElement("tr");
    columns.forEach(([, read, kind]) => line.append(cell("td", read(row), kind)));
    return line;
  });
  if (!lines.length) {
    const line = document.createElement("tr");
    const none = cell("td", empty, "none");
    none.colSpan = columns.length;
    line.append(none);
    lines.push(line);
  }
  table.replaceChildren(head, ...lines);
}

function balances(account) {
  return Object.entries(account.balances ?? {})
    .filter(([, units]) => units !== "0")
    .map(([token, units]) => held(units, token))
    .join(", ");
}

function story(entry) {
  return Object.entries(entry.event ?? {})
    .filter(([name, value]) => name !== "account" && name !== "venue" && typeof value !== "object")
    .map(([name, value]) => `${name} ${/^0x[0-9a-f]{10,}$/.test(value) ? short(value) : value}`)
    .join(", ");
}

function render(status) {
  const settlement = status.fund?.settlementAsset;
  const units = (value) => (value === null || value === undefined ? "" : settlement ? held(value, settlement) : value);
  const head = status.head;
  document.querySelector("#head").textContent = head
    ? `venue ${status.venue}, block ${head.block}, ${time(head.time)} UTC, root ${status.newestEpoch}, ${status.accounts.length} accounts`
    : `venue ${status.venue}, no block yet`;

  show("fund", [
    ["what", (row) => row[0]],
    ["amount", (row) => units(row[1]), "number"],
  ], status.fund
    ? [
        ["venue's own tranche", status.fund.venueTranche],
        ["members' tranche", status.fund.memberTranche],
        ["settlement pool", status.fund.poolBalance],
      ]
    : [], "no venue on the chain yet");

  show("accounts", [
    ["index", (row) => row.index, "number"],
    ["account", (row) => row.account, "address"],
    ["status", (row) => row.status],
    ["holds", balances],
    ["settled", (row) => units(row.settled), "number"],
  ], status.accounts, "no account is pledged");

  show("calls", [
    ["account", (row) => row.account, "address"],
    ["state", (row) => row.state],
    ["root", (row) => row.epoch, "number"],
    ["initial margin", (row) => units(row.initialMargin), "number"],
    ["deadline", (row) => time(row.deadline)],
    ["below maintenance", (row) => (row.maintenance ? "yes" : "no")],
  ], status.calls, "none so far");

  show("defaults", [
    ["account", (row) => row.account, "address"],
    ["state", (row) => row.state],
    ["owed", (row) => units(row.owed), "number"],
    ["loss", (row) => units(row.loss), "number"],
    ["from account", (row) => units(row.fromAccount), "number"],
    ["from venue", (row) => units(row.fromVenue), "number"],
    ["from members", (row) => units(row.fromMembers), "number"],
    ["shortfall", (row) => units(row.shortfall), "number"],
  ], status.defaults, "none so far");

  show("auctions", [
    ["lot", (row) => row.lot, "number"],
    ["account", (row) => row.account, "address"],
    ["state", (row) => row.state],
    ["offered", (row) => held(row.amount, row.token), "number"],
    ["left", (row) => held(row.remaining, row.token), "number"],
    ["from", (row) => price(row.startPrice, row, settlement), "number"],
    ["down to", (row) => price(row.floorPrice, row, settlement), "number"],
    ["takes", (row) => (row.takes ?? []).length, "number"],
  ], status.auctions, "none so far");

  show("epochs", [
    ["root", (row) => row.epoch, "number"],
    ["state", (row) => row.state],
    ["snapshot block", (row) => row.snapshotBlock, "number"],
    ["posted", (row) => time(row.postedTime)],
    ["accounts", (row) => row.accounts, "number"],
    ["credits", (row) => units(row.totalCredit), "number"],
    ["debits", (row) => units(row.totalDebit), "number"],
    ["settles", (row) => (row.settles ? "yes" : "")],
    ["hash", (row) => short(row.root), "address"],
  ], status.epochs, "none posted yet");

  show("timeline", [
    ["block", (row) => row.block, "number"],
    ["time", (row) => time(row.time)],
    ["event", (row) => row.kind],
    ["account", (row) => row.account ?? "", "address"],
    ["", story, "wide"],
  ], status.timeline, "nothing has happened yet");
}

function trouble(lines) {
  const element = document.querySelector("#trouble");
  element.hidden = lines.length === 0;
  element.textContent = lines.join("; ");
}

async function read(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer.json();
}

async function poll() {
  try {
    service ??= await read("v1/service");
    const status = await read(`v1/venues/${service.venue}/status`);
    render(status);
    lastAnswer = new Date();
    trouble((status.alarms ?? []).map((alarm) => `${alarm.what}: ${alarm.detail}`));
  } catch (failure) {
    const age = lastAnswer ? `what is below is of ${lastAnswer.toISOString().slice(11, 19)} UTC` : "there is nothing to show yet";
    trouble([`The service does not answer as it should (${failure.message}); ${age}`]);
  }
  setTimeout(poll, EVERY);
}

poll();
