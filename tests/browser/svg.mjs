// node svg.mjs FILE.svg…: looks at pictures with the fonts of this machine, and says, as JSON, what of their text is cut,
// overlaps, leaves its box or cannot be read, in both colour schemes.
import { fileUrl, watch, withBrowser } from "./browser.mjs";

function findFaults() {
  const faults = [];
  const svg = document.documentElement;
  const area = (element) => {
    const box = element.getBBox();
    return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
  };
  const overlap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const boxes = [...svg.querySelectorAll("rect")].map((rect) => ({ rect, area: area(rect) }));
  const texts = [...svg.querySelectorAll("text")].map((text) => ({ text, area: area(text) }));
  const canvas = { left: 0, top: 0, right: svg.viewBox.baseVal.width, bottom: svg.viewBox.baseVal.height };
  for (const [index, one] of texts.entries()) {
    const name = one.text.textContent;
    if (one.area.right > canvas.right || one.area.bottom > canvas.bottom) faults.push(`cut: ${name}`);
    for (const other of texts.slice(index + 1)) {
      if (overlap(one.area, other.area)) faults.push(`overlap: ${name} and ${other.text.textContent}`);
    }
    // The box that is painted last is the one that is seen behind the text.
    const behind = boxes.filter(({ area: box }) => box.left <= one.area.left && box.right > one.area.left && box.top <= one.area.top + 3 && box.bottom > one.area.top + 3).at(-1);
    if (one.area.right > behind.area.right) faults.push(`leaves its box: ${name}`);
    const ratio = contrast(getComputedStyle(one.text).fill, getComputedStyle(behind.rect).fill);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${name}`);
  }
  for (const wire of svg.querySelectorAll(".wire")) {
    const ratio = contrast(getComputedStyle(wire).stroke, getComputedStyle(svg.querySelector(".paper")).fill);
    if (ratio < 3) faults.push(`contrast ${ratio.toFixed(2)}: ${wire.getAttribute("class")}`);
  }
  return { texts: texts.length, faults };
}

console.log(JSON.stringify(await withBrowser(async (browser) => {
  const found = [];
  for (const file of process.argv.slice(2)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ colorScheme });
      const seen = watch(page, fileUrl(file));
      await page.goto(fileUrl(file));
      const { texts, faults } = await page.evaluate(findFaults);
      found.push({ file, texts, faults: [...faults, ...seen.errors, ...seen.requests].map((fault) => `${colorScheme}: ${fault}`) });
      await page.close();
    }
  }
  return found;
})));
