/** SVG → PNG with the font that ships with the program: a bare machine has no Chinese letters. */
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { CHART, FONT } from './svg.ts';

/** Noto Sans SC, cut down to GB 2312, Latin and signs (see fonts/README.md). */
export const FONT_FILE = fileURLToPath(new URL('../fonts/NotoSansSC-Subset.ttf', import.meta.url));
const SCALE = 1.6;

export function pngOf(svg: string): Uint8Array {
  const drawn = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: CHART.width * SCALE },
    // Only ours: with whatever a machine has installed, two machines would draw two pictures.
    font: { loadSystemFonts: false, fontFiles: [FONT_FILE], defaultFontFamily: FONT },
  });
  return new Uint8Array(drawn.render().asPng());
}
