import { encode } from 'uqr';

/** Light modules around the code, without which scanners miss it. */
const QUIET_ZONE = 4;
/** Of one module, when nothing scales the picture. */
const PIXELS = 8;
/** What XML 1.0 cannot hold, escaped or not. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * An address as a QR code: an SVG of one path, with no script, style or link in it.
 *
 * @param title for people; shown as a tooltip and read out
 */
export function drawQrCode(address: string, title: string): string {
  // Quarter of the code may be damaged in print; the address stays short enough for it.
  const { data, size } = encode(address, { ecc: 'Q', border: QUIET_ZONE });
  const rows = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''));
  const pixels = size * PIXELS;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${pixels}" ` +
    `height="${pixels}" shape-rendering="crispEdges" role="img"><title>${escapeXml(title)}</title>` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${rows.join('')}"/></svg>`
  );
}

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}
