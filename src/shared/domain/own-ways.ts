/** Passkeys that one account may have. */
export const maxPasskeys = 20

/** Characters of the name of a passkey. */
export const maxPasskeyName = 60
