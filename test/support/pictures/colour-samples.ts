/** Gamma of a grey that counts light itself. */
export const linear = 1

/** D50, as ICC profiles have it. */
const white = [0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]

/**
 * An ICC profile for greys of a gamma, which sharp has none of.
 *
 * @see ICC.1:2001-04, 6.3.4 and 6.5
 */
export const greyProfile = (gamma: number): Buffer => {
  const tags: [string, Buffer][] = [
    ['wtpt', Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), Buffer.from(white)])],
    [
      'kTRC',
      Buffer.concat([
        Buffer.from('curv\0\0\0\0\0\0\0\x01', 'latin1'),
        Buffer.from([Math.floor(gamma), Math.round((gamma % 1) * 256), 0, 0]),
      ]),
    ],
    ['desc', Buffer.concat([Buffer.from('desc\0\0\0\0\0\0\0\x05test\0', 'latin1'), Buffer.alloc(79)])],
    ['cprt', Buffer.from('text\0\0\0\0none\0\0\0\0', 'latin1')],
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length)
  let at = 128 + table.length
  tags.forEach(([name, data], i) => {
    table.write(name, 4 + 12 * i, 'latin1')
    table.writeUInt32BE(at, 8 + 12 * i)
    table.writeUInt32BE(data.length, 12 + 12 * i)
    at += data.length
  })
  const head = Buffer.alloc(128)
  head.writeUInt32BE(at)
  head.writeUInt32BE(0x02100000, 8)
  head.write('mntrGRAYXYZ ', 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  head.set(white, 68)
  return Buffer.concat([head, table, ...tags.map(([, data]) => data)])
}
