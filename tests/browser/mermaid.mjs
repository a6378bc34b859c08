// node mermaid.mjs FILE…: reads diagrams with Mermaid's own parser and says, as JSON, what it found in them.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withBrowser } from "./browser.mjs";

const mermaid = join(dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist/mermaid.min.js");

async function read(text) {
  globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  try {
    await globalThis.mermaid.parse(text);
    const { db } = await globalThis.mermaid.mermaidAPI.getDiagramFromText(text);
    const { svg } = await globalThis.mermaid.render("picture", text);
    const page = new DOMParser().parseFromString(svg, "text/html");
    return {
      nodes: [...db.getVertices().values()].length,
      links: db.getEdges().filter((edge) => edge.stroke !== "invisible").length,
      text: page.querySelector("svg").textContent,
      foreign: page.querySelectorAll("script, img, iframe, [onerror], [onload]").length,
      fault: null,
    };
  } catch (error) {
    return { nodes: 0, links: 0, text: "", foreign: 0, fault: error.message };
  }
}

console.log(JSON.stringify(await withBrowser(async (browser) => {
  const page = await browser.newPage();
  await page.setContent("<!doctype html><body></body>");
  await page.addScriptTag({ path: mermaid });
  const found = [];
  for (const file of process.argv.slice(2)) {
    found.push({ file, ...await page.evaluate(read, await readFile(file, "utf8")) });
  }
  return found;
})));
