/** What accounts can be told of by mail; `selection`: a client is done with choosing; `imports`: administrators alone. */
export const newsKinds = ['photos', 'comments', 'selection', 'links', 'imports'] as const

/** When: never, within minutes, or once a day in the morning. */
export const newsTimes = ['off', 'now', 'daily'] as const

/** How the connection to the SMTP server is protected: from its first byte, after STARTTLS, or not at all. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const

export type NewsKind = (typeof newsKinds)[number]
export type NewsTime = (typeof newsTimes)[number]
export type MailSecurity = (typeof mailSecurities)[number]

/**
 * What is told where an account has chosen nothing: all of it in one mail a day. Who gave an address and confirmed it wants to be told;
 * once a day is no burden, and whoever wants it sooner says so.
 */
export const usualNewsTime: NewsTime = 'daily'

/** The port that servers usually take mail on, by how the connection is protected. */
export const usualMailPort: Record<MailSecurity, number> = { tls: 465, starttls: 587, none: 25 }

/** Whether a host is this computer itself, to which nothing goes over a network. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)
