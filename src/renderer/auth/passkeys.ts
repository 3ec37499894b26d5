import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import { askServer } from './login.ts'

/** Whether this browser makes and takes passkeys here: over TLS, or from this computer. */
export const knowsPasskeys = () => 'PublicKeyCredential' in window

/** Why the browser gave no passkey, for the user: most often they thought better of it. */
const whyNone = (error: unknown) => {
  const code = (error as { code?: unknown }).code
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return t('passkeyInDevice')
  const cannot =
    code === 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT' ||
    code === 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT'
  return cannot ? t('passkeyDeviceCannot') : t('passkeyNotTaken')
}

/** Logs in to the browser shell by a passkey. Returns null, or what went wrong. */
export const logInByPasskey = async (): Promise<string | null> => {
  const begun = await askServer('login/passkey/begin', {})
  if (!('answer' in begun)) return begun.message
  const { options, sealed } = (await begun.answer.json()) as {
    options: PublicKeyCredentialRequestOptionsJSON
    sealed: string
  }
  const { startAuthentication } = await import('@simplewebauthn/browser')
  try {
    const proof = await startAuthentication({ optionsJSON: options })
    const asked = await askServer('login/passkey', { sealed, proof })
    return 'answer' in asked ? null : asked.message
  } catch (error) {
    return whyNone(error)
  }
}

/** Has the browser make a passkey for one's own account. Returns null, or why it made none; what the gallery refuses is thrown. */
export const makePasskey = async (client: Client, key: string, name: string): Promise<string | null> => {
  const { options, sealed } = await client.ways.beginPasskey({ key })
  const { startRegistration } = await import('@simplewebauthn/browser')
  const made = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  }).catch((error: unknown) => whyNone(error))
  if (typeof made === 'string') return made
  const { id, rawId, response } = made
  await client.ways.addPasskey({
    ...{ sealed, name },
    answer: { id, rawId, type: 'public-key', clientExtensionResults: {}, response },
  })
  return null
}
