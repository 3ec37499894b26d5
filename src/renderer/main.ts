import './styles/tokens.css'
import './styles/reset.css'
import './styles/controls.css'
import { mount } from 'svelte'
import App from './app/App.svelte'
import { connect } from './api/client.ts'
import { preferences } from './app/preferences.svelte.ts'
import { followForcedColours, showTheme } from './app/theme.ts'
import { direction, language } from './i18n/index.ts'

// At the address of a link the server says where to go on from: a secret does not stay in sight.
const at = document.querySelector<HTMLMetaElement>('meta[name=cimaise-at]')
if (at) window.history.replaceState(null, '', at.content)

Object.assign(document.documentElement, { lang: language, dir: direction })
showTheme(preferences.theme)
followForcedColours()
// A second window, which has the picture alone.
const picture = new URLSearchParams(window.location.search).get('picture')
if (picture === null) mount(App, { target: document.body, props: { client: connect() } })
else void import('./app/lazy-panels.ts').then(({ showPicturePage }) => showPicturePage(picture))
