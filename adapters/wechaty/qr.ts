/** A QR code in letters, for a terminal. */

/** Half a line for each row of points, in colours of its own: it can be scanned from dark and light terminals. */
export async function drawn(text: string): Promise<string> {
  const { default: qrcode } = await import('qrcode');
  return qrcode.toString(text, { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
}
