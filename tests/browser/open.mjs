// node open.mjs FILE.html…: opens pages on a phone and says, as JSON, what goes wrong on them, leaves them or is wider than they are.
import { fileUrl, findWide, watch, withBrowser } from "./browser.mjs";

console.log(JSON.stringify(await withBrowser(async (browser) => {
  const found = [];
  for (const file of process.argv.slice(2)) {
    const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    const seen = watch(page, fileUrl(file));
    await page.goto(fileUrl(file));
    found.push({ file, faults: [...await page.evaluate(findWide), ...seen.errors, ...seen.requests] });
    await page.close();
  }
  return found;
})));
