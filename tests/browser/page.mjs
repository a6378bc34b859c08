// node page.mjs FILE.html [SCREENSHOT]: opens the page as its readers do and says, as JSON, what it found.
import { createRequire } from "node:module";
import { fileUrl, findWide, watch, withBrowser } from "./browser.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const url = fileUrl(process.argv[2]);
const picture = process.argv[3];

// The matrix as a reader has it.
function readMatrix() {
  const names = [...document.querySelectorAll("#connections thead th")].map((th) => th.textContent);
  return [...document.querySelectorAll("#connections tbody tr")].map((tr) => {
    const [head, tls, expected, ...cells] = tr.children;
    return {
      connection: head.firstChild.textContent,
      replicas: head.querySelector(".replicas")?.textContent ?? null,
      differences: [...head.querySelectorAll(".difference")].map((div) => div.textContent),
      tls: tls.textContent,
      expected: expected.textContent,
      stacks: cells.map((cell, index) => ({
        stack: names[index + 3],
        status: cell.querySelector(".status").textContent,
        outcome: cell.querySelector("div:not(.quiet)")?.textContent ?? null,
        said: cell.querySelector("details .said")?.textContent ?? null,
        isFolded: !(cell.querySelector("details")?.open ?? false),
      })),
    };
  });
}

async function look(browser, width, colorScheme) {
  // The policy of the page keeps axe out, so it looks at a page without one.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  const wide = await page.evaluate(findWide);
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  await context.close();
  return {
    width, colorScheme, wide, background,
    passes: found.passes.map((pass) => pass.id),
    violations: found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)),
  };
}

// By keyboard alone: skips the navigation, opens a fold, and copies the script.
async function useKeyboard(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "main");
  let opened = null;
  for (let presses = 0; presses < 5000; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      return { tag: element.tagName, isScript: element.matches("#script .copy"), outline: getComputedStyle(element).outlineStyle };
    });
    if (at.tag === "SUMMARY" && opened === null) {
      await page.keyboard.press("Enter");
      opened = await page.evaluate(() => document.activeElement.parentElement.open);
    }
    if (at.isScript) {
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.getElementById("said").textContent !== "");
      return {
        first, opened, outline: at.outline,
        said: await page.evaluate(() => document.getElementById("said").textContent),
        copied: await page.evaluate(() => navigator.clipboard.readText()),
      };
    }
  }
  return { first, opened };
}

const result = await withBrowser(async (browser) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const seen = watch(page, url);
  await page.goto(url);
  const rows = await page.evaluate(readMatrix);
  if (picture) await page.screenshot({ path: picture, fullPage: true });
  const keyboard = await useKeyboard(page);
  await page.goto(`${url}#certificate-1`);
  const isTargetOpen = await page.evaluate(() => document.getElementById("certificate-1").open);
  const scripts = await page.evaluate(() => document.scripts.length);
  await context.close();
  const views = [];
  for (const width of [360, 1440]) {
    for (const scheme of ["light", "dark"]) views.push(await look(browser, width, scheme));
  }
  return { ...seen, scripts, rows, keyboard, isTargetOpen, views };
});
console.log(JSON.stringify(result));
