import { z } from 'zod'
import {
  CertificateFile,
  CertificateKind,
  CertificatePaths,
  FoundGallery,
  GalleryAddress,
  JoinInput,
  Place,
} from '../schemas/place.ts'
import { refusing } from './base.ts'

/** Where the gallery of this window is. UNSUPPORTED outside the desktop shell, as everything here. */
const describe = refusing('UNSUPPORTED').output(Place)

/** Asks for a certificate or key in the system's dialog; null when it was dismissed. INVALID where the file is none. */
const chooseFile = refusing('INVALID', 'UNSUPPORTED')
  .input(z.object({ kind: CertificateKind }))
  .output(CertificateFile.nullable())

/**
 * Looks which gallery there is at an address, without entering or changing it. INVALID for an address that is none, NOT_FOUND
 * where there is no gallery.
 */
const look = refusing('NOT_FOUND', 'INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(GalleryAddress)
  .output(FoundGallery)

/**
 * Enters a gallery on a server, now and at each start from then on: the window is loaded anew. FORBIDDEN for a wrong password, and
 * while the window is locked. Where it is broken off or refused, all stays as it was.
 */
const join = refusing('NOT_FOUND', 'INVALID', 'CONFLICT', 'UNSUPPORTED').input(JoinInput).output(z.void())

/** Goes back to the gallery of this computer, now and at each start from then on: the window is loaded anew. */
const leave = refusing('CONFLICT', 'UNSUPPORTED').output(z.void())

/** Takes other certificates for the gallery that was joined, where it opens with them: the window is loaded anew. */
const setFiles = refusing('NOT_FOUND', 'INVALID', 'CONFLICT', 'UNSUPPORTED')
  .input(CertificatePaths)
  .output(z.void())

export const place = { describe, chooseFile, look, join, leave, setFiles }
