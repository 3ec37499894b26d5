import './styles/tokens.css'
import './styles/reset.css'
import './styles/controls.css'
import { mount } from 'svelte'
import App from './app/App.svelte'
import { connect } from './api/client.ts'
import { language } from './i18n/index.ts'

document.documentElement.lang = language
mount(App, { target: document.body, props: { client: connect() } })
