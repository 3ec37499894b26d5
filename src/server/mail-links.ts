import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Followed, MailOffice } from '../core/mail/mail-office.ts'
import type { Language } from '../shared/domain/appearance.ts'
import { directionOf } from '../shared/i18n/languages.ts'
import { speakerOf } from '../core/mail/speak.ts'
import { plain } from './answers.ts'
import type { AppEnv } from './request.ts'

/** Largest body, in bytes: what a click sends is a few words. */
const maxBodyBytes = 4096

const purposes = ['confirm', 'stop'] as const

const unkept = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' }

const page = (language: Language, text: string, action?: { url: string; button: string }) =>
  html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Cimaise</title>
      </head>
      <body>
        <h1>Cimaise</h1>
        <p>${text}</p>
        ${action && html`<form method="post" action="${action.url}"><button>${action.button}</button></form>`}
      </body>
    </html>`

const asked = (purpose: (typeof purposes)[number], { language, address }: Followed) => {
  const { t } = speakerOf(language)
  return purpose === 'confirm'
    ? { text: t('pageConfirm'), button: t('pageConfirmButton'), done: t('pageConfirmed') }
    : { text: t('pageStop', { address }), button: t('pageStopButton'), done: t('pageStopped') }
}

/**
 * Where the links of mails lead, without a login. Looking at one changes nothing, as programs that look through mails follow links: a
 * click on the page does, and so does the one click that mail programs have for lists (RFC 8058).
 */
export const mailLinkRoutes = (office: MailOffice | null) => {
  const routes = new Hono<AppEnv>()
  if (!office) return routes
  const limited = bodyLimit({ maxSize: maxBodyBytes, onError: () => plain(413, 'Too much.') })
  for (const purpose of purposes) {
    const path = `/mail/${purpose}`
    routes.on(['GET', 'POST'], path, limited, async (c) => {
      const token = c.req.query('token') ?? ''
      const obeys = c.req.method === 'POST'
      const followed = await (obeys ? office.obey(purpose, token) : office.follow(purpose, token))
      if (!followed) return c.html(page('en', speakerOf('en').t('pageOver')), 404, unkept)
      const { text, button, done } = asked(purpose, followed)
      const url = `?${new URLSearchParams({ token }).toString()}`
      const shown = obeys ? page(followed.language, done) : page(followed.language, text, { url, button })
      return c.html(shown, 200, unkept)
    })
  }
  return routes
}
