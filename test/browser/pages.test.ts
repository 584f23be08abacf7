import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { createLook, wide } from "./look.js";
import { useStage } from "./stage.js";
import { tourOffice, tourShop, tourSimulator } from "./tour.js";

describeInBrowser("every page", () => {
  const stage = useStage();

  it("has no fault that axe finds, in light and dark, and fits a phone", { timeout: 180_000 }, async () => {
    const { look, found, names } = createLook();
    const shopper = await tourShop(stage, look, { viewport: wide, reducedMotion: "reduce" });
    await tourOffice(stage, shopper, look);
    await tourSimulator(stage, look, { viewport: wide, reducedMotion: "reduce" });
    expect(found).toEqual([]);
    expect(names).toHaveLength(27);
  });
});
