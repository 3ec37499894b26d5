import { secureHeaders } from 'hono/secure-headers'

/**
 * Headers of every answer of both shells. The page may load nothing but its own files, images and videos of its own origin, and the
 * placeholders that it draws itself. Styles are files too; what scripts set through the CSSOM is not concerned.
 */
export const secured = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    mediaSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // Other sites are told nothing; without it the page's own forms would not say either where they come from (server/request.ts).
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY', // for browsers that do not know frame-ancestors
  strictTransportSecurity: false, // whether a name is only ever served over TLS is the proxy's to say
})
