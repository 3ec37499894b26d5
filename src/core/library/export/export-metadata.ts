import type { Exif } from 'sharp'
import type { PhotoDetails } from '../../../shared/schemas/photo.ts'
import { editXmp, setEntered, type Entered } from '../sidecars-out/edit-xmp.ts'
import { XmpPacket } from '../sidecars-out/xmp-packet.ts'

/** What users can enter of a photo: all of it but what merely repeats the name of the file. */
export const enteredOf = (photo: PhotoDetails, fileName: string): Entered => ({
  ...(photo.title === fileName || photo.title === '' ? {} : { title: photo.title }),
  ...(photo.caption === '' ? {} : { caption: photo.caption }),
  ...(photo.tags.length === 0 ? {} : { tags: photo.tags }),
  ...(photo.flag === 'reject' ? { rating: -1 } : photo.rating > 0 ? { rating: photo.rating } : {}),
  ...(photo.flag === 'pick' ? { pick: true } : {}),
  ...(photo.label === null ? {} : { label: photo.label }),
  ...(photo.creator === null ? {} : { creator: photo.creator }),
  ...(photo.copyright === null ? {} : { rights: photo.copyright }),
  ...(photo.dated && photo.takenAt !== null ? { date: photo.takenAt } : {}),
})

const rational = (value: number | null, parts = 100) =>
  value === null ? null : `${Math.round(value * parts)}/${parts}`

/** A fraction of a second as cameras say it. */
const exposure = (seconds: number | null) => {
  if (seconds === null || seconds <= 0) return null
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)}` : rational(Math.min(seconds, 1e6))
}

/** Degrees and minutes with their direction. @see XMP, part 2, `GPSCoordinate` */
const coordinate = (degrees: number, [positive, negative]: [string, string]) => {
  const whole = Math.floor(Math.abs(degrees))
  const minutes = (Math.abs(degrees) - whole) * 60
  return `${whole},${minutes.toFixed(6)}${degrees < 0 ? negative : positive}`
}

const setPlace = (packet: XmpPacket, { latitude, longitude, altitude }: PhotoDetails) => {
  if (latitude === null || longitude === null) return
  packet.set('exif', 'GPSLatitude', coordinate(latitude, ['N', 'S']))
  packet.set('exif', 'GPSLongitude', coordinate(longitude, ['E', 'W']))
  if (altitude === null) return
  packet.set('exif', 'GPSAltitudeRef', altitude < 0 ? '1' : '0')
  packet.set('exif', 'GPSAltitude', rational(Math.abs(altitude)) ?? '')
}

const setCamera = (packet: XmpPacket, photo: PhotoDetails) => {
  packet.set('tiff', 'Model', photo.camera ?? '')
  packet.set('aux', 'Lens', photo.lens ?? '')
  packet.set('exif', 'FNumber', rational(photo.aperture) ?? '')
  packet.set('exif', 'ExposureTime', exposure(photo.exposureTime) ?? '')
  packet.setSeq('exif', 'ISOSpeedRatings', photo.iso === null ? [] : [String(photo.iso)])
  packet.set('exif', 'FocalLength', rational(photo.focalLength) ?? '')
  packet.set('exif', 'DateTimeOriginal', photo.takenAt ?? '')
}

/** A sidecar file with what users entered of a photo; null where that is nothing. */
export const sidecarOf = (photo: PhotoDetails, fileName: string): string | null => {
  const entered = enteredOf(photo, fileName)
  return Object.keys(entered).length === 0 ? null : editXmp(null, entered)
}

/** What is known of a photo as XMP, for a copy of another kind. */
export const xmpOf = (photo: PhotoDetails, fileName: string, { place }: { place: boolean }): string => {
  const packet = new XmpPacket(null)
  setEntered(packet, enteredOf(photo, fileName))
  setCamera(packet, photo)
  if (place) setPlace(packet, photo)
  return packet.toString()
}

/** Fields that have a value. */
const given = (fields: Record<string, string | number | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === '' ? [] : [[name, String(value)]],
    ),
  )

/** A date as EXIF says it, in two fields; nothing for one that is not known to the second. */
const dateFields = (takenAt: string | null) => {
  const [, date, clock, zone] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(.*)$/.exec(takenAt ?? '') ?? []
  if (date === undefined || clock === undefined) return {}
  const offset = zone === 'Z' ? '+00:00' : (zone ?? null)
  return given({
    DateTimeOriginal: `${date.replaceAll('-', ':')} ${clock}`,
    OffsetTimeOriginal: offset,
  })
}

const degrees = (value: number) => {
  const seconds = Math.round(Math.abs(value) * 3_600_000)
  const [whole, minutes] = [Math.floor(seconds / 3_600_000), Math.floor(seconds / 60_000) % 60]
  return `${whole}/1 ${minutes}/1 ${seconds % 60_000}/1000`
}

const placeFields = ({ latitude, longitude, altitude }: PhotoDetails) =>
  latitude === null || longitude === null
    ? {}
    : given({
        GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
        GPSLatitude: degrees(latitude),
        GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
        GPSLongitude: degrees(longitude),
        GPSAltitudeRef: altitude === null ? null : altitude < 0 ? 1 : 0,
        GPSAltitude: rational(altitude === null ? null : Math.abs(altitude)),
      })

/** What is known of a photo as EXIF, in sharp's words, for a copy that cannot have that of its original. */
export const exifOf = (photo: PhotoDetails, { place }: { place: boolean }): Exif => {
  const gps = place ? placeFields(photo) : {}
  return {
    IFD0: given({ Model: photo.camera, Artist: photo.creator, Copyright: photo.copyright }),
    IFD2: {
      ...dateFields(photo.takenAt),
      ...given({
        FNumber: rational(photo.aperture),
        ExposureTime: exposure(photo.exposureTime),
        ISOSpeedRatings: photo.iso === null || photo.iso > 65_535 ? null : Math.round(photo.iso),
        FocalLength: rational(photo.focalLength),
        LensModel: photo.lens,
      }),
    },
    ...(Object.keys(gps).length > 0 ? { IFD3: gps } : {}),
  }
}

/** A date that a user entered, which takes the place of the original's own. */
export const enteredExif = ({ dated, takenAt }: PhotoDetails): Exif =>
  dated ? { IFD2: dateFields(takenAt) } : {}
