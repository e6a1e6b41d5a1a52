/** Pictures as PNG, for chats that show no SVG: light, on a ground of their own, so that they read on a dark chat too. */
import { createRequire } from "node:module";
import type { Picture } from "../domain/picture.ts";
import { drawPicture } from "./draw.ts";

const require = createRequire(import.meta.url);

/** Phones show two or three pixels for one. */
const SCALE = 2;

/** Rendered by a library, with a font that comes along; both are loaded when the first picture is wanted. */
export async function picturePng(picture: Picture): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const fontFiles = FONTS.map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const rendered = new Resvg(drawPicture(picture, "light"), {
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  }).render();
  return rendered.asPng();
}

const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"] as const;
