import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { openBrowser } from "../src/chromium.js";
import { bringUp } from "../src/system.js";

const KEY = ["--key", "keys-example/member-1.json"];
const PATIENCE = 30_000;
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
/** Text that does harm where it is taken for markup, script or a prototype. */
const HOSTILE = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>"'\`\${window.harmed=1}&lt;`;

let system;
let browser;
let page;
let complaints;

before(async () => {
  [system, browser] = await Promise.all([bringUp(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await system?.stop();
});

beforeEach(async () => {
  page = await browser.context.newPage();
  await page.setViewportSize(DESK);
  complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (failure) => complaints.push(String(failure)));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(system.page) && !request.url().startsWith("data:")) complaints.push(`asked elsewhere: ${request.url()}`);
  });
});

afterEach(() => page.close());

async function open() {
  await page.goto(system.page);
  await page.locator("#head", { hasText: /block \d+/ }).waitFor({ timeout: PATIENCE });
}

async function status() {
  return (await fetch(`${system.page}v1/venues/1/status`)).json();
}

const rows = (section) => page.locator(`#${section} tr`).filter({ has: page.locator("td:not(.none)") });

async function until(what, question) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    if (await question()) return;
  }
  assert.fail(`waited in vain for ${what}`);
}

/** A status of which the texts that the service does not make itself are hostile. */
function poisoned(real) {
  const account = { account: HOSTILE, index: 1, status: HOSTILE, settled: "0", balances: { [HOSTILE]: "5", __proto__: "6" } };
  return {
    ...real,
    accounts: [account, { ...account, balances: { constructor: "1" } }],
    calls: [{ account: HOSTILE, state: HOSTILE, epoch: 1, initialMargin: "1", deadline: 1, maintenance: true }],
    defaults: [{ account: HOSTILE, state: HOSTILE, owed: "1", loss: "1" }],
    auctions: [{ lot: 1, account: HOSTILE, state: HOSTILE, token: HOSTILE, amount: "1", remaining: "1", startPrice: "1", floorPrice: "1" }],
    epochs: [{ epoch: 1, state: HOSTILE, snapshotBlock: 1, root: HOSTILE }],
    timeline: [{ block: 1, time: 1, kind: HOSTILE, account: HOSTILE, event: { [HOSTILE]: HOSTILE } }],
    alarms: [{ what: HOSTILE, detail: HOSTILE }],
  };
}

test("an account that is opened, paid into and pledged appears without a reload", async () => {
  await open();
  await page.evaluate(() => (window.loadedOnce = true));
  const number = String((await status()).accounts.length + 1000);
  const account = await system.client("address", ...KEY, "--number", number);
  await system.client("deposit", "USDC", "1234.5", ...KEY, "--number", number);
  await system.client("open", ...KEY, "--number", number);
  await system.client("pledge", ...KEY, "--number", number);
  const row = rows("accounts").filter({ hasText: new RegExp(account, "i") });
  await row.waitFor({ timeout: PATIENCE });
  await until("its balance", async () => (await row.innerText()).includes("1 234.5 USDC"));
  await system.client("deposit", "USDC", "0.5", ...KEY, "--number", number);
  await until("its new balance", async () => (await row.innerText()).includes("1 235 USDC"));
  assert.match(await page.locator("#timeline").innerText(), /Pledged/);
  assert.equal(await page.evaluate(() => window.loadedOnce), true);
  assert.deepEqual(complaints, []);
});

test("a new root appears without a reload", async () => {
  await open();
  const first = async () => Number(await rows("epochs").first().locator("td").first().innerText());
  await rows("epochs").first().waitFor({ timeout: PATIENCE });
  const before = await first();
  await until("another root", async () => (await first()) > before);
  assert.deepEqual(complaints, []);
});

test("every table shows what the service says, and says when there is nothing", async () => {
  await open();
  for (const section of ["accounts", "calls", "defaults", "auctions"]) {
    const said = (await status())[section];
    await until(`${said.length} rows of ${section}`, async () => (await rows(section).count()) === said.length);
    const text = await page.locator(`#${section}`).innerText();
    for (const { account } of said) assert.ok(text.includes(account), `${section}: ${account}`);
    if (said.length === 0) assert.match(text, /none so far|no account is pledged/);
  }
  assert.equal(await rows("fund").count(), 3);
  assert.match(await page.locator("#fund").innerText(), /venue's own tranche\s+[\d .]+ USDC/);
  assert.ok((await rows("epochs").count()) > 0);
  assert.ok((await rows("timeline").count()) > 0);
  assert.deepEqual(complaints, []);
});

test("hostile text is shown as text", async () => {
  const real = await status();
  await page.route("**/v1/venues/1/status", (route) => route.fulfill({ json: poisoned(real) }));
  await page.goto(system.page);
  await page.locator("#trouble", { hasText: HOSTILE }).waitFor({ timeout: PATIENCE });
  for (const section of ["accounts", "calls", "defaults", "auctions", "epochs", "timeline"]) {
    assert.ok((await page.locator(`#${section}`).innerText()).includes("<img src=x"), section);
  }
  assert.equal(await page.locator("img, main script, #trouble *").count(), 0);
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  assert.deepEqual(complaints, []);
});

test("at a phone's width only tables scroll sideways, and text stays readable", async () => {
  await page.setViewportSize(PHONE);
  await open();
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(width <= PHONE.width, `the page is ${width} px wide`);
  const smallest = await page.evaluate(() =>
    Math.min(...[...document.querySelectorAll("p, td, th, a, h2")].map((element) => parseFloat(getComputedStyle(element).fontSize))),
  );
  assert.ok(smallest >= 12, `text of ${smallest} px`);
  assert.deepEqual(complaints, []);
});

test("the keyboard reaches every link and every table that scrolls, and focus is seen", async () => {
  await page.setViewportSize(PHONE);
  await open();
  const links = await page.locator("a").allInnerTexts();
  const reached = [];
  for (let i = 0; i < links.length; i++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return { text: document.activeElement.innerText, seen: outlineStyle !== "none" && parseFloat(outlineWidth) > 0 };
    });
    assert.ok(focus.seen, `${focus.text}: focus is not seen`);
    reached.push(focus.text);
  }
  assert.deepEqual(reached, links);
  const scrolling = await page.evaluate(() =>
    [...document.querySelectorAll("section")].filter((section) => section.scrollWidth > section.clientWidth).map(({ id }) => id),
  );
  assert.ok(scrolling.length > 0, "no table is wider than a phone");
  for (const id of scrolling) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
  }
});

test("a service that hangs is named, and forgotten once it answers again", async () => {
  await open();
  await page.route("**/v1/venues/1/status", () => {});
  const trouble = page.locator("#trouble", { hasText: /does not answer as it should \(.*\); what is below is of \d\d:\d\d:\d\d UTC/ });
  await trouble.waitFor({ timeout: PATIENCE });
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await trouble.waitFor({ state: "hidden", timeout: PATIENCE });
});

test("an answer that is no status is named", async () => {
  await page.route("**/v1/venues/1/status", (route) => route.fulfill({ status: 503, body: "busy" }));
  await page.goto(system.page);
  await page.locator("#trouble", { hasText: "HTTP 503" }).waitFor({ timeout: PATIENCE });
});

test("the API's documentation lists the operations and asks nobody else", async () => {
  await page.goto(`${system.page}docs`);
  await page.locator(".opblock").first().waitFor({ timeout: PATIENCE });
  assert.ok((await page.locator(".opblock").count()) >= 10);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("favicon")),
    [],
  );
});

test("a service that has gone is named, and what was known stays", async () => {
  await open();
  const known = await rows("accounts").count();
  await system.stop();
  await page.locator("#trouble", { hasText: "does not answer" }).waitFor({ timeout: PATIENCE });
  assert.equal(await rows("accounts").count(), known);
});
