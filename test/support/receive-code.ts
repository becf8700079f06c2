// Owns a seller's receive code as the large apps make it: a coloured poster with a QR code and a name on it.
import sharp from 'sharp';
import { encode } from 'uqr';

/** A PNG, taller than wide. */
export async function receiveCode(payee = '张大叔'): Promise<Buffer> {
  const { data, size } = encode('wxp://f2f0-of-the-test');
  const cell = 480 / size;
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${60 + x * cell} ${140 + y * cell}h${cell}v${cell}h-${cell}z`] : []))).join('');
  const poster = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="600" height="800" fill="#2aad66"/>
    <rect x="40" y="120" width="520" height="520" rx="18" fill="#fff"/><path d="${path}" fill="#111"/>
    <text x="300" y="80" font-size="40" fill="#fff" text-anchor="middle">推荐使用微信支付</text><text x="300" y="720" font-size="36" fill="#fff" text-anchor="middle">${payee}</text></svg>`;
  return sharp(Buffer.from(poster)).png().toBuffer();
}
