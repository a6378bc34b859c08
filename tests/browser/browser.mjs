// Debian's chromium, with a fresh profile that goes when it is closed.
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";

export const fileUrl = (file) => pathToFileURL(file).href;

export async function withBrowser(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

// Everything that goes wrong on a page or leaves it.
export function watch(page, url) {
  const seen = { errors: [], requests: [] };
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.errors.push(message.text()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("dialog", (dialog) => { seen.errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url) seen.requests.push(request.url()); });
  return seen;
}

// For a page: what is wider than the window without a box of its own to scroll in.
export function findWide() {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll,pre,.skip,.hidden,.axis"))
    .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`);
}
